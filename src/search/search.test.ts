/** A whole search over a mock model: what it records, that it repeats, that it costs nothing to do again. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configHash, parseConfig } from '../config/index.ts';
import { createMemoryStore } from '../eval/index.ts';
import { dominates } from './dominance.ts';
import { frontOfResult, mockSearch, mockSettings, pageModel } from './test/mock-search.ts';

test('the same seed and answers give the same search; answers recorded are not asked again', async () => {
  const [store, model] = [createMemoryStore(), pageModel()];
  const first = await mockSearch({}, { store, model });
  assert.equal(first.state, 'complete');
  assert.equal(first.candidates.length, mockSettings.steps);
  const asked = model.calls.length;
  assert.ok(asked > 8 && asked < 32, `${asked} calls: halving spares some of 32`);
  const again = await mockSearch({}, { store, model, jobs: 1 });
  assert.equal(model.calls.length, asked);
  assert.deepEqual(frontOfResult(again), frontOfResult(first));
  const other = await mockSearch({ seed: '43' });
  assert.notDeepEqual(frontOfResult(other), frontOfResult(first));
});

test('every candidate says who made it, from which, and what came of it; none stands on the front beside a better one', async () => {
  const store = createMemoryStore();
  const { candidates, front } = await mockSearch({ steps: 12 }, { store });
  const ids = candidates.map(({ id }) => id);
  assert.deepEqual(
    ids,
    Array.from({ length: 12 }, (_, i) => `1-${i + 1}`),
  );
  for (const { parents, origin, generation, fate, samples } of candidates) {
    assert.equal(
      parents.length,
      { given: 0, sample: 0, mutation: 1, crossover: 2 }[origin as 'given'] ?? -1,
      origin,
    );
    for (const parent of parents) assert.ok(ids.includes(parent), parent);
    assert.ok(generation > 0 || origin === 'sample');
    assert.equal(samples === 4, fate === 'measured');
  }
  for (const a of front) assert.ok(!front.some(b => dominates(b.values, a.values)));
  const lines = (await store.read('candidates.jsonl'))!
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
  assert.equal(lines.length, 12);
  assert.equal(lines[0].configHash, configHash(parseConfig(lines[0].config)));
  const best = parseConfig(JSON.parse((await store.read('best.json'))!));
  assert.ok(front.some(({ key }) => key === configHash(best)));
  assert.ok((await store.read('manifest.json')) !== undefined);
});

test('given configs come first, held keys stay, and what compresses too little is not asked about', async () => {
  const given = parseConfig({ dpi: 90, pageSize: [280, 280] });
  const { candidates, refused } = await mockSearch({ given: [given], leastRatio: 1.5 });
  assert.equal(candidates[0]!.key, configHash(given));
  assert.equal(candidates[0]!.origin, 'given');
  for (const { genome, origin, evidence } of candidates) {
    assert.equal(genome.fontFamily, 'DejaVu Sans');
    assert.ok(origin === 'given' || evidence.compression.ratio >= 1.5);
  }
  assert.ok(refused['compression below 1.5']! > 0);
});

test('a budget ends the search between measurements, and a larger one goes on to the same result', async () => {
  const whole = await mockSearch();
  const [store, model] = [createMemoryStore(), pageModel()];
  const part = await mockSearch({}, { store, model, limits: { maxTokens: 300 }, jobs: 1 });
  assert.equal(part.state, 'budget-reached');
  assert.ok(part.candidates.length < whole.candidates.length);
  assert.equal(await store.read('manifest.json'), undefined);
  const rest = await mockSearch({}, { store, model, jobs: 1 });
  assert.deepEqual(frontOfResult(rest), frontOfResult(whole));
});

test('an interruption before anything is measured is told, a later one leaves what there is', async () => {
  await assert.rejects(mockSearch({}, { signal: AbortSignal.abort() }), { kind: 'aborted' });
  const controller = new AbortController();
  const result = await mockSearch(
    {},
    {
      signal: controller.signal,
      onEvent: event => {
        if (event.type === 'generation-ended' && event.generation === 0) controller.abort();
      },
    },
  );
  assert.equal(result.state, 'interrupted');
  assert.ok(result.recommendation !== undefined);
});

test('held-out samples compare the winner with the published best config, paired', async () => {
  const { held } = await mockSearch({ holdout: 4 });
  assert.equal(held!.samples, 4);
  assert.deepEqual(
    held!.configs.slice(0, 2).map(({ role }) => role),
    ['baseline', 'recommended'],
  );
  const { difference } = held!.configs[1]!;
  assert.equal(difference!.count, 4);
  assert.ok(difference!.low <= difference!.difference && difference!.difference <= difference!.high);
});

test('random only draws; rounds begin anew and share what was answered', async () => {
  const { candidates } = await mockSearch({ strategy: 'random' });
  assert.ok(candidates.every(({ origin }) => origin === 'sample'));
  const two = await mockSearch({ rounds: 2, steps: 4 });
  assert.deepEqual(
    two.rounds.map(each => each.candidates),
    [4, 4],
  );
  assert.equal(new Set(two.candidates.map(({ key }) => key)).size, 8);
});

test('nothing gained for some generations ends a round', async () => {
  const { rounds } = await mockSearch({ steps: 60, patience: 1 });
  assert.equal(rounds[0]!.end, 'converged');
  assert.ok(rounds[0]!.candidates < 60);
});
