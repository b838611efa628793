/** Runs against a real server: what they report, how they are killed and go on, what they record and what they cost. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createRandom, GlyphError } from '../../base/index.ts';
import { createMemoryStore, fileNames, type RunStore } from './run-store.ts';
import { runRuler, smallRun, startRuler } from './test/harness.ts';
import type { RuleServer } from './test/rule-server.ts';

let server: RuleServer;
before(async () => {
  server = await startRuler(smallRun);
});
after(() => server.close());

const answers = async (store: RunStore) =>
  ((await store.read(fileNames.answers)) ?? '')
    .split('\n')
    .slice(0, -1)
    .map(line => JSON.parse(line));

/** Requests the server saw while `work` ran. */
async function countAsked(work: () => Promise<unknown>): Promise<Map<string, number>> {
  const earlier = new Map(server.asked);
  await work();
  return new Map(
    [...server.asked].flatMap(([key, count]) => {
      const more = count - (earlier.get(key) ?? 0);
      return more === 0 ? [] : [[key, more] as const];
    }),
  );
}

test('every arm sees every sample once, and the report states the error rate within its interval', async () => {
  const errorRate = 0.3;
  const wide = { ...smallRun, open: { ...smallRun.open, lengths: [1024, 2048], limit: 15 }, errorRate };
  const wideServer = await startRuler(wide);
  try {
    const store = createMemoryStore();
    const { state, summary } = await runRuler(wide, wideServer, store, { jobs: 8 });
    assert.equal(state, 'complete');
    assert.equal(summary.samples, 60);
    assert.deepEqual([...new Set(wideServer.asked.values())], [1]);
    assert.equal(wideServer.asked.size, 180);
    for (const { arm, mean, stderr, count, spent } of summary.arms) {
      assert.equal(count, 60);
      assert.ok(Math.abs(mean! - (1 - errorRate)) < 1.96 * stderr!, `${arm}: ${mean} ± ${stderr}`);
      assert.equal(spent.meanInputTokens, 100, 'as the server tells');
    }
    const [text, pages, rag] = summary.arms;
    assert.equal(text!.spent.compressionRatio, null);
    assert.ok(pages!.spent.compressionRatio! > 1);
    assert.ok(pages!.spent.meanVisionTokens! > 100);
    assert.ok(rag!.spent.meanTokens! <= pages!.spent.meanTokens!, 'retrieval has the budget of pages');
    assert.ok(pages!.spent.meanTokens! < text!.spent.meanTokens!);
    assert.equal(summary.differences.length, 3);
    for (const { low, high, difference } of summary.differences)
      assert.ok(low <= difference && difference <= high);
    const manifest = JSON.parse((await store.read(fileNames.manifest))!);
    assert.equal(manifest.samples, 60);
  } finally {
    await wideServer.close();
  }
});

test('killed at 50 points and taken up again, a run asks nothing twice that was recorded and scores the same', async () => {
  const whole = createMemoryStore();
  await runRuler(smallRun, server, whole);
  const wanted = await whole.read(fileNames.scores);
  const random = createRandom('kills');
  let kills = 0;
  while (kills < 50) {
    const store = createMemoryStore();
    let killsOfThis = 0;
    const asked = await countAsked(async () => {
      for (;;) {
        const recorded = (await answers(store)).map(({ sample, arm }) => `${sample} ${arm}`);
        const before = new Map(server.asked);
        const operations = killsOfThis < 3 ? random.integer(0, 30) : Number.POSITIVE_INFINITY;
        const jobs = random.integer(1, 4);
        const error = await runRuler(smallRun, server, killing(store, random, operations), { jobs }).then(
          () => undefined,
          (reason: unknown) => reason,
        );
        for (const key of recorded)
          assert.equal(server.asked.get(key), before.get(key), `${key} was recorded`);
        if (error === undefined) break;
        assert.equal(String(error), 'Error: killed');
        killsOfThis++;
        await tearLastLine(store, random);
      }
    });
    kills += killsOfThis;
    assert.equal(asked.size, 18);
    const requests = [...asked.values()].reduce((sum, count) => sum + count);
    assert.ok(requests <= 18 + 4 * killsOfThis, 'twice only what was under way at a kill');
    assert.equal(await store.read(fileNames.scores), wanted);
    assert.ok(await store.read(fileNames.manifest));
  }
});

/** The store of a program that dies at its nth operation: from then on nothing is written. */
function killing(store: RunStore, random: ReturnType<typeof createRandom>, operations: number): RunStore {
  let left = operations;
  const alive = async <T>(work: () => Promise<T>): Promise<T> => {
    if (left <= 0) throw new Error('killed');
    left--;
    return await work();
  };
  return {
    read: name => store.read(name),
    readBytes: name => store.readBytes(name),
    append: async (name, line) => {
      const isLast = left === 1;
      await alive(() => store.append(name, line));
      // Half of the time the line was written and the program never learnt of it.
      if (isLast && random.next() < 0.5) throw new Error('killed');
    },
    write: (name, content) => alive(() => store.write(name, content)),
    remove: name => alive(() => store.remove(name)),
  };
}

/** What a crash in the middle of an addition leaves. */
async function tearLastLine(store: RunStore, random: ReturnType<typeof createRandom>): Promise<void> {
  const text = await store.read(fileNames.answers);
  if (text === undefined || random.next() < 0.5) return;
  await store.write(fileNames.answers, `${text}{"key":"torn`);
}

test('Ctrl-C lets the answers under way come in: nothing is asked twice, and the end is the same', async () => {
  const store = createMemoryStore();
  const whole = createMemoryStore();
  await runRuler(smallRun, server, whole);
  const asked = await countAsked(async () => {
    for (let stops = 0; ; stops++) {
      const controller = new AbortController();
      let requests = 0;
      server.onRequest = () => {
        if (++requests === 4) controller.abort();
        return 'answer';
      };
      const { state, summary } = await runRuler(smallRun, server, store, {
        signal: controller.signal,
        jobs: 3,
      });
      if (state === 'complete') break;
      assert.equal(state, 'interrupted');
      assert.equal(summary.state, 'partial');
      assert.equal(await store.read(fileNames.manifest), undefined);
      assert.ok(stops < 10);
    }
  });
  server.onRequest = () => 'answer';
  assert.deepEqual([...asked.values()], Array(18).fill(1));
  assert.equal(await store.read(fileNames.scores), await whole.read(fileNames.scores));
});

test('a failed sample is recorded, is unscored and not 0, and is asked again alone', async () => {
  const store = createMemoryStore();
  server.onRequest = ({ sample, arm }) => (sample === 'vt/1024/1' && arm === 'pages' ? 'refuse' : 'answer');
  const { state, summary } = await runRuler(smallRun, server, store);
  server.onRequest = () => 'answer';
  assert.equal(state, 'complete');
  const pages = summary.arms[1]!;
  assert.deepEqual([pages.count, pages.unscored, pages.spent.failed], [5, 1, 1]);
  assert.equal(summary.differences[0]!.count, 5, 'compared on the samples both have');
  const failed = (await answers(store)).filter(({ outcome }) => outcome === 'failed');
  assert.equal(failed.length, 1);
  assert.equal(failed[0].error.failure, 'request');

  assert.deepEqual(
    await countAsked(() => runRuler(smallRun, server, store)),
    new Map(),
    'nothing on its own',
  );
  const again = await countAsked(() => runRuler(smallRun, server, store, { retry: 'failed' }));
  assert.deepEqual([...again], [['vt/1024/1 pages', 1]]);
  const whole = createMemoryStore();
  await runRuler(smallRun, server, whole);
  assert.equal(await store.read(fileNames.scores), await whole.read(fileNames.scores));
});

test('a run stops before its cost would be exceeded and goes on with a higher limit', async () => {
  const store = createMemoryStore();
  // 1,000 tokens at $2 and at most 128 at $8 a million: some $0.003 a request; billed are 100 and 10 tokens.
  const maxCostUsd = 0.0045;
  const { state, summary } = await runRuler(smallRun, server, store, { maxCostUsd, jobs: 3 });
  assert.equal(state, 'cost-reached');
  const spentUsd = (await answers(store)).reduce((sum, { costUsd }) => sum + costUsd, 0);
  assert.ok(spentUsd > 0 && spentUsd <= maxCostUsd, String(spentUsd));
  assert.ok(summary.arms.some(({ missing }) => missing > 0));
  const more = await runRuler(smallRun, server, store, { maxCostUsd: 1 });
  assert.equal(more.state, 'complete');
});

test('a wrong key ends the run at once instead of failing every sample', async () => {
  const store = createMemoryStore();
  const model = { ...server.model() };
  const { ModelError } = await import('../../model/index.ts');
  const refused = new ModelError({
    failure: 'credentials',
    operation: 'ask',
    expected: 'a key',
    actual: 'none',
  });
  model.generate = () => {
    throw refused;
  };
  await assert.rejects(runRuler(smallRun, server, store, { model }), refused);
  assert.equal(await store.read(fileNames.answers), undefined);
});

test('a limit of cost is refused where no price is known', async () => {
  const model = { ...server.model(), family: 'qwen2.5-vl' };
  await assert.rejects(
    runRuler(smallRun, server, createMemoryStore(), { model, maxCostUsd: 1 }),
    (error: unknown) =>
      error instanceof GlyphError && error.kind === 'config' && /known list price/.test(error.message),
  );
});
