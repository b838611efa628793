/** The server gives what the local trainer gives; nothing that is sent fails a batch, and what is unscored is null. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { listen } from '../../proxy/index.ts';
import { rewardGroup } from '../answer-group.ts';
import type { JudgeAnswer } from '../reward.ts';
import { limitJudge } from './limited-judge.ts';
import { mostCharacters } from './reward-row.ts';
import { createRewardServer } from './reward-server.ts';

const post = (
  app: { fetch: (request: Request) => Response | Promise<Response> },
  body: unknown,
  headers = {},
) =>
  app.fetch(
    new Request('http://here/rewards', {
      method: 'POST',
      headers,
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
  );
const read = async (response: Response | Promise<Response>) =>
  (await (await response).json()) as {
    rewards: (number | null)[];
    details: { value: number | null; error?: string }[];
  };

const answers = [
  '42',
  'Mrs Reed',
  'in the year of the storm',
  '[p1:1] Call me Ishmael. \n[p1:2] Some years ago',
];
const text = fc.oneof(fc.constantFrom(...answers, ''), fc.string({ unit: 'grapheme' }));
const completion = fc.oneof(
  text,
  fc.tuple(text, text).map(([thinking, answer]) => `<think>\n${thinking}\n</think>\n${answer}`),
);
const rollout = fc.record({
  completion,
  reward: fc.constantFrom('exact' as const, 'extractive' as const, 'ocr' as const),
  answer: text,
  finished: fc.boolean(),
});
/** Deterministic, and neither always yes nor always no. */
const judge: JudgeAnswer = async answer => answer.length % 2 === 0;

test('the same rows get the same rewards here and in the local trainer', async t => {
  const server = await listen(createRewardServer({ judge }).fetch, { host: '127.0.0.1', port: 0 });
  t.after(() => server.close());
  await fc.assert(
    fc.asyncProperty(fc.array(rollout, { maxLength: 12 }), async rows => {
      const response = await fetch(`${server.origin}/rewards`, {
        method: 'POST',
        body: JSON.stringify({ rows: rows.map(row => ({ ...row, task: 'any', targets: [row.answer] })) }),
      });
      const { rewards, details } = await read(response);
      const local = [];
      for (const { completion, reward, answer, finished } of rows) {
        const rollouts = [{ tokens: [], text: completion, isFinished: finished }];
        const group = await rewardGroup({ key: { reward, answer }, prompt: [] }, rollouts, judge);
        local.push(...group.rewards);
      }
      assert.deepEqual(details, local);
      assert.deepEqual(
        rewards,
        local.map(({ value }) => value),
      );
    }),
    { numRuns: 60 },
  );
});

const good = { completion: '<think>\nwhy\n</think>\n42', reward: 'exact', answer: '42' };

test('bad rows are null with a reason, whatever they are, and the others get what they earn', async () => {
  const app = createRewardServer();
  const bad = fc.oneof(
    fc.anything({ maxDepth: 2 }).filter(value => JSON.stringify(value) !== undefined),
    fc.record({
      completion: fc.constantFrom(1, null, ['x']),
      reward: fc.constant('exact'),
      answer: fc.string(),
    }),
    fc.constant({ ...good, reward: 'rouge' }),
    fc.constant({ ...good, answer: 'x'.repeat(mostCharacters + 1) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(bad, { minLength: 1, maxLength: 6 }), async rows => {
      const sent = rows.flatMap(row => [row, good]);
      const response = await post(app, { rows: sent });
      assert.equal(response.status, 200);
      const { rewards, details } = await read(response);
      assert.equal(rewards.length, sent.length);
      for (const [i, value] of rewards.entries()) {
        assert.equal(value, i % 2 === 0 ? null : 1);
        if (i % 2 === 0) assert.match(details[i]!.error!, /expected/);
      }
    }),
    { numRuns: 40 },
  );
  const { details } = await read(post(app, { rows: [{ ...good, answer: 7 }] }));
  assert.deepEqual(details, [{ value: null, error: '"answer": expected string, got 7' }]);
});

test('a body that is none is refused as a whole, with what it must be', async () => {
  const app = createRewardServer({ limits: { maxBodyBytes: 1000, maxRows: 3 } });
  for (const [body, status, message] of [
    ['{', 400, /no JSON/],
    [[], 400, /"rows"/],
    [{ rows: 'all' }, 400, /"rows"/],
    [{ rows: [0, 1, 2, 3] }, 413, /3 rows, this one has 4/],
    [{ rows: ['x'.repeat(1000)] }, 413, /1000 bytes/],
  ] as const) {
    const response = await post(app, body);
    assert.equal(response.status, status);
    assert.match(((await response.json()) as { error: string }).error, message);
  }
  assert.equal((await app.fetch(new Request('http://here/'))).status, 404);
});

/** A judge that answers when it is told. */
function heldJudge() {
  const asked: (() => void)[] = [];
  const judge: JudgeAnswer = () => new Promise(resolve => asked.push(() => resolve(true)));
  return { judge, asked };
}

const free = { ...good, reward: 'extractive', answer: 'forty-two' };

test('overload answers 429, with when to come again, and takes batches again afterwards', async () => {
  const { judge, asked } = heldJudge();
  const app = createRewardServer({ judge, limits: { maxRows: 2, maxHeldBytes: 400 } });
  const first = post(app, { rows: [free, free] });
  while (asked.length < 2) await new Promise(setImmediate);
  const second = await post(app, { rows: [good] });
  assert.deepEqual([second.status, second.headers.get('retry-after')], [429, '1']);
  const large = await post(app, { rows: ['x'.repeat(300)] });
  assert.equal(large.status, 429, 'no room for its body');
  for (const answer of asked) answer();
  assert.deepEqual((await read(first)).rewards, [1, 1]);
  assert.equal((await post(app, { rows: [good] })).status, 200);
  const health = (await (await app.fetch(new Request('http://here/health'))).json()) as object;
  assert.deepEqual(health, { status: 'ok', judge: true, requests: 2, rows: 3, unscored: 0, refused: 2 });
});

test('a judge that fails leaves its rows unscored and the others as they are', async () => {
  const judge: JudgeAnswer = async () => {
    throw new Error('the judge is away');
  };
  const { rewards, details } = await read(post(createRewardServer({ judge }), { rows: [free, good] }));
  assert.deepEqual(rewards, [null, 1]);
  assert.equal(details[0]!.error, 'the judge is away');
});

test('without the token nothing is told', async () => {
  const app = createRewardServer({ token: 'a secret' });
  assert.equal((await post(app, { rows: [good] })).status, 401);
  assert.equal((await post(app, { rows: [good] }, { authorization: 'Bearer another' })).status, 401);
  assert.equal((await post(app, { rows: [good] }, { authorization: 'Bearer a secret' })).status, 200);
});

const key = { reward: 'extractive', answer: 'right' } as const;

test('a judge is asked once for what it said before, no more at a time than allowed, and again after an error', async () => {
  const clock = { now: () => 0, sleep: async () => {} };
  const { judge, asked } = heldJudge();
  const limited = limitJudge(judge, { concurrency: 2, remembered: 10 }, clock);
  const verdicts = ['a', 'a', 'b', 'c', 'd'].map(answer => limited(answer, key));
  for (let done = 0; done < 4; done++) {
    await new Promise(setImmediate);
    assert.ok(asked.length - done <= 2, `${asked.length} asked, ${done} answered`);
    asked[done]!();
  }
  assert.deepEqual(await Promise.all(verdicts), [true, true, true, true, true]);
  assert.equal(await limited('c', key), true);
  assert.equal(asked.length, 4);

  let calls = 0;
  const failing = limitJudge(
    async () => {
      calls++;
      if (calls === 1) throw new Error('once');
      return true;
    },
    { concurrency: 1, remembered: 10 },
    clock,
  );
  await assert.rejects(failing('a', key), /once/);
  assert.equal(await failing('a', key), true);
});

test('questions are spaced to so many a minute', async () => {
  let nowMs = 0;
  const clock = {
    now: () => nowMs,
    sleep: async (ms: number) => {
      nowMs += ms;
    },
  };
  const limited = limitJudge(judge, { concurrency: 1, remembered: 1, requestsPerMinute: 60 }, clock);
  for (const answer of ['a', 'b', 'c', 'd']) await limited(answer, key);
  assert.equal(nowMs, 3000);
});
