import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scorePassages, termsOf, trigramsOf } from './relevance.ts';

test('terms are folded, and scripts without spaces give pairs', () => {
  assert.deepEqual(
    [...termsOf('The PRICES of 3 policies, ﬁrst class')],
    ['the', 'price', 'of', '3', 'policy', 'first', 'class'],
  );
  assert.deepEqual([...termsOf('订单号 12')], ['订单', '单号', '12']);
  assert.deepEqual([...termsOf('')], []);
});

test('rare words of the question decide, words on every page do not', () => {
  const passages = ['the cat sat', 'the dog ran to the lighthouse', 'the cat and the cat', 'the end'];
  const scores = scorePassages('Where is the lighthouse?', passages);
  assert.equal(scores.indexOf(Math.max(...scores)), 1);
  const cats = scorePassages('cats', passages);
  assert.ok(cats[2]! > cats[0]! && cats[0]! > 0);
  assert.equal(cats[1], 0);
});

test('no question, no passages, no words', () => {
  assert.deepEqual([...scorePassages('', ['a'])], [0]);
  assert.deepEqual([...scorePassages('a', [])], []);
  assert.deepEqual([...scorePassages('?!', ['?!', ''])], [0, 0]);
});

test('trigrams are beginnings, middles and ends of terms', () => {
  assert.deepEqual([...trigramsOf('Cats is')], ['^ca', 'cat', 'at$', '^is', 'is$']);
  assert.deepEqual([...trigramsOf('')], []);
});
