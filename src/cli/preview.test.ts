import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { decode } from 'fast-png';
import { defaultConfig, parseConfig } from '../config/index.ts';
import { drawContactSheet } from './contact-sheet.ts';
import { createPicture, encodePicture, paste, scaledPage } from './picture.ts';
import { runHere } from './test/fake-terminal.ts';

let folder = '';
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'glyph-preview-'));
});
after(() => rmSync(folder, { recursive: true }));

test('a picture survives its PNG', () => {
  const picture = createPicture(5, 3, 0);
  for (let i = 0; i < picture.rgb.length; i++) picture.rgb[i] = i * 5;
  const { width, height, data, channels } = decode(encodePicture(picture));
  assert.deepEqual([width, height, channels, [...data]], [5, 3, 3, [...picture.rgb]]);
});

test('scaling takes means of colours, by coverage and by index', () => {
  const data = Uint8Array.from([0, 255, 99, 255, 255, 99]);
  const bitmap = { widthPx: 2, heightPx: 2, stride: 3, offset: 0, data };
  const palette = Uint8Array.from([255, 255, 255, 0, 0, 0]);
  const half = scaledPage({ bitmap, content: 'coverage', palette, inkBox: undefined }, 0.5);
  assert.deepEqual([half.widthPx, half.heightPx, ...half.rgb], [1, 1, 63, 63, 63]);
  const indexed = { ...bitmap, data: Uint8Array.from([0, 1, 9, 1, 1, 9]) };
  const same = scaledPage({ bitmap: indexed, content: 'index', palette, inkBox: undefined }, 1);
  assert.deepEqual([...same.rgb.subarray(0, 6)], [255, 255, 255, 0, 0, 0]);
});

test('a pasted picture lands in its place', () => {
  const onto = createPicture(3, 2, 0);
  paste(onto, createPicture(1, 1, 7), 2, 1);
  assert.deepEqual([...onto.rgb.subarray(12)], [0, 0, 0, 0, 0, 0, 7, 7, 7].slice(3));
});

test('a sheet has the asked pages and no more, each inside it', async () => {
  const config = parseConfig({ pageSize: [200, 100], reflow: 'off' });
  const text = 'A line of text.\n'.repeat(60);
  const options = { maxPages: 5, thumbnailWidthPx: 80 };
  const sheet = await drawContactSheet(text, config, options);
  assert.equal(sheet?.pages, 5);
  assert.ok(new Set(sheet!.picture.rgb).size > 10, 'shows something');
  assert.equal(await drawContactSheet(' \n', defaultConfig, options), undefined);
});

test('the command writes a PNG, or says why not', async () => {
  const file = join(folder, 'a.txt');
  const out = join(folder, 'sheet.png');
  writeFileSync(file, 'Some text.\n'.repeat(300));
  const result = await runHere(['preview', file, '-o', out, '--preset', 'dark', '--pages', '2']);
  assert.deepEqual([result.code, result.err], [0, '']);
  assert.match(result.out, /^2 pages on /);
  assert.ok(decode(readFileSync(out)).width > 100);
  writeFileSync(file, '');
  assert.equal((await runHere(['preview', file, '-o', out])).code, 1);
  assert.match(
    (await runHere(['preview', file, '--pages', '0'])).err,
    /expected a whole number from 1 to 400, got "0"/,
  );
});
