import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, test } from 'node:test';
import { findPageImages, readPageImage } from './page-images.ts';

let folder = '';
const files: Readonly<Record<string, Buffer>> = {
  'a/page-10.PNG': Buffer.from('\x89PNG\r\n\x1a\n…', 'latin1'),
  'a/page-2.jpg': Buffer.from('\xff\xd8\xff\xe0', 'latin1'),
  'a/.hidden.png': Buffer.from(''),
  'a/notes.txt': Buffer.from('text'),
  'a/sub/deep.png': Buffer.from(''),
  'b.webp': Buffer.from('RIFF\0\0\0\0WEBPVP8 ', 'latin1'),
  'c.gif': Buffer.from('GIF89a', 'latin1'),
  'empty.png': Buffer.from(''),
  'riff.webp': Buffer.from('RIFF\0\0\0\0WAVE', 'latin1'),
};
const at = (path: string) => join(folder, path);

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'glyph-page-images-'));
  mkdirSync(at('a/sub'), { recursive: true });
  mkdirSync(at('none'));
  for (const [path, bytes] of Object.entries(files)) writeFileSync(at(path), bytes);
  symlinkSync(at('b.webp'), at('a/link.png'));
});
after(() => rmSync(folder, { recursive: true }));

const found = async (...inputs: string[]) =>
  (await findPageImages(inputs.map(at))).map(path => basename(path));

test('files as named, folders and globs by name with numbers in order, each once', async () => {
  assert.deepEqual(await found('c.gif', 'a'), ['c.gif', 'page-2.jpg', 'page-10.PNG']);
  assert.deepEqual(await found('a/page-10.PNG', 'a/*', 'a'), ['page-10.PNG', 'page-2.jpg']);
  assert.deepEqual(await found('a/notes.txt'), ['notes.txt']); // refused when it is read
});

test('what names no image is refused', async () => {
  for (const input of ['none', 'missing', '*.bmp', 'c.gif/x'])
    await assert.rejects(found(input), { kind: 'input', expected: 'page images: files, folders or a glob' });
});

test('the bytes tell what an image is', async () => {
  for (const [path, mediaType] of [
    ['a/page-10.PNG', 'image/png'],
    ['a/page-2.jpg', 'image/jpeg'],
    ['b.webp', 'image/webp'],
    ['c.gif', 'image/gif'],
  ] as const) {
    const part = await readPageImage(at(path));
    assert.deepEqual([part.mediaType, part.bytes], [mediaType, files[path]]);
  }
  const refused = (path: string, actual: string) => assert.rejects(readPageImage(at(path)), { actual });
  await refused('a/notes.txt', 'another file');
  await refused('riff.webp', 'another file');
  await refused('empty.png', 'an empty file');
  await assert.rejects(readPageImage(at('missing.png')), { kind: 'io', actual: 'nothing there (ENOENT)' });
  if (process.platform === 'linux')
    await assert.rejects(readPageImage('/dev/zero'), { actual: 'something else' });
});
