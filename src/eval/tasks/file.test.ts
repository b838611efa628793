/** A user's own JSONL: documents in it and beside it, metrics by name. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { jsonLines, memoryFiles } from '../test/memory-files.ts';
import { faultsOf, openAll, samplesOf } from '../test/open-all.ts';
import { fileTask } from './file.ts';

const ask = (more: object) => ({ question: 'What?', answer: 'Blue', ...more });

const open = (content: string, beside: Readonly<Record<string, string>> = {}) =>
  openAll(fileTask, {
    files: memoryFiles({ 'my/questions.jsonl': content, ...beside }),
    folder: 'my/questions.jsonl',
  });

describe('file', () => {
  test('a document is text, several texts, or a file beside the questions', async () => {
    const content = jsonLines(
      ask({ id: 'first', document: 'The sky is blue.' }),
      ask({ documents: ['One.', 'Two.'] }),
      ask({ path: 'docs/sky.txt' }),
      ask({ path: 'docs/sky.pdf' }),
      ask({ path: 'docs/sky.PNG' }),
    );
    const items = await open(content, { 'my/docs/sky.txt': 'From a file.' });
    assert.deepEqual(
      items.map(item => (item.kind === 'sample' ? [item.id, item.subset, item.material] : item)),
      [
        ['first', 'questions', { kind: 'text', text: 'The sky is blue.' }],
        ['line 2', 'questions', { kind: 'text', text: 'One.\n\nTwo.' }],
        ['line 3', 'questions', { kind: 'text', text: 'From a file.' }],
        ['line 4', 'questions', { kind: 'pdf', path: 'my/docs/sky.pdf' }],
        ['line 5', 'questions', { kind: 'images', images: ['my/docs/sky.PNG'] }],
      ],
    );
  });

  test('rows that cannot be asked are faults', async () => {
    const content = jsonLines(
      ask({}),
      ask({ document: 'a', path: 'b' }),
      { document: 'a', question: 'q' },
      ask({ document: 'a', answers: ['b'] }),
      ask({ document: 'a', metric: 'vibes' }),
      ask({ path: 'gone.txt' }),
      ask({ document: 'a' }),
    );
    const items = await open(content);
    assert.deepEqual(
      faultsOf(items).map(({ line }) => line),
      [1, 2, 3, 4, 5, 6],
    );
    assert.match(faultsOf(items)[4]!.expected, /"metric": .*contains/);
    assert.equal(items[6]!.kind, 'sample');
  });

  test('each metric scores a right and a wrong answer', async () => {
    const expected: Readonly<Record<string, readonly [string, number, number]>> = {
      contains: ['It is blue, I think', 1, 0],
      contains_all: ['blue', 0.5, 0],
      exact: [' blue', 1, 0],
      qa_f1: ['the blue sky', 2 / 3, 0],
      qa_f1_zh: ['blue', 1, 0],
      rouge_l: ['Blue', 1, 0],
      edit_similarity: ['Blue', 1, 0],
    };
    const content = jsonLines(
      ...Object.keys(expected).map(metric => ({
        document: 'd',
        question: 'q',
        answers: ['Blue', 'azure'],
        metric,
      })),
    );
    const options = { files: memoryFiles({ 'q.jsonl': content }), folder: 'q.jsonl' };
    const samples = await samplesOf(fileTask, options);
    assert.equal(samples.length, Object.keys(expected).length);
    for (const sample of samples) {
      const metric = String(sample.meta['metric']);
      const [right, value, none] = expected[metric]!;
      const score = (text: string) =>
        fileTask.scorer.score(sample, { text }, { tokenizeChinese: t => t.split(' ') });
      assert.ok(Math.abs(score(`<think>so</think>${right}`).value! - value) < 1e-6, metric);
      assert.equal(score('').value, none, metric);
    }
    const chinese = samples.find(({ meta }) => meta['metric'] === 'qa_f1_zh')!;
    assert.equal(fileTask.scorer.score(chinese, { text: 'Blue' }).value, null);
  });
});
