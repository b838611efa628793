/** Small type is read as well as on the published renderer's pages: measured with Tesseract where it is installed. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { textOf } from '../bench/texts.ts';
import { parseConfig, type RenderConfig } from '../src/config/index.ts';
import { loadFont } from '../src/node/index.ts';
import { renderPages } from '../src/render/index.ts';
import { characterErrors, hasTesseract, readPage } from './support/tesseract.ts';

const noTesseract = hasTesseract ? false : 'tesseract is not installed';
const reference = '../shared/reference';

/** Share of wrong characters on the first pages, %. */
async function errorRate(text: string, config: RenderConfig, pages: number): Promise<number> {
  let errors = 0;
  let length = 0;
  for await (const page of renderPages(text, config, { loadFont })) {
    const truth = page.lines.map(line => text.slice(line.start, line.end)).join(' ');
    const result = characterErrors(await readPage(page.png), truth);
    errors += result.errors;
    length += result.length;
    if (page.number === pages) break;
  }
  return (100 * errors) / length;
}

test('9 pt at 72 dpi is legible: under 0.4 % wrong characters', { skip: noTesseract }, async () => {
  const rate = await errorRate(textOf('prose', 9000), parseConfig({}), 1);
  assert.ok(rate < 0.4, `${rate.toFixed(2)} % wrong characters`);
});

const noReference = existsSync(reference) ? noTesseract : `${reference} is missing`;

test('our pages read as well as the published renderer’s, within 0.05 points', {
  skip: noReference,
}, async () => {
  let ours = 0;
  let theirs = 0;
  let length = 0;
  for (const [name, numbers] of [
    ['jane-reflowed', [1, 2]],
    ['jane-wrapped', [1, 2]],
  ] as const) {
    const text = readFileSync(`${reference}/${name}.txt`, 'utf8');
    const published = JSON.parse(readFileSync(`${reference}/${name}.json`, 'utf8')) as { config: object };
    const config = parseConfig({ ...parseConfig(published.config), compat: 'reference' });
    for await (const page of renderPages(text, config, { loadFont })) {
      const truth = page.lines.map(line => text.slice(line.start, line.end)).join(' ');
      const expected = await readPage(readFileSync(`${reference}/${name}-page${page.number}.png`));
      const own = characterErrors(await readPage(page.png), truth);
      ours += own.errors;
      theirs += characterErrors(expected, truth).errors;
      length += own.length;
      if (page.number === numbers.at(-1)) break;
    }
  }
  const [ourRate, theirRate] = [(100 * ours) / length, (100 * theirs) / length];
  console.log(
    `wrong characters: ours ${ourRate.toFixed(3)} %, published ${theirRate.toFixed(3)} % of ${length}`,
  );
  assert.ok(ourRate <= theirRate + 0.05);
});
