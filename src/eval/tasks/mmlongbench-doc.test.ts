/** MMLongBench-Doc: rows and their PDF files, the judge's part, accuracy and F1. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { memoryFiles } from '../test/memory-files.ts';
import { faultsOf, openAll, samplesOf } from '../test/open-all.ts';
import { mmLongBenchDocTask } from './mmlongbench-doc.ts';

const row = (more: object = {}) => ({
  doc_id: 'report.pdf',
  doc_type: 'Research report',
  question: 'How many?',
  answer: '12',
  evidence_pages: '[3, 5]',
  evidence_sources: "['Chart', 'Table']",
  answer_format: 'Int',
  ...more,
});

const filesOf = (...rows: readonly unknown[]) =>
  memoryFiles({ 'mm/samples.json': JSON.stringify(rows), 'mm/documents/report.pdf': '%PDF' });

const { scorer } = mmLongBenchDocTask;

describe('mmlongbench-doc', () => {
  test('a row becomes a question about a PDF, grouped by its evidence', async () => {
    const files = filesOf(
      row(),
      row({ evidence_pages: '[3]', evidence_sources: '[]' }),
      row({ answer: 'Not answerable', evidence_pages: '[]', answer_format: 'None' }),
      row({ answer: 7 }),
    );
    const samples = await samplesOf(mmLongBenchDocTask, { files, folder: 'mm' });
    assert.deepEqual(samples[0]!.material, { kind: 'pdf', path: 'mm/documents/report.pdf' });
    assert.deepEqual(samples[0]!.groups, {
      evidence: 'cross-page',
      source: ['Chart', 'Table'],
      format: 'Int',
    });
    assert.deepEqual(
      samples.map(({ groups }) => groups['evidence']),
      ['cross-page', 'single page', 'unanswerable', 'cross-page'],
    );
    assert.deepEqual(samples[3]!.targets, ['7']);
    assert.ok(samples[0]!.prompts.pages.after.endsWith('\n\nHow many?'));
  });

  test('a document that is not there, lists that are none and unknown formats are faults', async () => {
    const files = filesOf(
      row({ doc_id: 'gone.pdf' }),
      row({ evidence_pages: '__import__("os")' }),
      row({ answer_format: 'Date' }),
      row(),
    );
    const items = await openAll(mmLongBenchDocTask, { files, folder: 'mm' });
    assert.deepEqual(
      faultsOf(items).map(({ line, expected }) => [line, expected]),
      [
        [1, 'the file gone.pdf in the folder'],
        [2, '"evidence_pages": a list'],
        [3, '"answer_format": ("Int" | "Float" | "Str" | "List" | "None")'],
      ],
    );
  });

  test('a judge sees question and answer; what it writes down is scored', async () => {
    const [sample] = await samplesOf(mmLongBenchDocTask, { files: filesOf(row()), folder: 'mm' });
    const prompt = scorer.judge!.prompt(sample!, '<think>eleven?</think>There are twelve.');
    assert.ok(prompt.includes('Question: How many?') && prompt.endsWith('There are twelve.'));
    const judged = (text: string) => scorer.score(sample!, { text: 'There are twelve.', judged: text });
    assert.deepEqual(judged('Extracted answer: 12\nAnswer format: Integer'), {
      metric: 'mmlongbench',
      value: 1,
      detail: { extracted: '12' },
    });
    assert.equal(judged('Extracted answer: Fail to answer\nAnswer format: None').value, 0);
    assert.equal(judged('I cannot say').value, null);
    assert.equal(scorer.score(sample!, { text: '12' }).value, null);
  });

  test('accuracy and F1 tell answerable questions from the others', async () => {
    const files = filesOf(
      row(),
      row(),
      row({ answer: 'Not answerable', answer_format: 'None', evidence_pages: '[]' }),
    );
    const samples = await samplesOf(mmLongBenchDocTask, { files, folder: 'mm' });
    const judged = ['12', 'Not answerable', 'Not answerable'];
    const scores = samples.map((sample, i) => ({
      sample,
      score: scorer.score(sample, {
        text: '',
        judged: `Extracted answer: ${judged[i]}\nAnswer format: Integer`,
      }),
    }));
    const figures = mmLongBenchDocTask.figures(scores);
    assert.deepEqual(
      figures.map(({ name, percent, count }) => [name, percent, count]),
      [
        ['accuracy', 66.67, 3],
        ['F1', 66.67, 3], // recall 1/2, precision 1/1
        ['accuracy, cross-page', 50, 2],
        ['accuracy, unanswerable', 100, 1],
      ],
    );
  });
});
