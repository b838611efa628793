import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rougeL, rougeLZh } from './rouge.ts';

const words = (count: number) => Array.from({ length: count }, (_, i) => `w${i}`).join(' ');

/** 2·p·r ÷ (p + r + 1e-8). */
const f = (p: number, r: number) => 2 * ((p * r) / (p + r + 1e-8));

test('sets of words, sentences at every full stop, union over pairs of sentences', () => {
  assert.equal(rougeL('a a a b', 'a b b b'), f(1, 1));
  assert.equal(rougeL('The cat sat. The dog ran.', 'The dog ran. The cat sat.'), f(1, 1));
  assert.equal(rougeL('w1 w2 w6 w7 w8. w1 w3 w8 w9 w5', 'w1 w2 w3 w4 w5'), f(0.5, 0.8));
  assert.equal(rougeL('Upper lower', 'upper Lower'), 0);
  assert.equal(rougeL('one two three four five', 'five four three two one'), f(0.2, 0.2));
});

test('without a sentence there is nothing in common', () => {
  for (const text of ['', '.', '...']) assert.equal(rougeL(text, 'a b c'), 0);
  assert.equal(rougeL('a. ', 'a'), f(0.5, 1), 'a blank sentence holds one empty word');
});

test('Python’s limit is kept only where asked for', () => {
  const compat = 'reference';
  assert.equal(rougeL(words(990), words(990), { compat }), f(1, 1));
  assert.equal(rougeL(words(991), words(991), { compat }), 0);
  assert.equal(rougeL(words(991), words(991)), f(1, 1));
  assert.equal(
    rougeL(`${words(800)}. ${words(800)}`, words(800), { compat }),
    f(1, 1),
    'each pair counts alone',
  );
  const [fits, long] = [words(989).split(' '), words(990).split(' ')];
  assert.equal(rougeLZh(fits, fits, { compat }), f(1, 1));
  assert.equal(rougeLZh(long, long, { compat }), 0);
});

test('Chinese tokens are words', () => {
  assert.equal(rougeLZh(['会议', '讨论', '了', '预算'], ['会议', '讨论', '预算']), f(0.75, 1));
});
