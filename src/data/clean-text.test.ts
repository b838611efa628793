import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cleanText, cutText, holdsEngineMarks, sentenceStarts } from './clean-text.ts';
import { english } from './test/texts.ts';

test('hard-wrapped lines are joined, paragraphs stay apart', () => {
  const plain = english(4000, 'wrap').trimEnd();
  assert.equal(cleanText(english(4000, 'wrap', 64)).slice(0, 3500), plain.slice(0, 3500));
  assert.equal(cleanText('a\r\nb  \r\n\r\n\r\n\r\n\r\nc\n\n'), 'a\nb\n\n\nc');
});

test('soft line ends between ideographs are nothing, as they are drawn', () => {
  const line = '这是一行足够长的中文文字用来测试自动换行之后的连接方式是否正确无误。';
  const wrapped = Array.from({ length: 40 }, (_, i) => line.slice(0, 30 + (i % 2))).join('\n');
  assert.ok(!cleanText(`${wrapped}\n`).includes(' '));
});

test('what draws nothing is gone', () => {
  assert.equal(cleanText('\ufeffso\u00adft hy\u200bphen\u0000s\u0007'), 'soft hyphens');
});

test('marks of engines are found, other angle brackets are not', () => {
  for (const mark of [
    '<image>',
    '<VIDEO>',
    '</think>',
    '<|endoftext|>',
    '<|begin_of_image|>',
    '<ref-object>',
  ]) {
    assert.ok(holdsEngineMarks(`before ${mark} after`), mark);
  }
  for (const text of ['<img src="a">', 'a < b > c', 'a <| b |> c', '<images>', 'image']) {
    assert.ok(!holdsEngineMarks(text), text);
  }
});

test('a cut is a beginning, about as long as asked, at a sentence where there is one', () => {
  assert.equal(cutText('One is here. Two is there. Three', 20), 'One is here. ');
  assert.equal(cutText('no sentence ends in this line', 20), 'no sentence ends in ');
  assert.equal(cutText('一二三四五六七八', 5), '一二三四五');
  assert.equal(cutText('🎉🎉🎉🎉', 5), '🎉🎉');
  assert.deepEqual(sentenceStarts('Mrs. Reed came. She sat.'), [16]);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.nat(220), (text, length) => {
      const cut = cutText(text, length);
      assert.ok(text.startsWith(cut) && cut.length <= Math.max(length, 0));
      assert.ok(cut.length >= Math.min(text.length, length) / 2 - 1);
    }),
  );
});
