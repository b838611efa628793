/**
 * `compat: 'reference'` against what the published renderer drew (../shared/reference): the same page sizes, and pixels
 * that differ only by rounding. Lines and places are compared in `src/layout/reference/`.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseConfig } from '../src/config/index.ts';
import { greyPage } from '../src/model/tesseract/grey-page.ts';
import { loadFont } from '../src/node/index.ts';
import { renderPages } from '../src/render/index.ts';

interface Published {
  readonly name: string;
  readonly config: object;
  readonly page_sizes_px: readonly (readonly [number, number])[];
}

const folder = '../shared/reference';
const names = existsSync(folder) ? readdirSync(folder).filter(file => file.endsWith('.json')) : [];

test('the reference files are there', { skip: names.length > 0 ? false : `${folder} is missing` }, () => {
  assert.ok(names.length >= 12);
});

/** Mean difference of grey, 0 to 255, and the ratio of ink. */
function difference(ours: Uint8Array, theirs: Uint8Array): { readonly mean: number; readonly ink: number } {
  const [a, b] = [greyPage(ours).data, greyPage(theirs).data];
  const paper = b[0]!;
  let sum = 0;
  let ourInk = 0;
  let theirInk = 0;
  for (let i = 0; i < b.length; i++) {
    sum += Math.abs(a[i]! - b[i]!);
    ourInk += Math.abs(a[i]! - paper);
    theirInk += Math.abs(b[i]! - paper);
  }
  return { mean: sum / b.length, ink: ourInk / theirInk };
}

/** The published renderer stretches the finished picture, we the outlines: those pixels differ by more than rounding. */
const isStretched = (name: string) => name.includes('hscale');

for (const file of names) {
  const published = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as Published;
  test(`pages of ${published.name} have the published sizes and ink`, async () => {
    const text = readFileSync(`${folder}/${published.name}.txt`, 'utf8');
    const config = parseConfig({ ...parseConfig(published.config), compat: 'reference', bitDepth: 8 });
    const sizes: [number, number][] = [];
    for await (const page of renderPages(text, config, { loadFont })) {
      sizes.push([page.widthPx, page.heightPx]);
      const picture = `${folder}/${published.name}-page${page.number}.png`;
      if (!existsSync(picture) || isStretched(published.name)) continue;
      const { mean, ink } = difference(page.png, readFileSync(picture));
      // At 96 dpi poppler's arithmetic puts some baselines that fall on a whole pixel one pixel higher.
      assert.ok(
        mean < (config.dpi === 72 ? 2 : 4),
        `mean grey difference ${mean.toFixed(3)} on page ${page.number}`,
      );
      assert.ok(Math.abs(ink - 1) < 0.02, `ink ratio ${ink.toFixed(3)} on page ${page.number}`);
    }
    assert.deepEqual(sizes, published.page_sizes_px);
  });
}
