/** LongBench v1 and E from their JSONL files, with prompts from the user's folder. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseConfig } from '../../config/index.ts';
import { longBenchSubsets } from '../longbench/subsets.ts';
import { longBenchDatasets } from '../metrics/index.ts';
import { summarise } from '../summarise.ts';
import { jsonLines, memoryFiles } from '../test/memory-files.ts';
import { faultsOf, openAll, samplesOf, scored } from '../test/open-all.ts';
import { longBenchETask, longBenchTask } from './longbench.ts';

const row = (id: string, more: object = {}) => ({
  input: 'Who?',
  context: 'A book. $& {input}',
  answers: ['Ann', 'Anna'],
  length: 3999,
  dataset: 'hotpotqa',
  language: 'en',
  all_classes: null,
  _id: id,
  ...more,
});

const prompts = (template: string) =>
  JSON.stringify(Object.fromEntries(longBenchTask.subsets.map(name => [name, `${name} ${template}`])));

const data = (contents: Readonly<Record<string, string>>) =>
  memoryFiles({
    'lb/config/dataset2prompt.json': prompts('Read: {context}\nNow {input} Answer:'),
    ...contents,
  });

describe('longbench', () => {
  test('knows the metrics’ data sets, thirteen of them in E', () => {
    assert.deepEqual(
      longBenchTask.subsets,
      [...longBenchTask.subsets].filter(name => longBenchDatasets.has(name)),
    );
    assert.equal(longBenchTask.subsets.length, longBenchDatasets.size);
    assert.equal(longBenchETask.subsets.length, 13);
    const marked = [...longBenchSubsets].filter(([, { pageNewlines }]) => pageNewlines === 'marked');
    assert.equal(marked.length, 12);
  });

  test('a row becomes a sample with the published words around the context', async () => {
    const files = data({
      'lb/data/hotpotqa.jsonl': jsonLines(row('a')),
      'lb/data/lsht.jsonl': jsonLines(row('b', { all_classes: ['x'] })),
    });
    const [hotpot, lsht] = [
      ...(await samplesOf(longBenchTask, { files, folder: 'lb', subsets: ['hotpotqa'] })),
      ...(await samplesOf(longBenchTask, { files, folder: 'lb', subsets: ['lsht'] })),
    ];
    assert.deepEqual(hotpot, {
      kind: 'sample',
      id: 'hotpotqa/a',
      subset: 'hotpotqa',
      material: { kind: 'text', text: 'A book. $& {input}' },
      question: 'Who?',
      prompts: {
        text: { before: 'hotpotqa Read: ', after: '\nNow Who? Answer:' },
        pages: { before: 'hotpotqa Read: ', after: '\nNow Who? Answer:' },
      },
      targets: ['Ann', 'Anna'],
      groups: { category: 'multi-document QA', language: 'en' },
      maxTokens: 32,
      config: { newlineMark: ' \\n ' },
      meta: { length: 3999 },
    });
    assert.equal(parseConfig({ ...hotpot!.config }).newlineMark, ' \\n ');
    assert.deepEqual([lsht!.config, lsht!.meta['classes'], lsht!.maxTokens], [undefined, ['x'], 64]);
  });

  test('pages take Glyph’s image prompts where the folder has them', async () => {
    const files = data({
      'lb/hotpotqa.jsonl': jsonLines(row('a')),
      'lb/dataset2vlmprompt.json': prompts('It is in the images. {input}'),
    });
    const [sample] = await samplesOf(longBenchTask, { files, folder: 'lb', subsets: ['hotpotqa'] });
    assert.deepEqual(sample!.prompts.pages, { before: '', after: 'hotpotqa It is in the images. Who?' });
    assert.equal(sample!.prompts.text.before, 'hotpotqa Read: ');
  });

  test('a missing file is named before anything is read', async () => {
    const files = data({ 'lb/hotpotqa.jsonl': jsonLines(row('a')) });
    await assert.rejects(openAll(longBenchTask, { files, folder: 'lb' }), /narrativeqa\.jsonl.*data\.zip/);
    const noPrompts = memoryFiles({ 'lb/hotpotqa.jsonl': jsonLines(row('a')) });
    await assert.rejects(openAll(longBenchTask, { files: noPrompts, folder: 'lb' }), /dataset2prompt\.json/);
    const noContext = memoryFiles({
      'lb/dataset2prompt.json': '{"hotpotqa": "{input}"}',
      'lb/hotpotqa.jsonl': '',
    });
    await assert.rejects(
      openAll(longBenchTask, { files: noContext, folder: 'lb', subsets: ['hotpotqa'] }),
      /a prompt with \{context\} for "hotpotqa"/,
    );
  });

  test('broken rows are faults and a limit counts only samples', async () => {
    const content = jsonLines(
      '{',
      row('a', { answers: [] }),
      row('b'),
      row('c', { length: '7' }),
      row('d'),
      row('e'),
    );
    const files = data({ 'lb/hotpotqa.jsonl': content });
    const items = await openAll(longBenchTask, { files, folder: 'lb', subsets: ['hotpotqa'], limit: 2 });
    assert.deepEqual(
      faultsOf(items).map(({ line, expected }) => [line, expected]),
      [
        [1, 'JSON'],
        [2, '"answers": >=1'],
        [4, '"length": number'],
      ],
    );
    assert.deepEqual(
      items.flatMap(item => (item.kind === 'sample' ? [item.id] : [])),
      ['hotpotqa/b', 'hotpotqa/d'],
    );
  });

  test('scores by data set; Chinese without a tokenizer stays unscored, with the reason', async () => {
    const files = data({
      'lb/triviaqa.jsonl': jsonLines(row('a')),
      'lb/trec.jsonl': jsonLines(row('a', { answers: ['Date'], all_classes: ['Date', 'City'] })),
      'lb/dureader.jsonl': jsonLines(row('a', { answers: ['北京'] })),
    });
    const subsets = ['triviaqa', 'trec', 'dureader'];
    const samples = await samplesOf(longBenchTask, { files, folder: 'lb', subsets });
    const answers: Readonly<Record<string, string>> = {
      triviaqa: '<think>Bob?</think>\nAnna\nmore',
      trec: 'It is a Date',
      dureader: '北京',
    };
    const scores = samples.map(sample =>
      longBenchTask.scorer.score(sample, { text: answers[sample.subset]! }),
    );
    assert.deepEqual(
      scores.map(({ metric, value }) => [metric, value]),
      [
        ['rouge_zh', null],
        ['classification', 1],
        ['qa_f1', 1],
      ],
    );
    assert.match((scores[0] as { reason: string }).reason, /tokenizer for Chinese/);
    const tokenizeChinese = (text: string) => [...text];
    const score = longBenchTask.scorer.score(samples[0]!, { text: '北京' }, { tokenizeChinese });
    assert.ok(score.value! > 0.99);
  });

  test('the average is the mean of category means', async () => {
    const of = (name: string, count: number) =>
      [
        `lb/${name}.jsonl`,
        jsonLines(
          ...Array.from({ length: count }, (_, i) => row(String(i), { answers: ['ab'], all_classes: [] })),
        ),
      ] as const;
    const files = data(Object.fromEntries([of('hotpotqa', 2), of('musique', 4), of('qasper', 2)]));
    const samples = await samplesOf(longBenchTask, {
      files,
      folder: 'lb',
      subsets: ['hotpotqa', 'musique', 'qasper'],
    });
    const right = new Set(['hotpotqa/0', 'qasper/0', 'qasper/1']);
    const summary = summarise(
      longBenchTask,
      scored(longBenchTask, samples, ({ id }) => (right.has(id) ? 'ab' : 'no')),
    );
    assert.deepEqual(
      summary.figures.map(({ name, percent, count }) => [name, percent, count]),
      [
        ['average of 2 of 6 categories', 62.5, 8], // of 100 and 25
        ['single-document QA', 100, 2],
        ['multi-document QA', 25, 6],
        ['qasper', 100, 2],
        ['hotpotqa', 50, 2],
        ['musique', 0, 4],
      ],
    );
    assert.equal(summary.mean, 3 / 8);
  });

  test('LongBench-E has its own files and length bins', async () => {
    const files = data({
      'lb/hotpotqa_e.jsonl': jsonLines(row('a'), row('b', { length: 4000 }), row('c', { length: 8000 })),
      'lb/qasper_e.jsonl': jsonLines(row('a')),
    });
    const samples = await samplesOf(longBenchETask, { files, folder: 'lb', subsets: ['hotpotqa', 'qasper'] });
    assert.deepEqual(
      samples.map(({ id, groups }) => [id, groups['length']]),
      [
        ['qasper_e/a', '0-4k'],
        ['hotpotqa_e/a', '0-4k'],
        ['hotpotqa_e/b', '4-8k'],
        ['hotpotqa_e/c', '8k+'],
      ],
    );
    const figures = longBenchETask.figures(
      scored(longBenchETask, samples, ({ id }) => (id === 'qasper_e/a' ? '' : 'Ann')),
    );
    assert.deepEqual(figures, [
      { name: 'average of 2 data sets, 0-4k', percent: 50, count: 2 },
      { name: 'average of 1 data sets, 4-8k', percent: 100, count: 1 },
      { name: 'average of 1 data sets, 8k+', percent: 100, count: 1 },
    ]);
  });
});
