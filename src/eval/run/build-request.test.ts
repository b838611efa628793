/** What each arm sends for each kind of material, and how it is counted. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { pageConfigFor } from '../../compress/index.ts';
import { type Abilities, createMockModel, type Message, textMessage } from '../../model/index.ts';
import { loadFont } from '../../node/load-font.ts';
import { openPdf } from '../../node/pdf.ts';
import { buildPdf, textLines } from '../../node/test/build-pdf.ts';
import { countSync, loadTextTokenizer } from '../../tokens/index.ts';
import type { Material, Sample } from '../task.ts';
import { parseArms } from './arms.ts';
import { openSample, type RequestEffects } from './build-request.ts';
import { createReader } from './read-material.ts';
import { clock } from './test/harness.ts';

let count: RequestEffects['count'];
before(async () => {
  const tokenizer = await loadTextTokenizer();
  count = text => countSync(tokenizer, text);
});

const family = 'glm-4.1v';
const long = Array.from(
  { length: 300 },
  (_, i) => `On day ${i} the boat left the harbour at ${i % 24} o'clock.`,
).join('\n');
const pdfBytes = buildPdf([
  { content: textLines(['Revenue was 12.']) },
  { content: textLines(['Costs were 3.']) },
]);

const sampleOf = (material: Material, more: Partial<Sample> = {}): Sample => ({
  kind: 'sample',
  id: 's',
  subset: 'all',
  material,
  question: 'When did the boat leave on day 123?',
  prompts: { text: { before: 'Read.\n', after: '\nAnswer.' }, pages: { before: 'Look.', after: 'Reply.' } },
  targets: ['3'],
  groups: {},
  meta: {},
  ...more,
});

async function build(sample: Sample, arm: string, abilities: Partial<Abilities> = {}) {
  const model = createMockModel('x', { family, abilities });
  const effects = { model, config: pageConfigFor(family), count, tokenizer: 'o200k_base', loadFont, clock };
  const read = createReader({
    files: {
      list: async () => [],
      open: async () => ({ byteLength: 9, slice: async () => new Uint8Array(9) }),
    },
    openPdf: path => openPdf(pdfBytes, { name: path }),
  });
  return await openSample(sample, await read(sample.material), effects)(parseArms([arm])[0]!);
}

/** Texts as they are, pictures by their size. */
const shapeOf = (messages: readonly Message[]) =>
  messages.map(({ role, parts }) => [
    role,
    ...parts.map(part =>
      part.type === 'text' ? part.text : part.type === 'image' ? `image ${part.widthPx}` : part.type,
    ),
  ]);

test('the text arm sends text with the task’s words for text', async () => {
  const { messages, accounting } = await build(sampleOf({ kind: 'text', text: 'Body.' }), 'text');
  assert.deepEqual(shapeOf(messages), [['user', 'Read.\nBody.\nAnswer.']]);
  const tokens = count('Read.\n') + count('Body.') + count('\nAnswer.');
  assert.deepEqual(
    [accounting.tokensBefore, accounting.tokensAfter, accounting.visionTokens, accounting.compressionRatio],
    [tokens, tokens, 0, null],
  );
});

test('the pages arm sends pages with the task’s words for pages, and counts both sides', async () => {
  const { messages, accounting, pages } = await build(sampleOf({ kind: 'text', text: long }), 'pages');
  const [, ...parts] = shapeOf(messages)[0]!;
  assert.equal(parts[0], 'Look.');
  assert.equal(parts.at(-1), 'Reply.');
  assert.equal(parts.filter(part => part!.startsWith('image ')).length, pages.length);
  assert.equal(pages.map(({ text }) => text).join(''), long);
  assert.equal(accounting.pagedTextTokens, count(long));
  assert.equal(accounting.tokensBefore, count(long) + count('Look.') + count('Reply.'));
  assert.ok(accounting.visionTokens <= accounting.pagedTokens);
  assert.equal(accounting.tokensAfter, accounting.pagedTokens + count('Look.') + count('Reply.'));
  assert.equal(accounting.compressionRatio, accounting.pagedTextTokens / accounting.pagedTokens);
});

test('for a model that wants images first, all words follow them', async () => {
  const sample = sampleOf({ kind: 'text', text: long });
  const { messages } = await build(sample, 'pages', { partOrder: 'images-first' });
  const [, ...parts] = shapeOf(messages)[0]!;
  const first = parts.findIndex(part => !part!.startsWith('image '));
  assert.ok(first > 0);
  assert.deepEqual(parts.slice(first), ['Look.', 'Reply.']);
});

test('truncation and retrieval take at most the tokens of the pages, and nearly all of them', async () => {
  const sample = sampleOf({ kind: 'text', text: long });
  const budget = (await build(sample, 'pages')).accounting.tokensAfter;
  for (const arm of ['truncate', 'rag']) {
    const { accounting, messages } = await build(sample, arm);
    assert.ok(accounting.tokensAfter <= budget && accounting.tokensAfter > 0.8 * budget, arm);
    if (arm === 'rag') assert.match(shapeOf(messages)[0]![1]!, /On day 123 /);
  }
});

test('a dpi and the settings of a sample change the pages', async () => {
  const widthOf = async (arm: string, more: Partial<Sample> = {}) =>
    (await build(sampleOf({ kind: 'text', text: long }, more), arm)).pages[0]!.image.widthPx!;
  const plain = await widthOf('pages@72');
  assert.ok((await widthOf('pages@144')) > 1.9 * plain);
  assert.ok((await widthOf('pages', { config: { dpi: 144 } })) > 1.9 * plain, 'the sample’s own');
  assert.equal(await widthOf('pages@72', { config: { dpi: 144 } }), plain, 'the arm’s over it');
});

test('a conversation is turns as text, and "User:" and "Assistant:" on pages', async () => {
  const messages = [textMessage('user', `Tell me. ${long}`), textMessage('assistant', 'A tale.')];
  const sample = sampleOf({ kind: 'conversation', messages });
  const asText = await build(sample, 'text');
  assert.deepEqual(asText.messages.slice(0, 2), messages);
  assert.deepEqual(shapeOf(asText.messages).at(-1), ['user', 'Read.\n\nAnswer.']);
  const { pages } = await build(sample, 'pages');
  const text = pages.map(page => page.text).join('');
  assert.match(text, /^User: Tell me\. On day 0/);
  assert.match(text, /\nAssistant: A tale\.$/);
});

test('a PDF goes as its pages, or as its text', async () => {
  const sample = sampleOf({ kind: 'pdf', path: 'figures.pdf' });
  const asText = await build(sample, 'text');
  assert.match(shapeOf(asText.messages)[0]![1]!, /^Read\.\nRevenue was 12\.[\s\S]*Costs were 3\.\nAnswer\.$/);
  const asPages = await build(sample, 'pages@72');
  assert.deepEqual(
    shapeOf(asPages.messages)[0]!.filter(part => part!.startsWith('image ')),
    ['image 595', 'image 595'],
  );
  assert.match(asPages.pages[1]!.text, /Costs were 3\./);
});

test('pictures of the benchmark go as they are, and have neither a text nor another dpi', async () => {
  const bytes = (await build(sampleOf({ kind: 'text', text: long }), 'pages')).pages[0]!.image.bytes;
  const image = {
    type: 'image' as const,
    bytes,
    mediaType: 'image/png' as const,
    widthPx: 560,
    heightPx: 560,
  };
  const sample = sampleOf({ kind: 'images', images: [image, image] });
  const { messages, accounting } = await build(sample, 'pages');
  assert.deepEqual(shapeOf(messages), [['user', 'Look.', 'image 560', 'image 560', 'Reply.']]);
  assert.equal(accounting.compressionRatio, null);
  assert.ok(accounting.visionTokens > 400);
  await assert.rejects(build(sample, 'rag'), /build s for the arm rag: expected material with a text/);
  await assert.rejects(build(sample, 'pages@96'), /expected material whose pages are drawn here/);
  await assert.rejects(
    build(sampleOf({ kind: 'images', images: ['a.png'] }), 'pages'),
    /read "a.png": expected a PNG/,
  );
});

test('pages that a request cannot hold are an error, never text under the name of pages', async () => {
  const sample = sampleOf({ kind: 'text', text: long.repeat(4) });
  await assert.rejects(
    build(sample, 'pages', { imagesPerRequest: 1 }),
    /arm pages: expected pages, got .*more images/,
  );
});
