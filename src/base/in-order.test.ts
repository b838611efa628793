import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inOrder } from './in-order.ts';
import { nextTurn } from './next-turn.ts';

async function* numbers(count: number): AsyncGenerator<number> {
  for (let i = 0; i < count; i++) yield i;
}

test('results keep the order of the items, and no more than the depth is under way', async () => {
  let underWay = 0;
  let most = 0;
  const work = async (item: number) => {
    most = Math.max(most, ++underWay);
    for (let turns = 7 - (item % 7); turns > 0; turns--) await nextTurn();
    underWay--;
    return item;
  };
  const results: number[] = [];
  for await (const result of inOrder(numbers(50), 4, work)) results.push(result);
  assert.deepEqual(results, [...Array(50).keys()]);
  assert.equal(most, 4);
});

test('an error comes in its turn, and an early end waits for what is under way', async () => {
  const finished: number[] = [];
  const work = async (item: number) => {
    await nextTurn();
    if (item === 2) throw new Error('two');
    finished.push(item);
    return item;
  };
  const results: number[] = [];
  const run = async () => {
    for await (const result of inOrder(numbers(10), 3, work)) results.push(result);
  };
  await assert.rejects(run(), /two/);
  assert.deepEqual(results, [0, 1]);
  finished.length = 0;
  const slow = async (item: number) => {
    await nextTurn();
    finished.push(item);
  };
  for await (const _ of inOrder(numbers(10), 3, slow)) break;
  assert.deepEqual(finished, [0, 1, 2]);
});
