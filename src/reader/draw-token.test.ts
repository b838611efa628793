import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../base/index.ts';
import { type DrawOptions, drawToken } from './draw-token.ts';

/** Probabilities at temperature 1. */
const shares = [0.1, 0.5, 0, 0.4];
const scores = Float32Array.from(shares, Math.log);

function counts(options: DrawOptions): number[] {
  const random = createRandom(1);
  const found = shares.map(() => 0);
  for (let i = 0; i < 2000; i++) found[drawToken(scores, random, options)]!++;
  return found;
}

test('greedy takes the best, the first of equals', () => {
  for (const options of [{}, { temperature: 0 }, { temperature: 1, topK: 1 }, { temperature: 1, topP: 0 }])
    assert.deepEqual(counts(options), [0, 2000, 0, 0]);
  assert.equal(drawToken(Float32Array.of(0, 3, 3), createRandom(1)), 1);
});

test('tokens come as often as they are likely', () => {
  for (const [i, count] of counts({ temperature: 1 }).entries())
    assert.ok(Math.abs(count / 2000 - shares[i]!) < 0.04, `${count}`);
  const [rare, , never] = counts({ temperature: 4 });
  assert.ok(rare! > 400 && never === 0);
});

test('top k and top p leave only the best', () => {
  const [a, b, c, d] = counts({ temperature: 1, topK: 2 });
  assert.deepEqual([a, c], [0, 0]);
  assert.ok(b! > d! && d! > 700);
  assert.deepEqual(counts({ temperature: 1, topP: 0.5 }), [0, 2000, 0, 0]);
  assert.equal(counts({ temperature: 1, topP: 0.85 })[0], 0);
  assert.ok(counts({ temperature: 1, topP: 0.95 })[0]! > 0);
});
