import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cutPassages, retrieveText, truncateText } from './reduce-text.ts';

/** A token for four characters, as a rough tokenizer. */
const count = (text: string) => Math.ceil(text.length / 4);
const anyText = fc
  .array(fc.constantFrom('word ', 'end. ', '\n', '🙂', '你好。', 'x'))
  .map(parts => parts.join(''));

test('what is kept never exceeds the budget, and a text that fits is kept whole', () => {
  fc.assert(
    fc.property(anyText, fc.nat(200), (text, budget) => {
      for (const kept of [truncateText(text, budget, count), retrieveText(text, 'word', budget, count)]) {
        assert.ok(count(kept) <= budget);
        if (count(text) <= budget) assert.equal(kept, text);
        assert.ok(!/\p{Surrogate}/u.test(kept), 'no character is cut');
      }
    }),
  );
});

test('passages join to the text', () => {
  fc.assert(fc.property(anyText, text => assert.equal(cutPassages(text).join(''), text)));
  assert.deepEqual(cutPassages(''), []);
  assert.ok(cutPassages('x'.repeat(5000)).every(passage => passage.length <= 600));
});

test('truncation keeps the head and the tail, and nearly all of the budget', () => {
  const text = Array.from({ length: 1000 }, (_, i) => `line ${i}\n`).join('');
  const kept = truncateText(text, 200, count);
  assert.match(kept, /^line 0\n/);
  assert.match(kept, /line 999\n$/);
  assert.match(kept, /\n\[…\]\n/);
  assert.ok(count(kept) >= 198, String(count(kept)));
});

test('retrieval finds the passages of a question and keeps their order', () => {
  const filler = (i: number) =>
    `Nothing of note happened on day ${i} in the valley of the long river. `.repeat(8);
  const needles = ['The falcon password is 4711. ', 'A second falcon sleeps in the barn. '];
  const text = filler(1) + needles[0] + filler(2) + filler(3) + needles[1] + filler(4);
  const kept = retrieveText(text, 'What is the falcon password?', 400, count);
  assert.ok(kept.includes(needles[0]!) && kept.includes(needles[1]!), kept);
  assert.ok(kept.indexOf(needles[0]!) < kept.indexOf(needles[1]!));
});
