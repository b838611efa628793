/** Stretches of texts, asked for page by page, scored by characters. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseConfig } from '../../config/index.ts';
import { createMockModel } from '../../model/index.ts';
import { loadFont } from '../../node/load-font.ts';
import { openMeasuring } from '../run/measure.ts';
import { createMemoryStore } from '../run/run-store.ts';
import { memoryFiles } from '../test/memory-files.ts';
import { materialText, samplesOf } from '../test/open-all.ts';
import { ocrTask } from './ocr.ts';

const book = Array.from({ length: 900 }, (_, i) => `word${i}`).join(' ');
const files = memoryFiles({ 'texts/a.txt': book, 'texts/short.md': 'too short', 'texts/data.csv': 'a,b' });

test('stretches are whole words from all over a text, the same for the same seed', async () => {
  const open = (seed: string, folder = 'texts') =>
    samplesOf(ocrTask, { files, folder, limit: 5, lengths: [50], seed });
  const samples = await open('1');
  assert.equal(samples.length, 5);
  let last = -1;
  for (const sample of samples) {
    const text = materialText(sample);
    assert.ok(text.length > 150 && text.length <= 200, String(text.length));
    assert.ok(
      text
        .trim()
        .split(' ')
        .every(word => /^word\d+$/.test(word)),
      text,
    );
    assert.ok(book.indexOf(text.trim()) > last);
    last = book.indexOf(text.trim());
  }
  assert.deepEqual(await open('1', 'texts/a.txt'), samples);
  assert.notDeepEqual(await open('2'), samples);
});

test('white space and marks of line ends are no errors, wrong characters are', () => {
  const sample = {
    id: '',
    subset: '',
    question: '',
    prompts: {} as never,
    targets: ['one two\nthree'],
    groups: {},
    meta: {},
  };
  const value = (text: string) => ocrTask.scorer.score(sample, { text }).value;
  assert.equal(value('one  two ¶ three \\n '), 1);
  assert.equal(value('one twa three'), 1 - 1 / 13);
  assert.equal(value('x'.repeat(90)), 0);
});

test('each page is a request with the words the model knows for it; answers are joined, recorded and not asked again', async () => {
  const [sample] = await samplesOf(ocrTask, { files, folder: 'texts', limit: 1, lengths: [500] });
  const pages: string[] = [];
  const model = createMockModel(() => pages[model.calls.length - 1] ?? '', {
    family: 'glm-4.1v',
    abilities: { task: 'transcribe', transcribePrompt: 'Read.' },
  });
  const config = parseConfig({ pageSize: [300, 120] });
  const { renderPages } = await import('../../render/index.ts');
  const text = materialText(sample!);
  for await (const { span } of renderPages(text, config, { loadFont }))
    pages.push(text.slice(span.start, span.end));
  assert.ok(pages.length > 2);
  const options = {
    items: [{ task: ocrTask, sample: sample! }],
    store: createMemoryStore(),
    model,
    loadFont,
    clock: { now: () => 0, sleep: async () => {} },
  };
  const first = await (await openMeasuring(options)).measure(options.items[0]!, config);
  assert.equal(first!.score.value, 1);
  assert.equal(model.calls.length, pages.length);
  for (const { messages } of model.calls)
    assert.deepEqual(
      messages.map(({ parts }) => parts.map(part => (part.type === 'text' ? part.text : part.type))),
      [['image', 'Read.']],
    );
  assert.equal(first?.answer.outcome === 'answered' && first.answer.accounting.images, pages.length);
  const again = await (await openMeasuring(options)).measure(options.items[0]!, config);
  assert.deepEqual([again!.from, again!.score, model.calls.length], ['log', first?.score, pages.length]);
});
