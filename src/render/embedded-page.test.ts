/** Pages of the embedded reader: line n of the text is row n of its patches, 12 px high. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decode } from 'fast-png';
import { createRandom } from '../base/index.ts';
import { preset } from '../config/index.ts';
import { loadFont } from '../node/load-font.ts';
import { renderPages } from './render-pages.ts';

const rowPx = 12;

/** Darkest grey of each row of pixels. */
function darkest(png: Uint8Array): number[] {
  const { width, height, data, palette } = decode(png);
  const greyAt = (i: number) => palette?.[data[i]!]?.[0] ?? data[i]!;
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => greyAt(y * width + x)).reduce((a, b) => Math.min(a, b)),
  );
}

function words(count: number): string {
  const random = createRandom('embedded');
  const word = () => random.pick(['Why', 'is_it', '(|{}[])', 'gypsy', 'Q&A', 'jog', '$1,234', 'the']);
  return Array.from({ length: count }, () => word() + random.pick([' ', ' ', '\n', '\n\n']))
    .join('')
    .trimEnd();
}

test('each line fills a row of 12 px, and of the last page no ink is cut', async () => {
  const pages = [];
  for await (const page of renderPages(words(2000), preset('embedded'), { loadFont })) pages.push(page);
  assert.ok(pages.length > 1);
  for (const { png, widthPx, heightPx, lines, isLast } of pages) {
    assert.deepEqual([widthPx, Math.ceil(heightPx / rowPx)], [640, lines.length]);
    if (!isLast) assert.equal(heightPx, 768);
    const rows = darkest(png);
    assert.ok(!isLast || rows.at(-1)! < 255, 'the last row of pixels has the lowest ink');
    for (const [y, grey] of rows.entries()) {
      const inRow = y % rowPx;
      if (inRow === 0) assert.equal(grey, 255, `row ${y}: what hangs below a line stays in its row`);
      if (inRow === 6) assert.ok(grey < 96, `row ${y}: ${grey}`);
    }
  }
});
