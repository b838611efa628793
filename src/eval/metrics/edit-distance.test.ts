import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { anls } from './anls.ts';
import {
  characterErrors,
  editDistance,
  errorRate,
  normalisedEditDistance,
  wordErrors,
} from './edit-distance.ts';
import { editDistanceWithin } from './edit-distance-within.ts';

function textbook(a: readonly string[], b: readonly string[]): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (const [i, symbol] of a.entries()) {
    const next = [i + 1];
    for (const [j, other] of b.entries())
      next.push(Math.min(row[j + 1]! + 1, next[j]! + 1, row[j]! + Number(symbol !== other)));
    row = next;
  }
  return row[b.length]!;
}

const character = fc.constantFrom('a', 'b', '中', '😀', '😃', '\ud83d');
const text = fc.array(character, { maxLength: 90 }).map(list => list.join(''));

test('the distance counts code points', () => {
  fc.assert(
    fc.property(text, text, (a, b) => {
      assert.equal(editDistance(a, b), textbook([...a], [...b]));
    }),
  );
  assert.equal(editDistance('😀', '😃'), 1, 'the two share their first half');
  assert.equal(normalisedEditDistance('😀a', 'a'), 0.5);
  assert.equal(normalisedEditDistance('', ''), 0);
});

test('a distance within a limit is the distance, above it there is none', () => {
  const long = fc
    .array(fc.constantFrom('a', 'b', 'c', '中', '😀'), { maxLength: 220 })
    .map(list => list.join(''));
  const edits = fc.array(fc.tuple(fc.nat(), fc.constantFrom('', 'a', 'xy', '😀')), { maxLength: 12 });
  /** Two texts of which one is often made of the other. */
  const pair = fc.oneof(
    fc.tuple(long, long),
    fc.tuple(long, edits).map(([a, list]): [string, string] => {
      const b = [...a];
      for (const [at, put] of list) b.splice(at % (b.length + 1), at % 3, put);
      return [a, b.join('')];
    }),
  );
  fc.assert(
    fc.property(pair, fc.nat({ max: 260 }), ([a, b], limit) => {
      const distance = textbook([...a], [...b]);
      assert.equal(editDistanceWithin(a, b, limit), distance <= limit ? distance : undefined);
      assert.equal(editDistanceWithin(a, b, 1000), distance);
    }),
    { numRuns: 300 },
  );
});

test('word errors count words', () => {
  const word = fc.constantFrom('a', 'bb', 'ccc', '😀');
  fc.assert(
    fc.property(fc.array(word, { maxLength: 60 }), fc.array(word, { maxLength: 60 }), (a, b) => {
      assert.deepEqual(wordErrors(a.join(' '), b.join('\n ')), { edits: textbook(a, b), length: b.length });
    }),
  );
});

test('more different words than a code unit can tell apart are refused', () => {
  const words = Array.from({ length: 70_000 }, (_, i) => `w${i}`).join(' ');
  assert.throws(() => wordErrors(words, words), { kind: 'input', message: /70000/ });
  assert.equal(wordErrors(words, 'one').edits, 70_000, 'only common ones count');
});

test('an error rate pools samples by length', () => {
  const samples = [characterErrors('abcd', 'abcd'), characterErrors('x', 'ab')];
  assert.deepEqual(samples[1], { edits: 2, length: 2 });
  assert.equal(errorRate(samples), 2 / 6);
  assert.equal(errorRate([characterErrors('', '')]), 0);
  assert.throws(() => errorRate([characterErrors('a', '')]), { kind: 'input' });
});

test('ANLS takes what is half wrong for wrong', () => {
  assert.equal(anls('ab', 'ac'), 0);
  assert.equal(anls('abc', 'abd'), 1 - 1 / 3);
  assert.equal(anls('', ''), 1);
});
