/** RULER's JSONL as NVIDIA's scripts write it, whole, and as the Glyph repository has it, apart. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Sample } from '../task.ts';
import { jsonLines, memoryFiles } from '../test/memory-files.ts';
import { faultsOf, materialText, openAll, samplesOf, scored } from '../test/open-all.ts';
import { rulerFilesTask } from './ruler-files.ts';

/** In the shape of RULER's templates, with other words: [task, example, instruction, context, question]. */
const shapes: readonly (readonly [string, string, string, string, string])[] = [
  [
    'niah_single_2',
    '',
    'A magic number is hidden here. Look.\n',
    'Hay. The number is 7.\nMore hay.',
    '\nWhat is the number?',
  ],
  [
    'vt',
    'Track the variables below. noise Question: Find 1. Answer: AAA\n\n\n\n',
    'Track the variables below.\n\n',
    'noise\nVAR X = 3\nnoise',
    '\nQuestion: Find all with 3.',
  ],
  [
    'cwe',
    'Below is a list. Memorize it.\n1. a 2. b\nQuestion: Which? Answer: a\n',
    'Below is a list. Memorize it.\n',
    '1. c 2. d 3. c',
    '\nQuestion: Which?',
  ],
  ['fwe', '', 'Read the coded text. Find the coded words. ', 'abc ... abc def', '\nQuestion: Which three?'],
  [
    'qa_1',
    '',
    'Answer the question. Be short.\n\nThe documents follow.\n\n',
    'Document 1:\nOne.\n\nDocument 2:\nTwo.',
    '\n\nAnswer the question. Be short.\n\nQuestion: Who?',
  ],
];

describe('ruler-files', () => {
  test('a whole prompt is cut so that the context alone becomes pages, and nothing is lost', async () => {
    for (const [subset, example, instruction, context, question] of shapes) {
      const input = example + instruction + context + question;
      const row = { index: 0, input, outputs: ['7'], length: 4000, answer_prefix: ' It is' };
      const files = memoryFiles({ [`r/4096/data/${subset}/validation.jsonl`]: jsonLines(row) });
      const [sample] = await samplesOf(rulerFilesTask, { files, folder: 'r' });
      const { text, pages } = sample!.prompts;
      assert.equal(text.before + materialText(sample!) + text.after, `${input} It is`, subset);
      assert.equal(materialText(sample!), context, subset);
      assert.deepEqual(pages, { before: instruction, after: `${question} It is` }, subset);
      assert.deepEqual([sample!.id, sample!.groups], [`${subset}/4096/1`, { length: '4096' }]);
    }
  });

  test('a prompt of no known shape still arrives whole', async () => {
    const files = memoryFiles({ 'r/vt/x.jsonl': jsonLines({ input: 'no shape at all', outputs: ['a'] }) });
    const [sample] = await samplesOf(rulerFilesTask, { files, folder: 'r' });
    const { text } = sample!.prompts;
    assert.equal(text.before + materialText(sample!) + text.after, 'no shape at all');
    assert.deepEqual(sample!.groups, { length: 'unknown' });
  });

  test('Glyph’s rows keep context and question apart; broken ones are faults', async () => {
    const row = {
      task_name: 'cwe',
      context: '1. a 2. a',
      question: 'Which?',
      outputs: ['a'],
      example: 'left out',
    };
    const content = jsonLines(row, { ...row, task_name: 'cwf' }, { ...row, outputs: [] }, 'x', {
      ...row,
      task_name: 'vt',
    });
    const files = memoryFiles({ 'r/processed_8192.jsonl': content, 'r/16384.jsonl': jsonLines(row) });
    const items = await openAll(rulerFilesTask, { files, folder: 'r' });
    assert.deepEqual(
      faultsOf(items).map(({ line }) => line),
      [2, 3, 4],
    );
    const samples = items.filter((item): item is Sample => item.kind === 'sample');
    assert.deepEqual(
      samples.map(({ subset, groups }) => [subset, groups['length']]),
      [
        ['cwe', '16384'],
        ['cwe', '8192'],
        ['vt', '8192'],
      ],
    );
    assert.deepEqual(samples[0]!.prompts.pages, { before: '', after: '\nWhich?' });
    const chosen = { files, folder: 'r', subsets: ['cwe'], lengths: [8192] };
    assert.equal((await openAll(rulerFilesTask, chosen)).filter(({ kind }) => kind === 'sample').length, 1);
  });

  test('figures average tasks, not samples, at each length and without UUIDs', async () => {
    const row = { context: 'c', question: 'q', outputs: ['yes'] };
    const content = jsonLines(
      { ...row, task_name: 'vt' },
      { ...row, task_name: 'vt' },
      { ...row, task_name: 'cwe' },
      { ...row, task_name: 'niah_single_3' },
    );
    const files = memoryFiles({
      'r/4096.jsonl': content,
      'r/8192.jsonl': jsonLines({ ...row, task_name: 'vt' }),
    });
    const samples = await samplesOf(rulerFilesTask, { files, folder: 'r' });
    const figures = rulerFilesTask.figures(
      scored(rulerFilesTask, samples, ({ id }) =>
        id === 'vt/4096/1' || id === 'cwe/4096/3' ? 'Yes.' : 'no',
      ),
    );
    const percentOf = (name: string) => figures.find(figure => figure.name === name)?.percent;
    assert.equal(percentOf('average of tasks'), 44.44); // (1/3 + 1 + 0) / 3
    assert.equal(percentOf('average of tasks, 4096 tokens'), 50); // (1/2 + 1 + 0) / 3
    assert.equal(percentOf('average of tasks, 8192 tokens'), 0);
    assert.equal(percentOf('average of tasks without UUIDs, as the Glyph paper reports'), 66.67);
  });
});
