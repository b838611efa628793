/**
 * Golden pages: the renderer's bytes are compared with the pictures in `tests/golden/`. After a wanted change run
 * `GLYPH_UPDATE_GOLDEN=1 npm run test:only -- golden`, look at every page that changed, and say why in the commit.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { loadFont } from '../src/node/index.ts';
import { renderPages } from '../src/render/index.ts';
import { goldenCases } from './golden-cases.ts';

const isUpdate = process.env['GLYPH_UPDATE_GOLDEN'] === '1';

for (const { name, text, config, title = '' } of goldenCases) {
  test(`golden page ${name}`, async () => {
    const file = new URL(`golden/${name}.png`, import.meta.url);
    const first = (await renderPages(text, config, { loadFont, title }).next()).value;
    assert.ok(first, 'the text has a page');
    if (isUpdate) writeFileSync(file, first.png);
    assert.ok(existsSync(file), `${file.pathname} is missing: run with GLYPH_UPDATE_GOLDEN=1`);
    assert.ok(
      Buffer.from(first.png).equals(readFileSync(file)),
      `${name}.png differs from the page drawn now`,
    );
  });
}
