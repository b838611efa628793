/** Ranks, crowding, fronts and the area they cover, against definitions. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { crowdingDistances, dominates, paretoFront, rankFronts, selectBest } from './dominance.ts';
import { hypervolume } from './hypervolume.ts';
import { recommend } from './recommend.ts';

const grid = fc.integer({ min: 0, max: 8 });
const points = fc.array(fc.tuple(grid, grid), { minLength: 1, maxLength: 25 });

test('a front is beaten by none of the same or a later front', () => {
  fc.assert(
    fc.property(points, all => {
      const fronts = rankFronts(all);
      assert.deepEqual(
        fronts.flat().sort((a, b) => a - b),
        [...all.keys()],
      );
      for (const [rank, front] of fronts.entries()) {
        for (const i of front) {
          assert.ok(
            !fronts
              .slice(rank)
              .flat()
              .some(j => dominates(all[j]!, all[i]!)),
          );
          assert.ok(rank === 0 || fronts[rank - 1]!.some(j => dominates(all[j]!, all[i]!)));
        }
      }
    }),
  );
});

test('hypervolume is the number of covered cells of a grid', () => {
  fc.assert(
    fc.property(points, all => {
      let cells = 0;
      for (let x = 0; x < 8; x++)
        for (let y = 0; y < 8; y++) if (all.some(([a, b]) => a > x && b > y)) cells++;
      assert.equal(hypervolume(all, [0, 0]), cells);
    }),
  );
});

test('the ends of a front have most room; the best are chosen by rank, then by room', () => {
  const front = [
    [0, 4],
    [1, 3.9],
    [2, 2],
    [4, 0],
  ];
  assert.deepEqual(crowdingDistances(front), [Infinity, 2 / 4 + 2 / 4, 3 / 4 + 3.9 / 4, Infinity]);
  const list = [...front, [0, 0]].map(values => ({ values }));
  assert.deepEqual(
    selectBest(list, 3).map(({ values }) => values),
    [
      [0, 4],
      [4, 0],
      [2, 2],
    ],
  );
  assert.equal(paretoFront([...list, { values: [2, 2] }]).length, 4);
});

test('a preference only picks from the front', () => {
  const front = [
    [0.99, 1.5],
    [0.97, 3],
    [0.6, 3.4],
  ].map(values => ({ values }));
  const chosen = (preference: Parameters<typeof recommend>[1]) => recommend(front, preference)!;
  assert.deepEqual(chosen({}).candidate.values, [0.97, 3]);
  assert.deepEqual(chosen({ minAccuracy: 0.98 }).candidate.values, [0.99, 1.5]);
  assert.deepEqual(chosen({ minRatio: 2 }).candidate.values, [0.97, 3]);
  assert.deepEqual(chosen({ minAccuracy: 0.5, minRatio: 2 }).candidate.values, [0.6, 3.4]);
  const none = chosen({ minRatio: 5 });
  assert.deepEqual([none.isMet, none.candidate.values], [false, [0.6, 3.4]]);
  assert.match(none.reason, /none has compression 5 or more/);
  assert.equal(recommend([], {}), undefined);
});
