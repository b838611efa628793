/** The loop itself: on problems whose front is known, and what it does with a budget, patience and a used-up space. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hypervolume } from './hypervolume.ts';
import { paretoFront } from './dominance.ts';
import { searchRound } from './round.ts';
import { trueFront, zdtNames, zdtProblem, zdtReference } from './test/zdt.ts';

const defaults = {
  seed: '42',
  round: 1,
  populationSize: 60,
  patience: Number.POSITIVE_INFINITY,
  strategy: 'genetic',
  given: [],
  crossoverShare: 0.9,
  sampleShare: 0,
  jobs: 1,
  isOver: () => false,
} as const;

for (const name of zdtNames) {
  test(`${name}: at least 95 % of the optimum's hypervolume within 9,000 evaluations`, async () => {
    const { candidates } = await searchRound({ ...defaults, problem: zdtProblem(name), steps: 9000 });
    assert.ok(candidates.length <= 9000);
    const reached = hypervolume(paretoFront(candidates).map(({ values }) => values), zdtReference);
    const share = reached / hypervolume(trueFront(name), zdtReference);
    console.log(`${name}: ${(100 * share).toFixed(2)} %`);
    assert.ok(share >= 0.95 && share <= 1.0001, String(share));
  });
}
