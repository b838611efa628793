/** Fox: its scans, or their texts to be drawn here; how much comes back. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { memoryFiles } from '../test/memory-files.ts';
import { faultsOf, openAll, samplesOf, scored } from '../test/open-all.ts';
import { foxTask, foxTextTask } from './fox.ts';

const row = (image: string, text: string) => ({
  image,
  conversations: [
    { from: 'human', value: '<image>\nRead the page.' },
    { from: 'gpt', value: text },
  ],
});

const files = memoryFiles({
  'fox/en_page_ocr.json': JSON.stringify([
    row('a.png', 'one two three four'),
    row('gone.png', 'x'),
    { image: 'b.png' },
  ]),
  'fox/cn_page_ocr.json': JSON.stringify([row('c.png', '你好')]),
  'fox/en_pdf_png/a.png': 'bytes',
  'fox/cn_pdf_png/c.png': 'bytes',
});
const english = { files, folder: 'fox', subsets: ['en_page_ocr'] };

describe('fox', () => {
  test('a scan is found beside its row; what is missing is a fault', async () => {
    const items = await openAll(foxTask, english);
    assert.deepEqual(
      faultsOf(items).map(({ line, expected }) => [line, expected]),
      [
        [2, 'the file gone.png in en_pdf_png or cn_pdf_png'],
        [3, 'the field "conversations"'],
      ],
    );
    const [sample] = items;
    assert.ok(sample?.kind === 'sample');
    assert.deepEqual(sample.material, { kind: 'images', images: ['fox/en_pdf_png/a.png'] });
    assert.deepEqual(sample.prompts.pages, { before: '', after: 'Read the page.' });
    assert.deepEqual([sample.meta['textTokens'], sample.groups['textTokens']], [4, '0-100']);
  });

  test('as texts, the page is the material and the target', async () => {
    const items = await openAll(foxTextTask, english);
    const [sample] = items;
    assert.ok(sample?.kind === 'sample');
    assert.deepEqual(sample.material, { kind: 'text', text: 'one two three four' });
    assert.deepEqual(sample.targets, ['one two three four']);
  });

  test('precision is the score, the rest stands beside it; Chinese needs a tokenizer', async () => {
    const [sample] = await samplesOf(foxTextTask, { ...english, limit: 1 });
    const score = foxTask.scorer.score(sample!, { text: 'one two five six' });
    assert.equal(score.value, 0.5);
    const figures = foxTask.figures(scored(foxTask, [sample!], () => 'one two three four'));
    const percents = Object.fromEntries(figures.map(({ name, percent }) => [name, percent]));
    assert.deepEqual(percents, { precision: 100, bleu: 100, recall: 100, f1: 100, editDistance: 0 });
    const [chinese] = await samplesOf(foxTask, { files, folder: 'fox', subsets: ['cn_page_ocr'] });
    assert.equal(foxTask.scorer.score(chinese!, { text: '你好' }).value, null);
    const tokenizeChinese = (text: string) => [...text];
    assert.equal(foxTask.scorer.score(chinese!, { text: '你好' }, { tokenizeChinese }).value, 1);
  });
});
