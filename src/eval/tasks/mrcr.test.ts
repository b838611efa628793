/** MRCR from its published parquet and from Glyph's JSONL, each made here in small. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { conversationText } from '../conversation.ts';
import type { Sample } from '../task.ts';
import { jsonLines, memoryFiles } from '../test/memory-files.ts';
import { faultsOf, openAll, samplesOf, scored } from '../test/open-all.ts';
import { writeParquet } from '../test/write-parquet.ts';
import { mrcrTask } from './mrcr.ts';

const answer = 'Qx7The second poem.';
const question =
  'Prepend Qx7 to the 2nd (1 indexed) poem about owls. Do not include any other text in your response.';

/** Messages of `words` words, which are tokens. */
const promptOf = (words: number, last: 'user' | 'assistant' = 'user') =>
  JSON.stringify([
    { role: 'user', content: 'write a poem about owls' },
    { role: 'assistant', content: 'owl '.repeat(words) },
    { role: last, content: question },
  ]);

function parquet(prompts: readonly string[], needles = 2): Uint8Array {
  const each = <T>(value: T) => prompts.map(() => value);
  return writeParquet({
    prompt: { kind: 'text', values: prompts },
    answer: { kind: 'text', values: each(answer) },
    random_string_to_prepend: { kind: 'text', values: each('Qx7') },
    n_needles: { kind: 'integer', values: each(needles) },
    desired_msg_index: { kind: 'integer', values: each(3) },
    total_messages: { kind: 'integer', values: each(3) },
    n_chars: { kind: 'integer', values: prompts.map(prompt => prompt.length) },
    date_added: { kind: 'text', values: each('2025-12-05') },
  });
}

const published = memoryFiles({
  'mrcr/2needle/2needle_0.parquet': parquet([promptOf(5000), promptOf(9000), promptOf(5500), promptOf(10)]),
  'mrcr/4needle/4needle_0.parquet': parquet([promptOf(5000)], 4),
});

describe('mrcr', () => {
  test('published rows become conversations with the question apart, in their bins', async () => {
    const samples = await samplesOf(mrcrTask, { files: published, folder: 'mrcr' });
    assert.deepEqual(
      samples.map(({ id, subset, groups }) => [id, subset, groups['length']]),
      [
        ['2needle_0/1', '2needle', '4096-8192'],
        ['2needle_0/2', '2needle', '8192-16384'],
        ['2needle_0/3', '2needle', '4096-8192'],
        ['2needle_0/4', '2needle', 'outside of the bins'],
        ['4needle_0/1', '4needle', '4096-8192'],
      ],
    );
    const { material, prompts, targets, meta } = samples[3]!;
    assert.equal(material.kind, 'conversation');
    assert.equal(
      conversationText((material as Extract<Sample['material'], { kind: 'conversation' }>).messages),
      `User: write a poem about owls\nAssistant: ${'owl '.repeat(10)}`,
    );
    assert.deepEqual(prompts.pages, { before: '', after: question });
    assert.deepEqual([targets, meta['prefix']], [[answer], 'Qx7']);
  });

  test('subsets, bins and a limit choose rows', async () => {
    const ids = async (options: object) =>
      (await samplesOf(mrcrTask, { files: published, folder: 'mrcr', ...options })).map(({ id }) => id);
    assert.deepEqual(await ids({ subsets: ['4needle'] }), ['4needle_0/1']);
    assert.deepEqual(await ids({ lengths: [8192], limit: 1 }), ['2needle_0/1', '4needle_0/1']);
    assert.deepEqual(await ids({ lengths: [16_384] }), ['2needle_0/2']);
    await assert.rejects(ids({ lengths: [5000] }), /upper ends of its bins/);
  });

  test('broken rows are faults', async () => {
    const rows = parquet([
      '[',
      promptOf(5000, 'assistant'),
      '[{"role": "robot", "content": ""}, {}]',
      promptOf(5000),
    ]);
    const items = await openAll(mrcrTask, { files: memoryFiles({ 'm/a.parquet': rows }), folder: 'm' });
    assert.deepEqual(
      faultsOf(items).map(({ line, expected }) => [line, expected]),
      [
        [1, 'JSON in "prompt": JSON'],
        [2, 'JSON in "prompt": messages that end with one of the user'],
        [3, 'JSON in "prompt": "0.role": ("system" | "user" | "assistant")'],
      ],
    );
    assert.equal(items.at(-1)!.kind, 'sample');
  });

  test('Glyph’s rows are read, with the prefix from the question where it is not given', async () => {
    const row = { context: 'User: hi\nAssistant: yes', question, answer, unique_id: 'x_2needle_8k_16k_7' };
    const content = jsonLines(
      row,
      { ...row, random_string_to_prepend: 'Zz' },
      { ...row, question: 'What?' },
      { ...row, unique_id: 'x' },
      '{',
    );
    const files = memoryFiles({ 'm/processed_2needle_0-128k.jsonl': content });
    const items = await openAll(mrcrTask, { files, folder: 'm' });
    assert.deepEqual(
      faultsOf(items).map(({ line }) => line),
      [3, 4, 5],
    );
    const [first, second] = items as Sample[];
    assert.deepEqual(first!.material, { kind: 'text', text: row.context });
    assert.deepEqual(
      [first!.subset, first!.groups['length'], first!.meta['prefix']],
      ['2needle', '8192-16384', 'Qx7'],
    );
    assert.equal(second!.meta['prefix'], 'Zz');
  });

  test('the grade needs the prefix and forgives reasoning; figures average the needles', async () => {
    const samples = await samplesOf(mrcrTask, { files: published, folder: 'mrcr', lengths: [8192] });
    const values = (text: string) => scored(mrcrTask, samples, () => text).map(({ score }) => score.value);
    assert.deepEqual(values(`<think>hm</think>\n${answer}`), [1, 1, 1]);
    assert.deepEqual(values('The second poem.'), [0, 0, 0]);
    const figures = mrcrTask.figures(
      scored(mrcrTask, samples, ({ id }) => (id === '2needle_0/1' ? answer : '')),
    );
    assert.deepEqual(figures, [
      { name: 'average over needles', percent: 25, count: 3 },
      { name: '2needle', percent: 50, count: 2 },
      { name: '4needle', percent: 0, count: 1 },
    ]);
  });
});
