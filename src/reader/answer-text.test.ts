import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Delta } from '../model/index.ts';
import { createAnswerText } from './answer-text.ts';
import { readerPresets } from './config.ts';
import { answerPieces } from './prompt.ts';
import { createSample } from './sample.ts';
import { createVocabulary, type SpecialToken, specialId } from './vocabulary.ts';

const vocabulary = createVocabulary([]);

/** Text, and special tokens in angle brackets. */
function read(parts: readonly string[], stops?: readonly string[]) {
  return readTokens(
    parts.flatMap(part => {
      const name = /^<([a-z0-9-]+)>$/.exec(part)?.[1] as SpecialToken | undefined;
      return name === undefined ? vocabulary.encode(part) : [specialId(name)];
    }),
    stops,
  );
}

function readTokens(tokens: Iterable<number>, stops?: readonly string[]) {
  const answer = createAnswerText(vocabulary, stops);
  const deltas: Delta[] = [];
  for (const token of tokens) if (!answer.isStopped) deltas.push(...answer.take(token));
  deltas.push(...answer.end());
  const joined = (type: string) =>
    deltas.map(delta => (delta.type === type && 'text' in delta ? delta.text : '')).join('');
  assert.deepEqual([joined('text'), joined('reasoning')], [answer.text, answer.reasoning]);
  assert.ok(deltas.every(delta => !('text' in delta) || Buffer.from(delta.text).toString() === delta.text));
  return answer;
}

test('byte by byte, no character is cut and none is lost', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      assert.equal(read([text]).text, Buffer.from(text).toString());
    }),
  );
});

test('thinking stands apart', () => {
  const { text, reasoning, reasoningTokens } = read(['<think>', 'line 3: ü', '<think-end>', 'ü', 'ber']);
  assert.deepEqual([text, reasoning, reasoningTokens], ['über', 'line 3: ü', 12]);
});

test('nothing past a stop string, and all before it, is given', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 12 });
  const stop = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(letters, fc.array(stop, { maxLength: 2 }), (text, stops) => {
      const { text: given, isStopped } = read([text], stops);
      // The stop that is whole first counts, as a server sees it.
      const ends = stops.flatMap(each => (text.includes(each) ? [text.indexOf(each) + each.length] : []));
      assert.equal(isStopped, ends.length > 0);
      if (!isStopped) assert.equal(given, text);
      else {
        const end = Math.min(...ends);
        const starts = stops.filter(each => text.slice(0, end).endsWith(each)).map(each => end - each.length);
        assert.equal(given, text.slice(0, Math.min(...starts)));
      }
    }),
  );
});

test('marks lead what is quoted in thinking, and in the answer stand only for themselves', () => {
  const quoted = read([
    '<think>',
    '<page-2>',
    '<row-14>',
    'one ',
    '<next-row>',
    'two\n',
    '<page-1>',
    '<row-3>',
  ]);
  assert.equal(quoted.reasoning, '[p2:14] one \n[p2:15] two\n\n[p1:3] ');
  const shown = (...parts: readonly string[]) => read(parts).text;
  assert.equal(shown('<page-1>', '<row-1>', 'one ', '<next-row>', 'two'), 'one two');
  assert.equal(shown('<page-2>', '<row-14>'), '[p2:14]');
  assert.equal(shown('<page-2>', '<row-14>', '<row-20>'), '[p2:14]\n[p2:20]');
  assert.equal(shown('see', '<page-2>', '<row-14>'), 'see\n[p2:14]');
  assert.equal(shown('<row-9>'), '[p1:9]', 'a row without a page is of the first');
  assert.deepEqual(read(['<page-1>', '<row-1>', 'a STOP b'], ['STOP']).text, 'a ');
});

const words = fc.string({ unit: fc.constantFrom('a', ' ', 'é', '\n', '[p', ']', ':1'), maxLength: 12 });
const line = fc.record({
  page: fc.integer({ min: 1, max: 8 }),
  row: fc.integer({ min: 1, max: 64 }),
  text: words,
});
const marked = fc
  .array(line, { maxLength: 5 })
  .map(lines => lines.map(({ page, row, text }) => `[p${page}:${row}] ${text}`).join('\n'));
const places = fc
  .array(line, { minLength: 1, maxLength: 3 })
  .map(lines => lines.map(({ page, row }) => `[p${page}:${row}]`).join('\n'));

/** What the tokens of a training example's answer say, as it stands in the example. */
function back(content: string): string {
  const pieces = answerPieces(content, 1);
  const { tokens, weights } = createSample(pieces, readerPresets.tiny, vocabulary);
  assert.ok(weights.every(weight => weight === 1));
  const { text, reasoning } = readTokens(tokens);
  return tokens[0] === specialId('think') ? `<think>\n${reasoning}\n</think>\n${text}` : text;
}

test('an answer of training data → tokens → text is the same again', () => {
  const answers = fc.oneof(words, places);
  fc.assert(fc.property(answers, content => assert.equal(back(content), content)));
  fc.assert(
    fc.property(marked, answers, (thought, answer) => {
      const content = `<think>\n${thought}\n</think>\n${answer}`;
      assert.equal(back(content), content);
    }),
  );
});

test('a mark is two tokens at first, one where the page or the row goes on; a range is text', () => {
  const tokensOf = (content: string) =>
    answerPieces(content).map(piece =>
      piece.type === 'special' ? piece.token : 'text' in piece ? piece.text : '',
    );
  assert.deepEqual(tokensOf('<think>\n[p2:3] a\n[p2:4] b\n[p2:9] c\n</think>\n[p2:3]'), [
    ...['think', 'page-2', 'row-3', 'a', 'next-row', 'b', 'row-9', 'c', 'think-end', 'page-2', 'row-3'],
  ]);
  for (const text of ['[p1:3-4]', 'in [p1:3]', '[p9:1]', '[p1:65]', '[p0:1]', '[p1:07]'])
    assert.deepEqual(tokensOf(text), [text]);
});
