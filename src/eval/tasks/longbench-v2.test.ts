/** LongBench v2 from its array of rows, with the published prompt and with our own. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { memoryFiles } from '../test/memory-files.ts';
import { faultsOf, materialText, openAll, samplesOf, scored } from '../test/open-all.ts';
import { longBenchV2Task } from './longbench-v2.ts';

const row = (id: string, more: object = {}) => ({
  _id: id,
  domain: 'Single-Document QA',
  sub_domain: 'Legal',
  difficulty: 'easy',
  length: 'short',
  question: 'Which $& one?',
  choice_A: 'red',
  choice_B: 'green',
  choice_C: 'blue',
  choice_D: '$Q$',
  answer: 'B',
  context: ' A long text. ',
  ...more,
});

const dataOf = (...rows: readonly unknown[]) => ({ 'v2/data.json': JSON.stringify(rows, null, 1) });

describe('longbench-v2', () => {
  test('our own prompt asks for an answer that the scorer reads', async () => {
    const [sample] = await samplesOf(longBenchV2Task, { files: memoryFiles(dataOf(row('a'))), folder: 'v2' });
    const { before, after } = sample!.prompts.pages;
    assert.equal(materialText(sample!), 'A long text.');
    assert.ok(
      before.endsWith('\n\n') &&
        after.includes('Question: Which $& one?\n(A) red\n(B) green\n(C) blue\n(D) $Q$\n'),
    );
    const scoreOf = (text: string) => longBenchV2Task.scorer.score(sample!, { text });
    assert.deepEqual(scoreOf('<think>A?</think>**The correct answer is (B)**'), {
      metric: 'accuracy',
      value: 1,
      detail: { choice: 'B' },
    });
    assert.deepEqual(scoreOf('B, surely'), { metric: 'accuracy', value: 0, detail: { choice: '' } });
  });

  test('the published prompt is taken where it is', async () => {
    const template = 'Text: $DOC$ Then $Q$ A=$C_A$ D=$C_D$';
    const files = memoryFiles({ ...dataOf(row('a')), 'v2/prompts/0shot.txt': template });
    const [sample] = await samplesOf(longBenchV2Task, { files, folder: 'v2' });
    assert.deepEqual(sample!.prompts.text, { before: 'Text: ', after: ' Then Which $& one? A=red D=$Q$' });
    const bad = memoryFiles({ ...dataOf(row('a')), 'v2/0shot.txt': 'no slot' });
    await assert.rejects(openAll(longBenchV2Task, { files: bad, folder: 'v2' }), /a prompt with \$DOC\$/);
  });

  test('broken rows are faults, named by their place in the array', async () => {
    const files = memoryFiles(dataOf(row('a'), row('b', { answer: 'E' }), 5, row('c')));
    const items = await openAll(longBenchV2Task, { files, folder: 'v2' });
    assert.deepEqual(
      faultsOf(items).map(({ file, line, actual }) => [file, line, actual]),
      [
        ['v2/data.json', 2, '"E"'],
        ['v2/data.json', 3, '5'],
      ],
    );
    assert.equal(items.length, 4);
  });

  test('domains are subsets to choose from, and a limit counts what is chosen', async () => {
    const files = memoryFiles(dataOf(row('a'), row('b', { domain: 'Code' }), row('c', { domain: 'Code' })));
    const samples = await samplesOf(longBenchV2Task, { files, folder: 'v2', subsets: ['Code'], limit: 1 });
    assert.deepEqual(
      samples.map(({ id }) => id),
      ['b'],
    );
  });

  test('accuracies by difficulty and length, and with guesses for answers without a letter', async () => {
    const files = memoryFiles(
      dataOf(row('a'), row('b', { difficulty: 'hard' }), row('c', { length: 'long' })),
    );
    const samples = await samplesOf(longBenchV2Task, { files, folder: 'v2' });
    const figures = longBenchV2Task.figures(
      scored(longBenchV2Task, samples, ({ id }) =>
        id === 'a' ? 'The correct answer is B' : id === 'b' ? 'hm' : 'The correct answer is (A)',
      ),
    );
    assert.deepEqual(
      figures.map(({ name, percent, count }) => [name, percent, count]),
      [
        ['overall', 33.3, 3],
        ['easy', 50, 2],
        ['hard', 0, 1],
        ['short', 50, 2],
        ['long', 0, 1],
        ['overall, an answer without a letter at 25 %', 41.7, 3],
      ],
    );
  });
});
