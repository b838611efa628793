/** Concurrency, rate and money: what holds a run back. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextTurn } from '../../base/index.ts';
import { forEachOf } from './pool.ts';
import { createRateLimit } from './rate-limit.ts';
import { createSpending } from './spending.ts';

async function* numbers(count: number): AsyncGenerator<number> {
  for (let i = 0; i < count; i++) yield i;
}

test('at most so many items are under way, and a slow one holds up no other', async () => {
  const done: number[] = [];
  let [underWay, most] = [0, 0];
  await forEachOf(numbers(30), 3, async item => {
    most = Math.max(most, ++underWay);
    for (let turns = item === 0 ? 40 : 1; turns > 0; turns--) await nextTurn();
    underWay--;
    done.push(item);
  });
  assert.equal(most, 3);
  assert.equal(done.length, 30);
  assert.ok(done.indexOf(0) > 10, 'the others went on');
});

test('after a failure nothing begins, what is under way is waited for, and the stream is closed', async () => {
  let isClosed = false;
  async function* items() {
    try {
      yield* numbers(100);
    } finally {
      isClosed = true;
    }
  }
  const begun: number[] = [];
  const ended: number[] = [];
  const work = async (item: number) => {
    begun.push(item);
    await nextTurn();
    if (item === 4) throw new Error('four');
    ended.push(item);
  };
  await assert.rejects(forEachOf(items(), 3, work), /four/);
  assert.ok(begun.length < 12, String(begun));
  assert.equal(ended.length, begun.length - 1);
  assert.ok(isClosed);
});

test('requests and tokens are spaced over the minute', async () => {
  let nowMs = 0;
  const slept: number[] = [];
  const clock = {
    now: () => nowMs,
    sleep: async (ms: number) => {
      slept.push(ms);
    },
  };
  const wait = createRateLimit({ requestsPerMinute: 60, tokensPerMinute: 6000 }, clock, undefined);
  await wait(10); // takes a second of requests
  await wait(300); // three seconds of tokens
  await wait(10);
  assert.deepEqual(slept, [1000, 4000]);
  nowMs = 60_000;
  await wait(10);
  assert.deepEqual(slept, [1000, 4000], 'a free limit makes nobody wait');
  const free = createRateLimit({}, clock, undefined);
  await Promise.all([free(1e9), free(1e9)]);
  assert.equal(slept.length, 2);
});

test('money: a request waits for those under way where their outcome decides, and is refused where it cannot', async () => {
  const spending = createSpending(10, 1);
  assert.equal(await spending.enter(5), true);
  let second: boolean | undefined;
  const entering = spending.enter(5).then(entered => {
    second = entered;
  });
  await nextTurn();
  assert.equal(second, undefined, '1 + 5 + 5 would exceed 10');
  spending.leave(5, 2);
  await entering;
  assert.equal(second, true, '3 + 5 does not');
  assert.equal(await spending.enter(8), false, 'whatever the other costs');
  spending.leave(5, 5);
  assert.equal(spending.spentUsd, 8);
  assert.equal(await spending.enter(2), true, 'to the limit itself');
});
