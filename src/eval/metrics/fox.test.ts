import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bleu } from './bleu.ts';
import { foxScores } from './fox.ts';

const prediction = 'the quick brown fox jumps over the lazy dog today';
const target = 'the quick brown fox jumped over the lazy dog yesterday';
const [words, targetWords] = [prediction.split(' '), target.split(' ')];

test('BLEU that NLTK gives', () => {
  const close = (actual: number, expected: number) =>
    assert.ok(Math.abs(actual - expected) < 1e-12, `${actual}`);
  close(bleu(words, targetWords), 0.5253819788848316);
  close(bleu(words.slice(0, 6), targetWords), 0.2758512992979459);
  close(bleu([...words, ...words], targetWords), 0.2397212592215149);
  assert.equal(bleu(['a', 'b'], ['a', 'b']), 0, 'too short for four words in a row');
  assert.equal(bleu([], ['a']), 0);
});

test('sets of words', () => {
  const scores = foxScores('the the fox dog', 'the fox jumped over');
  assert.deepEqual([scores.precision, scores.recall], [2 / 3, 0.5]);
  assert.ok(Math.abs(scores.f1 - 4 / 7) < 1e-12);
  assert.equal(foxScores('abc', 'abd').editDistance, 1 / 3);
  assert.deepEqual(foxScores('', ''), { bleu: 0, precision: 1, recall: 1, f1: 1, editDistance: 0 });
  assert.equal(foxScores('', 'a').f1, 0);
});

test('the published script confuses the sides', () => {
  const [right, published] = [foxScores('a b', 'a'), foxScores('a b', 'a', { compat: 'reference' })];
  assert.deepEqual([right.precision, right.recall], [0.5, 1]);
  assert.deepEqual([published.precision, published.recall], [1, 0.5]);
});

test('Chinese needs a tokenizer', () => {
  assert.throws(() => foxScores('a', '中文'), { kind: 'config' });
  assert.equal(foxScores('中文', '中', { tokenizeChinese: text => [...text] }).recall, 1);
});
