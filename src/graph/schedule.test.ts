import assert from 'node:assert/strict';
import { test } from 'node:test';
import { constantSchedule, cosineSchedule } from './index.ts';

test('a constant rate, with and without warm-up', () => {
  const [plain, warmed] = [constantSchedule({ peak: 2 }), constantSchedule({ peak: 2, warmUpSteps: 3 })];
  assert.deepEqual([0, 1, 99].map(plain), [2, 2, 2]);
  assert.deepEqual([0, 1, 2, 3, 4].map(warmed), [0.5, 1, 1.5, 2, 2]);
});

test('a cosine rises to its peak, passes the middle half-way and stays on its floor', () => {
  const rate = cosineSchedule({ peak: 1, warmUpSteps: 4, totalSteps: 15, floor: 0.2 });
  const near = (step: number, expected: number) =>
    assert.ok(Math.abs(rate(step) - expected) < 1e-12, `${step}`);
  near(0, 0.2);
  near(4, 1);
  near(9, 0.6);
  near(14, 0.2);
  near(1000, 0.2);
  for (let step = 5; step < 15; step++) assert.ok(rate(step) < rate(step - 1));
  assert.equal(cosineSchedule({ peak: 1, totalSteps: 1 })(0), 1);
});

test('a cosine needs steps after the warm-up', () => {
  assert.throws(
    () => cosineSchedule({ peak: 1, warmUpSteps: 5, totalSteps: 5 }),
    /more steps than the 5 of warm-up, got 5/,
  );
});
