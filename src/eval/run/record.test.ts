/** What a run records of data, judges and pages, with tasks of the package and models in memory. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMockModel, type Model } from '../../model/index.ts';
import { loadFont } from '../../node/load-font.ts';
import { openPdf } from '../../node/pdf.ts';
import { buildPdf, textLines } from '../../node/test/build-pdf.ts';
import type { Task } from '../task.ts';
import { fileTask } from '../tasks/file.ts';
import { mmLongBenchDocTask } from '../tasks/mmlongbench-doc.ts';
import { memoryFiles } from '../test/memory-files.ts';
import { type EvaluateOptions, evaluate } from './evaluate.ts';
import { startRun } from './run-file.ts';
import { createMemoryStore, fileNames, type RunStore } from './run-store.ts';
import { rescoreRun } from './score-run.ts';
import { clock } from './test/harness.ts';

const family = 'glm-4.1v';

async function runTask(
  task: Task,
  data: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  model: Model,
  store: RunStore,
  more: Partial<EvaluateOptions> = {},
  arms: readonly string[] = ['text', 'pages'],
) {
  const run = await startRun(createMemoryStore(), {
    task: task.name,
    model,
    arms,
    data,
    subsets: null,
    lengths: null,
    limit: null,
    seed: '42',
    maxTokens: null,
    temperature: 0,
    compat: 'none',
    config: undefined,
    generator: 'test',
    startedMs: 0,
  });
  const openPdfHere = (path: string) => openPdf(files[path] as Uint8Array, { name: path });
  const effects = { files: memoryFiles(files), openPdf: openPdfHere, loadFont, clock };
  return { run, ...(await evaluate({ task, run, store, model, ...effects, ...more })) };
}

const rows = async (store: RunStore, name: string) =>
  ((await store.read(name)) ?? '')
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line));

const questions = [
  {
    id: 'a',
    document: 'The sky over the bay was green that day.',
    question: 'What colour?',
    answer: 'green',
  },
  'no json',
  {
    id: 'b',
    document: 'Nine ships came in before noon, and one after.',
    question: 'How many?',
    answer: 'ten',
  },
  { id: 'c', question: 'Of what?', answer: 'x' },
];
const jsonl = questions.map(each => (typeof each === 'string' ? each : JSON.stringify(each))).join('\n');

test('broken rows are recorded by line, and the run goes on without them', async () => {
  const store = createMemoryStore();
  const model = createMockModel('It was green.', { family });
  const { summary } = await runTask(fileTask, 'q/own.jsonl', { 'q/own.jsonl': jsonl }, model, store);
  assert.deepEqual([summary.samples, summary.faults], [2, 2]);
  const faults = (await rows(store, fileNames.samples)).filter(({ kind }) => kind === 'fault');
  assert.deepEqual(
    faults.map(({ file, line }) => [file, line]),
    [
      ['q/own.jsonl', 2],
      ['q/own.jsonl', 4],
    ],
  );
  assert.deepEqual(
    summary.arms.map(({ mean, count }) => [mean, count]),
    [
      [0.5, 2],
      [0.5, 2],
    ],
  );
  const samples = (await rows(store, fileNames.samples)).filter(({ kind }) => kind === 'sample');
  assert.ok(samples.every(({ facts }) => !('material' in facts) && !('config' in facts)));
});

test('ids that occur twice, and data without a sample, are refused before the first call', async () => {
  const model = createMockModel('x', { family });
  const twice = `${JSON.stringify(questions[0])}\n${JSON.stringify(questions[0])}`;
  const run = (text: string) => runTask(fileTask, 'q.jsonl', { 'q.jsonl': text }, model, createMemoryStore());
  await assert.rejects(run(twice), /samples with ids of their own, got "a" twice/);
  await assert.rejects(
    run('no json'),
    /at least one sample, got 1 broken rows and no other \(line 1 of q.jsonl/,
  );
  assert.equal(model.calls.length, 0);
});

test('data that changed under a run is noticed', async () => {
  const store = createMemoryStore();
  const controller = new AbortController();
  const model = createMockModel(
    () => {
      controller.abort();
      return 'green';
    },
    { family },
  );
  const first = { signal: controller.signal, jobs: 1 };
  const { state } = await runTask(fileTask, 'q.jsonl', { 'q.jsonl': jsonl }, model, store, first);
  assert.equal(state, 'interrupted');
  const changed = { 'q.jsonl': jsonl.replace('Nine ships', 'Six ships') };
  await assert.rejects(
    runTask(fileTask, 'q.jsonl', changed, createMockModel('x', { family }), store),
    /open file again: expected the data the run began with, now b, got b, changed/,
  );
});

test('the pages of the worst answers are kept, those a target stands on among them', async () => {
  const store = createMemoryStore();
  const filler = Array.from(
    { length: 400 },
    (_, i) => `Day ${i} was like the one before it in every way.`,
  ).join('\n');
  const document = `${filler}\nThe password is swordfish.\n${filler}`;
  const lines = JSON.stringify({ document, question: 'The password?', answer: 'swordfish' });
  await runTask(fileTask, 'q.jsonl', { 'q.jsonl': lines }, createMockModel('no idea', { family }), store);
  const [kept] = await rows(store, fileNames.pages);
  assert.equal(kept.arm, 'pages');
  assert.ok(kept.pages.length >= 2 && kept.pages.length <= 3);
  assert.equal(kept.pages[0].number, 1);
  assert.ok(kept.pages.some(({ text }: { text: string }) => text.includes('swordfish')));
  for (const { file } of kept.pages) {
    assert.equal(Buffer.from((await store.readBytes(file))!).toString('latin1', 1, 4), 'PNG');
  }
});

const mmRow = {
  doc_id: 'report.pdf',
  doc_type: 'Report',
  question: 'What was the revenue?',
  answer: '12',
  evidence_pages: '[1]',
  evidence_sources: "['Pure-text (Plain-text)']",
  answer_format: 'Int',
};
const mmFiles = {
  'mm/samples.json': JSON.stringify([mmRow]),
  'mm/report.pdf': buildPdf([{ content: textLines(['Revenue was 12.']) }]),
};

test('a judge writes answers down once; without one they stay unscored until the run goes on with one', async () => {
  const store = createMemoryStore();
  const model = createMockModel('I would say twelve.', { family });
  const first = await runTask(mmLongBenchDocTask, 'mm', mmFiles, model, store);
  assert.equal(first.state, 'complete');
  assert.deepEqual(
    first.summary.arms.map(({ count, unscored, mean }) => [count, unscored, mean]),
    [
      [0, 1, null],
      [0, 1, null],
    ],
  );
  const judge = createMockModel('Extracted answer: 12\nAnswer format: Integer', { id: 'judge', family });
  const second = await runTask(mmLongBenchDocTask, 'mm', mmFiles, model, store, { judge });
  assert.deepEqual(
    second.summary.arms.map(({ mean }) => mean),
    [1, 1],
  );
  assert.deepEqual([model.calls.length, judge.calls.length], [2, 2], 'nothing was asked again');
  await runTask(mmLongBenchDocTask, 'mm', mmFiles, model, store, { judge });
  assert.equal(judge.calls.length, 2);
  const judgements = await rows(store, fileNames.judgements);
  assert.deepEqual([judgements.length, judgements[0].judge], [2, 'judge']);
});

test('a judge that fails leaves the answer unscored with the reason, and is asked again alone', async () => {
  const store = createMemoryStore();
  const model = createMockModel('twelve', { family });
  const broken = createMockModel([], { family });
  const first = await runTask(mmLongBenchDocTask, 'mm', mmFiles, model, store, { judge: broken }, ['text']);
  assert.equal(first.summary.arms[0]!.unscored, 1);
  const [score] = await rows(store, fileNames.scores);
  assert.match(score.score.reason, /the judge failed: ask the mock model/);
  const judge = createMockModel('Extracted answer: 12\nAnswer format: Integer', { family });
  const again = { judge, retry: 'failed' as const };
  const second = await runTask(mmLongBenchDocTask, 'mm', mmFiles, model, store, again, ['text']);
  assert.equal(second.summary.arms[0]!.mean, 1);
  assert.equal(model.calls.length, 1);
});

test('scoring again reads the record alone and records by which rules', async () => {
  const store = createMemoryStore();
  const model = createMockModel('green', { family });
  const { run, summary } = await runTask(fileTask, 'q.jsonl', { 'q.jsonl': jsonl }, model, store);
  const calls = model.calls.length;
  const strict: Task = {
    ...fileTask,
    scorer: { score: () => ({ metric: 'strict', value: 0, detail: {} }) },
  };
  const again = await rescoreRun({ task: strict, run: { ...run, compat: 'reference' }, store });
  assert.equal(model.calls.length, calls);
  assert.deepEqual([summary.arms[0]!.mean, again.arms[0]!.mean], [0.5, 0]);
  assert.equal(again.state, 'complete');
  assert.deepEqual(again.arms[0]!.metrics, ['strict']);
  assert.equal(JSON.parse((await store.read(fileNames.run))!).compat, 'reference');
});
