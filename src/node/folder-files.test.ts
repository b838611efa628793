import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { encode } from 'fast-png';
import { defaultConfig } from '../config/index.ts';
import { type ManifestHead, type ManifestPage, readManifest } from './manifest.ts';
import { ManifestWriter } from './manifest-writer.ts';
import { readPageFile, wholePngSize } from './png-file.ts';
import { replaceWhole, writeWhole } from './write-file.ts';

let folder = '';
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'glyph-files-'));
});
after(() => rmSync(folder, { recursive: true }));

const png = Buffer.from(encode({ width: 3, height: 2, data: new Uint8Array(6), channels: 1, depth: 8 }));

test('a whole PNG is known by its chunks; any cut or change shows', () => {
  assert.deepEqual(wholePngSize(png), { widthPx: 3, heightPx: 2 });
  for (let length = 0; length < png.length; length++)
    assert.equal(wholePngSize(png.subarray(0, length)), undefined);
  for (let at = 0; at < png.length; at++) {
    const damaged = Buffer.from(png);
    damaged[at]! ^= 0x10;
    assert.equal(wholePngSize(damaged), undefined, `byte ${at}`);
  }
  assert.equal(wholePngSize(Buffer.concat([png, png])), undefined);
});

test('a missing page file is none', async () => {
  assert.equal(await readPageFile(join(folder, 'page-0001.png')), undefined);
});

test('a file shows only when it is whole, and a failure leaves nothing', async () => {
  const path = join(folder, 'whole.txt');
  await writeWhole(path, 'old');
  const full = Object.assign(new Error('no space left'), { code: 'ENOSPC' });
  const failing = replaceWhole(path, async temporary => {
    writeFileSync(temporary, 'ne');
    throw full;
  });
  await assert.rejects(
    failing,
    /write ".*whole\.txt": expected room and permission to write, got a full disk \(ENOSPC\)/,
  );
  assert.equal(readFileSync(path, 'utf8'), 'old');
  assert.deepEqual(readdirSync(folder), ['whole.txt']);
  rmSync(path);
});

test('a manifest with more pages than are kept in memory is written whole', async () => {
  const source = { name: 'a', byteLength: 1, sha256: '0', encoding: 'auto', invalid: 'refuse' } as const;
  const head: ManifestHead = {
    formatVersion: 1,
    generator: { name: 'glyph', version: '0' },
    configHash: 'c',
    title: 't',
    source,
    characters: 1,
    replaced: 0,
    textTokens: { count: 1, tokenizer: 'o200k_base' },
    visionTokens: { count: 1, model: 'glm-4.1v', basis: 'exact' },
    ratio: 1,
    missing: [],
    config: defaultConfig,
  };
  const lines = Array.from({ length: 2000 }, (_, i) => ({ start: i, end: i + 1, gap: 'none' as const }));
  const page = (i: number): ManifestPage => ({
    file: `page-${String(i + 1).padStart(4, '0')}.png`,
    widthPx: 1,
    heightPx: 1,
    byteLength: 1,
    sha256: '0',
    span: { start: i, end: i + 1 },
    lines,
  });
  for (const count of [0, 1, 120]) {
    const writer = new ManifestWriter();
    for (let i = 0; i < count; i++) await writer.add(page(i));
    await writer.finish(folder, head);
    await writer.close();
    const read = await readManifest(folder);
    assert.deepEqual(JSON.parse(JSON.stringify(read)), {
      ...JSON.parse(JSON.stringify(head)),
      pages: Array.from({ length: count }, (_, i) => page(i)),
    });
  }
});
