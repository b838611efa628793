import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { dataFiles } from './data-files.ts';

let folder = '';
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'glyph-data-'));
  mkdirSync(join(folder, 'sub', '.hidden'), { recursive: true });
  writeFileSync(join(folder, 'b.jsonl'), '0123456789');
  writeFileSync(join(folder, 'sub', 'a.parquet'), 'x');
  writeFileSync(join(folder, 'sub', '.hidden', 'c'), 'x');
  symlinkSync(join(folder, 'b.jsonl'), join(folder, 'sub', 'linked.jsonl'));
  symlinkSync(folder, join(folder, 'sub', 'round'));
  symlinkSync(join(folder, 'nowhere'), join(folder, 'dangling'));
});
after(() => rmSync(folder, { recursive: true }));

test('every file below a folder, links followed but not in circles, hidden ones left out', async () => {
  const paths = ['b.jsonl', 'sub/a.parquet', 'sub/linked.jsonl'].map(name => `${folder}/${name}`);
  assert.deepEqual(await dataFiles.list(folder), paths);
  assert.deepEqual(await dataFiles.list(`${folder}/`), paths);
  assert.deepEqual(await dataFiles.list(join(folder, 'missing')), []);
});

test('slices of a file, and of one that changed under it', async () => {
  const path = join(folder, 'changing');
  writeFileSync(path, '0123456789');
  const file = await dataFiles.open(path);
  assert.equal(file.byteLength, 10);
  const textOf = async (start: number, end: number) => Buffer.from(await file.slice(start, end)).toString();
  assert.deepEqual([await textOf(2, 5), await textOf(8, 99), await textOf(4, 4)], ['234', '89', '']);
  truncateSync(path, 3);
  await assert.rejects(file.slice(0, 10), /expected 10 bytes, as before, got a file that ends after 3/);
});

test('what is no file is refused', async () => {
  await assert.rejects(dataFiles.open(folder), /expected a file, got something else, e.g. a folder|EISDIR/);
  await assert.rejects(dataFiles.open(join(folder, 'missing')), /nothing there \(ENOENT\)/);
});
