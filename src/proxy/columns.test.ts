/** The estimate of pages against what is drawn. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageConfigFor } from '../compress/index.ts';
import { loadFont } from '../node/index.ts';
import { renderPages } from '../render/index.ts';
import { chooseColumns } from './columns.ts';
import { prose } from './test/harness.ts';

const config = pageConfigFor('claude-sonnet-4-5');
const code = Array.from({ length: 1000 }, (_, i) => `  const value${i} = read(${i});`).join('\n');

test('short lines get more columns than long ones, down to a readable width', () => {
  assert.ok(chooseColumns(code, config).columns >= 3);
  assert.ok(chooseColumns(prose(60_000).replaceAll('\n', ' '), config).columns <= 2);
  assert.equal(chooseColumns('one line', config).columns, 1);
  assert.equal(chooseColumns(code, { ...config, pageSize: [200, 400] }).columns, 1);
});

test('the estimate is near what is drawn', async () => {
  for (const text of [code, prose(60_000)]) {
    const { columns, pages } = chooseColumns(text, config);
    let drawn = 0;
    for await (const _ of renderPages(text, { ...config, columns }, { loadFont })) drawn++;
    assert.ok(Math.abs(Math.ceil(pages) - drawn) <= 1 + drawn * 0.25, `${pages} estimated, ${drawn} drawn`);
  }
});
