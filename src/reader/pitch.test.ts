/** The width of a character is what the renderer drew it with. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseConfig, preset } from '../config/index.ts';
import { greyPage } from '../model/tesseract/grey-page.ts';
import { loadFont } from '../node/load-font.ts';
import { renderPages } from '../render/index.ts';
import { readerPresets } from './config.ts';
import { rowsOf } from './page.ts';
import { measuredPage } from './pitch.ts';

const { small } = readerPresets;
const text = Array.from({ length: 90 }, (_, i) => `The ${i} lamps by quay ${i * 7919} were lit early.`).join(
  ' ',
);

async function draw(words: string, fontSize: number, horizontalScale: number) {
  const config = parseConfig({ fontSize, horizontalScale, pageSize: [640, 192] }, preset('embedded'));
  for await (const { png } of renderPages(words, config, { loadFont })) return greyPage(png);
  throw new Error('no page');
}

test('type of other sizes, and narrowed type, is measured', async () => {
  for (const [size, scale] of [
    [9, 1],
    [11.5, 1],
    [9.998, 0.82],
    [11, 0.9],
  ] as const) {
    const { advancePx } = measuredPage(await draw(text, size, scale), small);
    const drawn = size * 0.602 * scale;
    assert.ok(Math.abs(advancePx - drawn) < 0.02, `${size} pt at ${scale}: ${advancePx} for ${drawn}`);
  }
});

test('the reader’s own type is exactly that, and so is what cannot be measured', async () => {
  const own = await draw(text, 9.998, 0.92);
  assert.equal(measuredPage(own, small).advancePx, small.advancePx);
  const empty = { widthPx: 640, heightPx: 24, data: new Uint8Array(640 * 24).fill(255) };
  assert.equal(measuredPage(empty, small).advancePx, small.advancePx);
  assert.equal(measuredPage(await draw('one word', 9.998, 1), small).advancePx, small.advancePx);
});

test('rows of a measured page are of its type, however little stands in them', async () => {
  const page = measuredPage(await draw(text, 9, 1), small);
  const row = rowsOf(page, small, 3, 1);
  assert.equal(measuredPage(row, small).advancePx, page.advancePx);
});
