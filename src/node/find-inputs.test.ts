import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { findInputs } from './find-inputs.ts';
import type { ListOptions } from './list-files.ts';

let folder = '';

const write = (path: string, text = 'x') => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'glyph-inputs-'));
  for (const path of ['b.txt', 'a/z.md', 'a/B.md', 'a/c/d.txt', '.hidden', '.git/x', 'node_modules/m/i.js'])
    write(path);
  for (const path of ['pages/page-0001.png', 'pages/manifest.json', 'other/manifest.json']) write(path);
  symlinkSync('..', join(folder, 'a/up'));
});

after(() => rmSync(folder, { recursive: true }));

const namesOf = async (inputs: string[], options?: ListOptions) =>
  (
    await findInputs(
      inputs.map(input => (input === '-' ? input : join(folder, input))),
      options,
    )
  ).files.map(file => file.name);

test('a folder gives its visible files in one order, without links, packages and earlier results', async () => {
  const top = basename(folder);
  const names = ['a/B.md', 'a/c/d.txt', 'a/z.md', 'b.txt', 'other/manifest.json'];
  assert.deepEqual(
    await namesOf(['.']),
    names.map(name => `${top}/${name}`),
  );
});

test('the folder results go to is not read, unless it holds the texts', async () => {
  assert.ok(!(await namesOf(['.'], { exclude: join(folder, 'a') })).some(name => name.includes('/a/')));
  assert.equal((await namesOf(['a'], { exclude: folder })).length, 3);
});

test('globs give the files they match, in order, each file once', async () => {
  assert.deepEqual(await namesOf(['**/*.{md,txt}', 'b.txt']), ['B.md', 'd.txt', 'z.md', 'b.txt']);
});

test('the order of inputs is kept, and standard input is one of them', async () => {
  assert.deepEqual(await namesOf(['b.txt', '-', 'a/z.md']), ['b.txt', 'stdin', 'z.md']);
});

test('files of one name are told apart', async () => {
  write('other/b.txt');
  assert.deepEqual(await namesOf(['b.txt', 'other/b.txt']), ['b.txt', 'b.txt (2)']);
});

test('what names nothing is refused with the nearest name', async () => {
  await assert.rejects(findInputs([join(folder, 'bb.txt')]), /did you mean ".*b\.txt"\?/);
  await assert.rejects(findInputs([join(folder, 'aa/z.md')]), /no such file: .*did you mean ".*a"\?/);
  await assert.rejects(findInputs([join(folder, '*.pdf')]), /a pattern that matches no file/);
});
