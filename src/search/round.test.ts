/** The loop itself, on problems whose front is known. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hypervolume } from './hypervolume.ts';
import { searchRound } from './round.ts';
import { trueFront, zdtNames, zdtProblem, zdtReference } from './test/zdt.ts';

const steps = 8000;

for (const name of zdtNames) {
  test(`${name}: at least 95 % of the optimum's hypervolume within ${steps} evaluations`, async () => {
    let front: readonly (readonly number[])[] = [];
    const { candidates, end } = await searchRound({
      problem: zdtProblem(name),
      steps,
      seed: '42',
      round: 1,
      populationSize: 40,
      patience: Number.POSITIVE_INFINITY,
      strategy: 'genetic',
      given: [],
      crossoverShare: 0.9,
      sampleShare: 0,
      jobs: 1,
      isOver: () => false,
      onEvent: event => {
        if (event.type === 'generation-ended') front = event.front.map(({ values }) => values);
      },
    });
    assert.deepEqual([candidates.length, end], [steps, 'steps-done']);
    const share = hypervolume(front, zdtReference) / hypervolume(trueFront(name), zdtReference);
    assert.ok(share >= 0.95 && share <= 1, String(share));
  });
}
