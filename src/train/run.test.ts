/** Runs that are killed, torn or interrupted go on to the bytes of a run in one go; other runs are never gone on with. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { GlyphError, sha256Hex } from '../base/index.ts';
import { readSafetensors } from '../graph/index.ts';
import type { TrainEvent } from './run.ts';
import { createMemoryRun, Killed, type MemoryRun } from './test/memory-run.ts';
import { alwaysYes, builtData, yesOrNo } from './test/tiny-data.ts';
import { finished, metricsOf, readerOf, runTiny, settingsOf, type TinyRun } from './test/tiny-run.ts';

/** Each short, and each with steps that learn. */
let runs: Readonly<Record<'pretrain' | 'sft' | 'rl', TinyRun>>;
let whole: Readonly<Record<'pretrain' | 'sft' | 'rl', MemoryRun>>;
before(async () => {
  const pretrain = {
    settings: { ...settingsOf.pretrain, alignmentSteps: 3, steps: 5, warmUpSteps: 2 },
    data: await builtData('pretrain', 12),
  };
  const pretrained = await readerOf(
    await finished({ ...pretrain, settings: { ...settingsOf.pretrain, steps: 40 } }),
  );
  const answers = { settings: { ...settingsOf.sft, steps: 120 }, data: await yesOrNo(), from: pretrained };
  const tuned = await readerOf(await finished(answers));
  runs = {
    pretrain,
    sft: { ...answers, settings: { ...settingsOf.sft, steps: 6 } },
    rl: { settings: { ...settingsOf.rl, steps: 5, updates: 2 }, data: await alwaysYes(), from: tuned },
  };
  whole = {
    pretrain: await finished(runs.pretrain),
    sft: await finished(runs.sft),
    rl: await finished(runs.rl),
  };
});

const hashes = ({ files }: MemoryRun) =>
  Object.fromEntries([...files].map(([name, bytes]) => [name, sha256Hex(bytes)]).sort());

const killedAfter = async (writes: number, run: TinyRun, store: MemoryRun) => {
  store.left = writes;
  const training = runTiny(run, store, { checkpointEvery: 2 });
  await assert.rejects(training, (error: unknown) => error instanceof Killed, `${writes} writes are not all`);
  store.left = Number.POSITIVE_INFINITY;
};

for (const stage of ['pretrain', 'sft', 'rl'] as const) {
  test(`${stage}: killed again and again, it ends with the bytes of a run in one go`, async () => {
    assert.ok((await metricsOf(whole[stage])).some(line => line['loss'] !== undefined));
    const store = createMemoryRun();
    // Between them: before the first step, in a line of metrics, before and after a checkpoint.
    for (const writes of [0, 1, 2, 3, 4, 5, 7]) await killedAfter(writes, runs[stage], store);
    const resumed: number[] = [];
    const onEvent = (event: TrainEvent) => {
      if (event.type === 'run-resumed') resumed.push(event.step);
    };
    await runTiny(runs[stage], store, { checkpointEvery: 2, onEvent });
    assert.ok(resumed[0]! >= 2, `went on after step ${resumed}`);
    assert.deepEqual(hashes(store), hashes(whole[stage]));
  });
}

test('without its last checkpoint a run goes on from what there is, or begins anew', async () => {
  const store = createMemoryRun();
  await killedAfter(8, runs.sft, store);
  assert.ok((await metricsOf(store)).length > 2);
  store.files.delete('state.safetensors');
  store.files.delete('curves.svg');
  await runTiny(runs.sft, store);
  assert.deepEqual(hashes(store), hashes(whole.sft));
});

test('the state holds all that the next step needs, and the step it is at', () => {
  const { tensors, metadata } = readSafetensors(whole.pretrain.files.get('state.safetensors')!);
  assert.equal(metadata['step'], '8');
  const names = [...tensors.keys()];
  for (const part of ['decoder.', 'training.', 'adamw.sum1.', 'adamw.sum2.', 'adamw.count1'])
    assert.ok(
      names.some(name => name.startsWith(part)),
      part,
    );
});

test('a finished run is not trained again', async () => {
  const store = createMemoryRun();
  for (const [name, bytes] of whole.sft.files) store.files.set(name, bytes);
  const events: string[] = [];
  const steps = await runTiny(runs.sft, store, { onEvent: ({ type }) => events.push(type) });
  assert.deepEqual([steps, events], [6, ['run-resumed']]);
  assert.deepEqual(hashes(store), hashes(whole.sft));
});

test('other settings, other data or another reader are refused with what differs, and nothing is changed', async () => {
  const { sft } = runs;
  const changes: readonly (readonly [TinyRun, RegExp])[] = [
    [{ ...sft, settings: { ...settingsOf.sft, steps: 7 } }, /its settings: "steps": 6, got "steps": 7/],
    [{ ...sft, settings: { ...sft.settings, seed: 'other' } }, /"seed": "1", got "seed": "other"/],
    [{ ...sft, data: await builtData('sft', 3) }, /"data": "by-hand", got "data": "[0-9a-f]{16}"/],
    [
      { ...sft, from: { ...sft.from!, metadata: { ...sft.from!.metadata, step: '7' } } },
      /"step": "60".*got "step": "7"/,
    ],
    [runs.pretrain, /"stage": "sft".*got "stage": "pretrain"/],
  ];
  for (const [changed, message] of changes) {
    const store = createMemoryRun();
    for (const [name, bytes] of whole.sft.files) store.files.set(name, bytes);
    await assert.rejects(runTiny(changed, store), message);
    assert.deepEqual(hashes(store), hashes(whole.sft));
  }
});

test('before the first step a folder may be begun anew with other data, whose vocabulary it then has', async () => {
  const store = createMemoryRun();
  const other = await builtData('pretrain', 5);
  const stopped = runTiny({ ...runs.pretrain, data: other }, store, { signal: AbortSignal.abort() });
  await assert.rejects(stopped, { kind: 'aborted' });
  assert.ok(store.files.has('vocabulary.json'));
  await runTiny(runs.pretrain, store, { checkpointEvery: 1000 });
  assert.deepEqual(hashes(store), hashes(whole.pretrain));
});

test('folders of a reader or of a data set are not written to', async () => {
  for (const names of [['config.json', 'vocabulary.json'], ['manifest.json']]) {
    const store = createMemoryRun();
    for (const name of names)
      store.files.set(
        name,
        new TextEncoder().encode(name === 'config.json' ? '{"readerVersion":1}\n' : '{}'),
      );
    const found = hashes(store);
    await assert.rejects(runTiny(runs.pretrain, store), { kind: 'config' });
    assert.deepEqual(hashes(store), found);
  }
});

test('interrupted, it leaves a checkpoint of the step it was at', async () => {
  const store = createMemoryRun();
  const controller = new AbortController();
  const onEvent = (event: TrainEvent) => {
    if (event.type === 'step-done' && event.step === 3) controller.abort();
  };
  await assert.rejects(
    runTiny(runs.rl, store, { signal: controller.signal, onEvent }),
    (error: unknown) => error instanceof GlyphError && error.kind === 'aborted',
  );
  assert.equal(readSafetensors(store.files.get('state.safetensors')!).metadata['step'], '3');
  await runTiny(runs.rl, store);
  assert.deepEqual(hashes(store), hashes(whole.rl));
});

test('numbers that run away end the run at once, and the last checkpoint stays', async () => {
  const store = createMemoryRun();
  const settings = { ...settingsOf.sft, steps: 30, peakRate: 1e30, warmUpSteps: 0 };
  await assert.rejects(
    runTiny({ ...runs.sft, settings }, store, { checkpointEvery: 1 }),
    /train step \d+: expected finite numbers.*lower learning rate/,
  );
  assert.ok((await metricsOf(store)).every(line => Object.values(line).every(Number.isFinite)));
});
