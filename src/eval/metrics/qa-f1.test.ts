import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normalizeAnswer, qaF1, qaF1Zh } from './qa-f1.ts';

test('answers are compared without case, ASCII punctuation and articles', () => {
  assert.equal(normalizeAnswer('  The theatre, an "Anthem"\n(A) '), 'theatre anthem');
  assert.equal(normalizeAnswer('a\u0301 the_end “the”'), '\u0301 theend “ ”', 'marks are no part of a word');
  assert.equal(normalizeAnswer('thé a9'), 'thé a9');
});

test('F1 of bags of words', () => {
  const table: readonly (readonly [string, string, number])[] = [
    ['Paris, France', 'paris', 2 / 3],
    ['word word word', 'word', 0.5],
    ['', '', 0],
    ['the', 'a', 0],
    ['yes', 'no', 0],
  ];
  for (const [prediction, target, value] of table) assert.equal(qaF1(prediction, target), value, prediction);
});

test('Chinese tokens lose their punctuation', () => {
  assert.equal(qaF1Zh(['「', '引号', '」', '测试', '！'], ['引号', '测试']), 1);
  assert.equal(qaF1Zh(['GPT', '-', '4'], ['gpt', ' ', '4']), 1);
  assert.equal(qaF1Zh(['北京', '是', '。'], ['北京']), 2 / 3);
  assert.equal(qaF1Zh([], []), 0);
});
