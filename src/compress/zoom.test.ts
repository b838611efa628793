import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { createRandom } from '../base/index.ts';
import { defaultConfig } from '../config/index.ts';
import { type Meter, openMeter } from './meter.ts';
import type { PageSource } from './page-source.ts';
import { effects, prose } from './test/harness.ts';
import { openTextPages } from './text-pages.ts';
import { type ZoomPage, zoomPages } from './zoom.ts';

/** Facts that differ in one name each, so that most of their words stand on many pages. */
const places = [
  'harbour',
  'lighthouse',
  'orchard',
  'mill',
  'bridge',
  'chapel',
  'quarry',
  'ferry',
  'tower',
  'granary',
];
const towns =
  'Brindle Oxmoor Tarrow Wexcombe Ardley Fenwick Holt Maresby Quill Sedge Arden Burle Corfe Dunmere Elstow Farrow Gisland Hexley Ivel Jarrow'.split(
    ' ',
  );
const questions = 200;
const pageCount = 100;

interface Fact {
  readonly question: string;
  readonly offset: number;
}

let meter: Meter;
let source: PageSource;
let facts: readonly Fact[];
let pages: readonly ZoomPage[];

before(async () => {
  meter = await openMeter('zai-org/Glyph', {});
  const random = createRandom('zoom');
  let text = '';
  const planted: Fact[] = [];
  for (let i = 0; i < questions; i++) {
    text += prose(i, 4130);
    const subject = `${places[i % 10]!} at ${towns[Math.floor(i / 10)]!}`;
    const person = `${random.pick(['Amara', 'Edwin', 'Lotte', 'Piers'])} ${random.pick(['Okafor', 'Vane', 'Brandt', 'Hale'])}`;
    planted.push({ question: `Who built the ${subject}?`, offset: text.length });
    text += `The ${subject} was built by ${person}. `;
  }
  source = await openTextPages('chronicle', text, defaultConfig, effects);
  const numbers = source.pages.map(page => page.number);
  const dense = new Map<number, ZoomPage['dense']>();
  for await (const image of source.draw(numbers, { dpi: source.dpi })) {
    const { widthPx, heightPx } = image;
    dense.set(image.number, { widthPx, heightPx, tokens: meter.countImage(image) });
  }
  pages = source.pages.map(({ number, span }) => {
    const pageText = text.slice(span.start, span.end);
    return { number, source, sourceNumber: number, text: pageText, dense: dense.get(number)! };
  });
  facts = planted;
});

const pageOf = ({ offset }: Fact) =>
  source.pages.find(({ span }) => offset >= span.start && offset < span.end)!.number;

const request = (question: string, budgetTokens: number) => ({
  question,
  budgetTokens,
  meter,
  maxSidePx: Infinity,
  maxExtraBytes: Infinity,
});

test(`of ${pageCount} pages the relevant one is among those sharpened, within the budget`, async () => {
  assert.ok(Math.abs(pages.length - pageCount) <= 5, `${pages.length} pages`);
  let found = 0;
  const random = createRandom('budgets');
  for (const fact of facts) {
    const budgetTokens = random.integer(1700, 6000);
    const sharp = await zoomPages(pages, { as: 'text' }, request(fact.question, budgetTokens));
    const spent = sharp.reduce((sum, page) => sum + page.extraTokens, 0);
    assert.ok(spent <= budgetTokens, `${spent} of ${budgetTokens}`);
    if (sharp.some(page => page.number === pageOf(fact))) found++;
  }
  assert.ok(found / questions >= 0.95, `${found} of ${questions}`);
});

test('a sharp page is drawn at the higher dpi with the same lines, and priced as drawn', async () => {
  for (const fact of [facts[0]!, facts[101]!, facts[199]!]) {
    const sharp = await zoomPages(pages, { pages: 2, as: 'dpi' }, request(fact.question, 2500));
    const page = sharp.find(each => each.number === pageOf(fact));
    assert.ok(page);
    assert.equal(page.as, 'dpi');
    assert.equal(page.dpi, 120);
    const { dense } = pages[page.number - 1]!;
    assert.ok(Math.abs(page.image!.widthPx / dense.widthPx - 5 / 3) < 0.02);
    assert.equal(page.extraTokens, meter.countImage(page.image!) - dense.tokens);
  }
});

test('where a sharper picture costs the same and shows nothing more, the page goes as text', async () => {
  const flat = await openMeter('gemma-3', {});
  const fact = facts[7]!;
  const sharp = await zoomPages(pages, {}, { ...request(fact.question, 4000), meter: flat });
  assert.ok(sharp.length > 0);
  assert.deepEqual([...new Set(sharp.map(page => page.as))], ['text']);
  assert.deepEqual(
    await zoomPages(pages, { as: 'dpi' }, { ...request(fact.question, 4000), meter: flat }),
    [],
  );
});

test('no budget, no relevant page, pages too large: nothing is sharpened', async () => {
  const { question } = facts[3]!;
  assert.deepEqual(await zoomPages(pages, { as: 'dpi' }, request(question, 100)), []);
  assert.deepEqual(await zoomPages(pages, {}, request('zyzzyva?', 10_000)), []);
  const narrow = { ...request(question, 10_000), maxSidePx: 900 };
  assert.deepEqual(await zoomPages(pages, { as: 'dpi' }, narrow), []);
  const slim = { ...request(question, 10_000), maxExtraBytes: 10 };
  assert.deepEqual(await zoomPages(pages, { as: 'dpi' }, slim), []);
});
