import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../../base/index.ts';
import { groupScores, mean, meanPercent } from './mean.ts';
import { pairedBootstrap } from './paired-bootstrap.ts';
import { clusteredMeanScore, meanScore } from './standard-error.ts';

test('means refuse what they cannot average', () => {
  assert.equal(mean([0, 1, 1]), 2 / 3);
  assert.equal(meanPercent([0, 1, 1]), 66.67);
  assert.throws(() => mean([]), { kind: 'input', message: /none/ });
  assert.throws(() => mean([1, Number.NaN]), { kind: 'input', message: /NaN/ });
  const groups = groupScores([{ score: 1 }, { score: 2 }, { score: 3 }], ({ score }) =>
    score === 2 ? undefined : 'odd',
  );
  assert.deepEqual([...groups], [['odd', [1, 3]]]);
});

test('the standard error of a mean', () => {
  assert.deepEqual(meanScore([0, 0, 1, 1]), { mean: 0.5, stderr: Math.sqrt(1 / 3 / 4), count: 4 });
  assert.equal(meanScore([1]).stderr, undefined);
});

test('samples of a cluster that agree count as one', () => {
  const pairs = [0, 1, 1, 0].flatMap((score, i) => [
    { score, cluster: `${i}` },
    { score, cluster: `${i}` },
  ]);
  assert.equal(clusteredMeanScore(pairs).stderr, Math.sqrt(4 * 1 ** 2) / 8);
  const alone = [0, 1, 1, 0].map((score, i) => ({ score, cluster: `${i}` }));
  assert.equal(clusteredMeanScore(alone).stderr, Math.sqrt(4 * 0.5 ** 2) / 4);
  assert.equal(clusteredMeanScore([{ score: 1, cluster: 'a' }]).stderr, undefined);
});

test('the bootstrap finds a clear difference and repeats itself', () => {
  const first = Array.from({ length: 200 }, (_, i) => Number(i % 2 === 0));
  const second = first.map((score, i) => (i % 5 === 1 ? 1 : score));
  const run = () => pairedBootstrap(first, second, { random: createRandom(1), resamples: 2000 });
  const { difference, low, high } = run();
  assert.equal(difference, 0.1);
  // Normal theory: 0.1 ± 1.96 · √(0.09 ÷ 200) = 0.058 to 0.142.
  assert.ok(Math.abs(low - 0.058) < 0.01 && Math.abs(high - 0.142) < 0.01, `${low} to ${high}`);
  assert.deepEqual(run(), { difference, low, high });
});

test('an interval holds its difference; a smaller confidence is narrower', () => {
  const pairs = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })), {
    minLength: 1,
    maxLength: 40,
  });
  fc.assert(
    fc.property(pairs, fc.integer(), (scores, seed) => {
      const [first, second] = [scores.map(pair => pair[0]), scores.map(pair => pair[1])];
      const at = (confidence: number) =>
        pairedBootstrap(first, second, { random: createRandom(seed), resamples: 400, confidence });
      const [wide, narrow] = [at(0.99), at(0.5)];
      assert.ok(wide.low <= narrow.low && narrow.low <= narrow.high && narrow.high <= wide.high);
      assert.ok(wide.low <= wide.difference + 1e-9 && wide.difference <= wide.high + 1e-9);
    }),
    { numRuns: 30 },
  );
});

test('runs that do not pair, and options out of range, are refused', () => {
  const random = createRandom(1);
  assert.throws(() => pairedBootstrap([1], [1, 2], { random }), { kind: 'input', message: /1 and 2/ });
  assert.throws(() => pairedBootstrap([], [], { random }), { kind: 'input' });
  assert.throws(() => pairedBootstrap([1], [1], { random, resamples: 0 }), { kind: 'config' });
  assert.throws(() => pairedBootstrap([1], [1], { random, confidence: 1 }), { kind: 'config' });
});
