/** Whatever a reader wants to say, it says words of the rows. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../base/index.ts';
import { drawToken } from './draw-token.ts';
import type { MarkedRow } from './marks.ts';
import { createQuotation, type Quotation } from './quotation.ts';
import { trainVocabulary } from './train-vocabulary.ts';
import { specialId, type Vocabulary } from './vocabulary.ts';

const texts = ['One of the numbers for “zesty-apple” is: ', '74829-13, and for quiet—house it is 5. '];
const rowsOf = (words: readonly string[]): readonly MarkedRow[] =>
  words.map((text, i) => ({ page: 1, row: i + 1, text }));
const rows = rowsOf(texts);
const vocabulary = trainVocabulary([texts.join('')], 360);
const end = specialId('end');

/** A reader that wants to write this, and is sure of it. */
function written(wanted: string, quotation: Quotation, words: Vocabulary = vocabulary): string {
  const tokens: number[] = [];
  for (const want of [...words.encode(wanted), end]) {
    const scores = new Float32Array(words.size).fill(0);
    scores[want] = 20;
    quotation.narrow(scores);
    const token = drawToken(scores, createRandom('quotation'));
    quotation.take(token);
    if (token === end) break;
    tokens.push(token);
  }
  return words.decode(tokens);
}

test('words that stand there are let through, from one row to the next and between any signs', () => {
  for (const wanted of [' One of the', ' is: 74829-13', ' zesty-apple', '“zesty-apple”', ' house', ' 5.']) {
    const quotation = createQuotation(rows, vocabulary);
    assert.equal(written(wanted, quotation), wanted);
    assert.deepEqual(quotation.items, [wanted.trim().replace(/^5\.$/, '5')]);
    assert.ok(quotation.chance > 0.9, wanted);
  }
});

test('what does not stand there, or not as whole words, was not wanted', () => {
  for (const wanted of [' apple', ' 13', ' 7482', ' 74829-14', ' umbers', ' house apple']) {
    const quotation = createQuotation(rows, vocabulary);
    assert.notEqual(written(wanted, quotation), wanted);
    assert.ok(quotation.chance < 0.01, `${wanted}: ${quotation.chance}`);
  }
});

test('of several things each is a quotation, and one said again is said once', () => {
  const quotation = createQuotation(rows, vocabulary);
  written(' 74829-13, 5, zesty-apple, 5', quotation);
  assert.deepEqual(quotation.items, ['74829-13', '5', 'zesty-apple']);
  const whole = createQuotation(rows, vocabulary);
  written(' 74829-13, and for', whole);
  assert.deepEqual(whole.items, ['74829-13, and for'], 'its comma is the row’s');
});

test('a line may be named instead', () => {
  const quotation = createQuotation(rows, vocabulary);
  const scores = new Float32Array(vocabulary.size);
  scores[specialId('row-2')] = 20;
  quotation.narrow(scores);
  quotation.take(drawToken(scores, createRandom('named')));
  assert.deepEqual([quotation.items, quotation.chance > 0.9], [[], true]);
});

test('nothing is quoted over rows that were left out', () => {
  const apart = createQuotation([rows[0]!, { ...rows[1]!, row: 3 }], vocabulary);
  assert.notEqual(written(' is: 74829-13', apart), ' is: 74829-13');
});

test('whatever the scores, each item stands in the rows as whole words', () => {
  const words = fc.stringMatching(/^[a-c1é“”,\- ]{1,30}$/u);
  fc.assert(
    fc.property(fc.array(words, { minLength: 1, maxLength: 4 }), fc.string(), (all, seed) => {
      const random = createRandom(seed);
      const own = trainVocabulary([all.join('\n')], 350);
      const quotation = createQuotation(rowsOf(all.map(text => `${text}\n`)), own);
      for (let i = 0; i < 40; i++) {
        const scores = Float32Array.from({ length: own.size }, () => random.next());
        quotation.narrow(scores);
        const token = drawToken(scores, random, { temperature: 1 });
        quotation.take(token);
        if (token !== end) continue;
        const source = ` ${all.join(' ')} `;
        for (const item of quotation.items) {
          const before = /^[\p{L}\p{N}]/u.test(item) ? '(?<![\\p{L}\\p{N}-])' : '(?<=\\s)';
          const after = /[\p{L}\p{N}]$/u.test(item) ? '(?![\\p{L}\\p{N}])' : '';
          const inWords = new RegExp(`${before}${item}${after}`, 'u');
          assert.match(source, inWords, `${JSON.stringify(item)} of ${JSON.stringify(all)}`);
        }
        return;
      }
    }),
  );
});
