import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Delta } from '../model/index.ts';
import { createAnswerText } from './answer-text.ts';
import { createVocabulary, specialId } from './vocabulary.ts';

const vocabulary = createVocabulary([]);

function read(parts: readonly (string | 'think' | 'think-end')[], stops?: readonly string[]) {
  const answer = createAnswerText(vocabulary, stops);
  const deltas: Delta[] = [];
  for (const part of parts) {
    const tokens = part === 'think' || part === 'think-end' ? [specialId(part)] : vocabulary.encode(part);
    for (const token of tokens) if (!answer.isStopped) deltas.push(...answer.take(token));
  }
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
  const { text, reasoning, reasoningTokens } = read(['think', 'line 3: ü', 'think-end', 'ü', 'ber']);
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
