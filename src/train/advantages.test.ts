import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { groupAdvantages } from './advantages.ts';

test('a group whose answers all earn the same teaches nothing', () => {
  for (const rewards of [[], [1], [0, 0, 0], [0.7, 0.7, 0.7]])
    assert.equal(groupAdvantages(rewards), undefined);
});

test('one right of four stands out as the paper says', () => {
  const found = groupAdvantages([1, 0, 0, 0])!;
  const expected = [Math.sqrt(3), -1 / Math.sqrt(3), -1 / Math.sqrt(3), -1 / Math.sqrt(3)];
  for (const [i, advantage] of found.entries()) assert.ok(Math.abs(advantage - expected[i]!) < 1e-12);
});

test('they add up to nothing, spread by one, keep the order, and do not depend on the scale of rewards', () => {
  const reward = fc.integer({ min: 0, max: 100 }).map(n => n / 100);
  fc.assert(
    fc.property(fc.array(reward, { minLength: 2, maxLength: 16 }), rewards => {
      const found = groupAdvantages(rewards);
      if (found === undefined) return assert.equal(new Set(rewards).size, 1);
      const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
      assert.ok(Math.abs(mean(found)) < 1e-9);
      assert.ok(Math.abs(mean(found.map(a => a * a)) - 1) < 1e-9);
      const scaled = groupAdvantages(rewards.map(r => 3 * r + 1))!;
      for (const [i, r] of rewards.entries()) {
        assert.ok(Math.abs(scaled[i]! - found[i]!) < 1e-6);
        for (const [j, other] of rewards.entries()) if (r > other) assert.ok(found[i]! > found[j]!);
      }
    }),
  );
});
