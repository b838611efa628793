/** The three stages learn what they are for, at the smallest size that learns anything. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { ReaderCheckpoint } from '../reader/index.ts';
import type { Metrics } from './run.ts';
import { alwaysYes, builtData, handMadeData, yesOrNo } from './test/tiny-data.ts';
import { finished, metricsOf, readerOf, settingsOf } from './test/tiny-run.ts';

const mean = (lines: readonly Metrics[], name: string) => {
  const values = lines.flatMap(line => line[name] ?? []);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
};

let pretrained: ReaderCheckpoint;
/** What pre-training logged. */
let reading: readonly Metrics[];
/** Says yes or no, in the form asked for. */
let tuned: ReaderCheckpoint;
before(async () => {
  const store = await finished({ settings: settingsOf.pretrain, data: await builtData('pretrain', 40) });
  reading = await metricsOf(store);
  pretrained = await readerOf(store);
  const settings = { ...settingsOf.sft, steps: 120 };
  tuned = await readerOf(await finished({ settings, data: await yesOrNo(), from: pretrained }));
});

test('pretrain: first alignment falls, then reading with it', () => {
  const { alignmentSteps, steps } = settingsOf.pretrain;
  assert.equal(reading.length, alignmentSteps + steps);
  const [aligning, rest] = [reading.slice(0, alignmentSteps), reading.slice(alignmentSteps)];
  assert.ok(aligning.every(line => line['reading'] === undefined));
  const fell = (lines: readonly Metrics[], name: string, to: number) => {
    const [first, last] = [mean(lines.slice(0, 4), name), mean(lines.slice(-8), name)];
    assert.ok(last < to * first, `${name} from ${first} to ${last}`);
  };
  fell(aligning, 'alignment', 0.8);
  fell(rest, 'alignment', 0.8);
  fell(rest, 'reading', 0.65);
  assert.ok(rest.every(line => line['tokens']! > 0 && line['gradientNorm']! > 0));
});

test('sft: the loss on answers of built questions falls, with and without rows that write out pages', async () => {
  const data = await builtData('sft', 30);
  for (const ocr of ['with', 'without'] as const) {
    const store = await finished({ settings: { ...settingsOf.sft, ocr }, data, from: pretrained });
    const lines = await metricsOf(store);
    const [first, last] = [mean(lines.slice(0, 3), 'loss'), mean(lines.slice(-5), 'loss')];
    assert.ok(last < 0.8 * first, `from ${first} to ${last}`);
  }
});

test('rl: of two answers the rewarded one wins, from no distance at all', async () => {
  const settings = { ...settingsOf.rl, steps: 16, group: 8, rate: 1e-3, klWeight: 0 };
  const lines = await metricsOf(await finished({ settings, data: await alwaysYes(), from: tuned }));
  const [first, last] = [mean(lines.slice(0, 4), 'reward'), mean(lines.slice(-4), 'reward')];
  assert.ok(first < 0.65 && last > first + 0.2, `reward from ${first} to ${last}`);
  const learning = lines.filter(line => line['kl'] !== undefined);
  assert.ok(Math.abs(learning[0]!['kl']!) < 1e-6, `${learning[0]!['kl']} at first`);
  assert.ok(learning.at(-1)!['kl']! > 1e-3);
  for (const line of lines) {
    for (const name of ['reward', 'accuracy', 'format', 'groups', 'droppedGroups', 'tokens'])
      assert.ok(Number.isFinite(line[name]), `${name} of step ${line['step']}`);
    assert.equal(line['loss'] === undefined, line['groups'] === line['droppedGroups']);
  }
});

test('rl: held near the reader it began with, it stays nearer', async () => {
  const data = await alwaysYes();
  const settings = { ...settingsOf.rl, steps: 6, group: 8, updates: 2 };
  const away = async (klWeight: number) => {
    const store = await finished({ settings: { ...settings, klWeight }, data, from: tuned });
    return mean((await metricsOf(store)).slice(1), 'kl');
  };
  const [free, held] = [await away(0), await away(5)];
  assert.ok(held < 0.5 * free, `${held} held, ${free} free`);
});

test('rl: where every answer earns the same nothing is learnt, after other questions were tried', async () => {
  const settings = { ...settingsOf.rl, steps: 1 };
  const store = await finished({ settings, data: await builtData('rl', 20), from: tuned });
  const [line] = await metricsOf(store);
  assert.deepEqual(
    [line!['reward'], line!['groups'], line!['droppedGroups'], line!['loss']],
    [0, 3 * settings.prompts, 3 * settings.prompts, undefined],
  );
  const reader = await readerOf(store);
  for (const [name, { data }] of tuned.tensors) assert.deepEqual(reader.tensors.get(name)!.data, data, name);
});

test('data that a stage cannot learn from is refused with what would do', async () => {
  const page = ['images/page.png'];
  const row = { id: 'a', task: 'needle', images: page, messages: [{ role: 'user', content: '<image>' }] };
  const refused = async (
    settings: Parameters<typeof finished>[0]['settings'],
    rows: object[],
    message: RegExp,
  ) => {
    const data = await handMadeData(settings.stage, rows);
    await assert.rejects(finished({ settings, data, from: pretrained }), message);
  };
  await refused(settingsOf.pretrain, [row], /OCR rows of one page.*none of 1 rows/);
  await refused(settingsOf.rl, [row], /rows with a reward and an answer, got none of 1 rows/);
  const question = { ...row, reward: 'ocr', answer: 'a' };
  await refused({ ...settingsOf.rl, ocr: 'without' }, [question], /rows with a reward/);
  await refused({ ...settingsOf.rl, maxPromptTokens: 9 }, [question], /prompts of at most 9 tokens/);
  await refused(
    { ...settingsOf.sft, ocr: 'without' },
    [{ ...row, task: 'ocr' }],
    /rows that do not write out pages/,
  );
  const long = [{ role: 'user', content: `<image>${'x1'.repeat(99)}` }];
  await refused(
    settingsOf.sft,
    [{ ...row, messages: long }],
    /at most 128 tokens, its window, got none in 400/,
  );
  await refused(settingsOf.rl, [{ ...question, images: ['images/lost.png'] }], /images\/lost\.png, got none/);
  const lines = [
    { role: 'user', content: '<image>' },
    { role: 'assistant', content: `[p1:1] ${'x1'.repeat(99)}` },
  ];
  await refused(
    settingsOf.pretrain,
    [{ ...row, task: 'ocr', messages: lines }],
    /samples of 96 tokens.*near\.tokens/,
  );
  await assert.rejects(
    finished({ settings: settingsOf.sft, data: await yesOrNo() }),
    /begin sft: expected a reader to begin with.*--from/,
  );
});
