/** VTCBench from parquet: its texts for our pages, or its own pages. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { jsonLines, memoryFiles } from '../test/memory-files.ts';
import { faultsOf, materialText, openAll, samplesOf, scored } from '../test/open-all.ts';
import { writeParquet } from '../test/write-parquet.ts';
import { vtcBenchTask, vtcBenchWildTask } from './vtcbench.ts';

const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0xff, 0x00]);

const rows = (images: readonly (readonly Uint8Array[])[] = [[png, png], [png]]) =>
  writeParquet({
    problem: { kind: 'text', values: ['What number?', 'Which words?'] },
    answers: { kind: 'texts', values: [['12'], ['red', 'green']] },
    images: { kind: 'images', values: images },
    _context: { kind: 'text', values: ['The number is 12.', 'Red and green.'] },
  });

const files = memoryFiles({
  'vtc/data/Retrieval-00000-of-00001.parquet': rows(),
  'vtc/data/Memory-00000-of-00001.parquet': rows(),
});

describe('vtcbench', () => {
  test('texts come with their questions, by the split in the file’s name', async () => {
    const samples = await samplesOf(vtcBenchTask, { files, folder: 'vtc' });
    assert.deepEqual(
      samples.map(({ id, subset }) => [id, subset]),
      [
        ['Memory-00000-of-00001/1', 'Memory'],
        ['Memory-00000-of-00001/2', 'Memory'],
        ['Retrieval-00000-of-00001/1', 'Retrieval'],
        ['Retrieval-00000-of-00001/2', 'Retrieval'],
      ],
    );
    assert.equal(materialText(samples[0]!), 'The number is 12.');
    assert.ok(samples[0]!.prompts.pages.after.endsWith('Question: What number?'));
    const one = await samplesOf(vtcBenchTask, { files, folder: 'vtc', subsets: ['Retrieval'], limit: 1 });
    assert.deepEqual(
      one.map(({ id }) => id),
      ['Retrieval-00000-of-00001/1'],
    );
  });

  test('the benchmark’s own pages arrive byte for byte', async () => {
    const [first] = await samplesOf(vtcBenchWildTask, { files, folder: 'vtc', subsets: ['Retrieval'] });
    const image = { type: 'image', bytes: png, mediaType: 'image/png' };
    assert.deepEqual(first!.material, { kind: 'images', images: [image, image] });
  });

  test('rows without what they need are faults', async () => {
    const content = jsonLines({ problem: 'q', answers: 'a' }, { problem: 'q', answers: 'a', _context: 'c' });
    const text = { files: memoryFiles({ 'v/Reasoning.jsonl': content }), folder: 'v' };
    const items = await openAll(vtcBenchTask, text);
    assert.deepEqual(
      faultsOf(items).map(({ line, expected }) => [line, expected]),
      [[1, 'the field "_context"']],
    );
    assert.equal(items[1]!.kind, 'sample');
    const broken = memoryFiles({ 'v/Reasoning.parquet': rows([[Uint8Array.of(1, 2)], [png]]) });
    const wild = await openAll(vtcBenchWildTask, { files: broken, folder: 'v' });
    assert.deepEqual(
      wild.map(({ kind }) => kind),
      ['fault', 'sample'],
    );
  });

  test('retrieval counts what is contained, memory compares words', async () => {
    const samples = await samplesOf(vtcBenchTask, { files, folder: 'vtc' });
    const scores = scored(vtcBenchTask, samples, () => 'Red, 12');
    assert.deepEqual(
      scores.map(({ score }) => score.metric),
      ['rouge_l', 'rouge_l', 'contains_all', 'contains_all'],
    );
    assert.deepEqual(
      scores.slice(2).map(({ score }) => score.value),
      [1, 0.5],
    );
    assert.equal(vtcBenchTask.figures(scores).find(({ name }) => name === 'Retrieval')?.percent, 75);
  });
});
