import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { findInputs } from './find-inputs.ts';
import type { ListOptions } from './list-files.ts';

let folder = '';
const write = (path: string, text = 'x') => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};

/** A work tree `tree/` and beside it `plain/`, which is none. */
const files: Readonly<Record<string, string>> = {
  'tree/.gitignore': '*.log\n/build/\ndocs/**/draft-*\n# a comment\n!keep.log\n\\#odd\ntrailing \n',
  'tree/a.txt': '',
  'tree/a.log': '',
  'tree/A.LOG': '',
  'tree/keep.log': '',
  'tree/#odd': '',
  'tree/trailing': '',
  'tree/build/out.txt': '',
  'tree/build/deep/out.txt': '',
  'tree/src/build/in.txt': '',
  'tree/src/.gitignore': '!b.log\n*.txt\n!in.txt\n/generated\n',
  'tree/src/a.txt': '',
  'tree/src/b.log': '',
  'tree/src/generated/c.md': '',
  'tree/src/.generated/.gitignore': '',
  'tree/docs/guide/draft-1.md': '',
  'tree/docs/guide/one.md': '',
  'plain/.gitignore': 'no.txt\n',
  'plain/no.txt': '',
  'plain/yes.txt': '',
  'plain/sub/no.txt': '',
  'plain/sub/other.txt': '',
};

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'glyph-gitignore-'));
  for (const [path, text] of Object.entries(files)) write(path, text);
  mkdirSync(join(folder, 'tree/.git'));
});
after(() => rmSync(folder, { recursive: true }));

const pathsOf = async (input: string, options: ListOptions = {}) =>
  (await findInputs([join(folder, input)], options)).files.map(file =>
    file.path.slice(folder.length + 1).replaceAll('\\', '/'),
  );

test('what .gitignore names is left out, with all in it, and deeper rules win', async () => {
  assert.deepEqual(await pathsOf('tree'), [
    'tree/A.LOG',
    'tree/a.txt',
    'tree/docs/guide/one.md',
    'tree/keep.log',
    'tree/src/b.log',
    'tree/src/build/in.txt',
  ]);
});

test('git itself gives the same list', async t => {
  try {
    execFileSync('git', ['--version']);
  } catch {
    return t.skip('git is not installed');
  }
  const tree = join(folder, 'git');
  for (const [path, text] of Object.entries(files))
    if (path.startsWith('tree/')) write(path.replace('tree', 'git'), text);
  execFileSync('git', ['init', '-q', tree]);
  const list = ['ls-files', '--others', '--exclude-standard', '-z'];
  const listed = execFileSync('git', ['-c', 'core.excludesFile=', '-c', 'core.ignoreCase=false', ...list], {
    cwd: tree,
    encoding: 'utf8',
  });
  const visible = listed.split('\0').filter(path => path !== '' && !/(^|\/)\./.test(path));
  assert.deepEqual(
    await pathsOf('git'),
    visible.sort().map(path => `git/${path}`),
  );
});

test('rules above a folder hold inside a work tree, unless they would leave out the folder that was named', async () => {
  assert.deepEqual(await pathsOf('tree/src'), ['tree/src/b.log', 'tree/src/build/in.txt']);
  assert.deepEqual(await pathsOf('tree/build'), ['tree/build/deep/out.txt', 'tree/build/out.txt']);
  assert.deepEqual(await pathsOf('tree/build/deep'), ['tree/build/deep/out.txt']);
  assert.deepEqual(await pathsOf('plain'), ['plain/sub/other.txt', 'plain/yes.txt']);
  // Outside a work tree nobody says where rules above would begin.
  assert.deepEqual(await pathsOf('plain/sub'), ['plain/sub/no.txt', 'plain/sub/other.txt']);
});

test('globs follow the same rules; a file named is read in any case', async () => {
  const globbed = async (pattern: string, options?: ListOptions) => (await pathsOf(pattern, options)).length;
  assert.equal(await globbed('tree/**/*.txt'), 2);
  assert.equal(await globbed('tree/**/*.txt', { gitignore: 'disregard' }), 5);
  assert.equal(await globbed('tree/build/**'), 2);
  assert.deepEqual(await pathsOf('tree/a.log'), ['tree/a.log']);
  await assert.rejects(pathsOf('tree/a.*g'), /only what \.gitignore names \(use --no-ignore\)/);
});

test('the rules can be set aside', async () => {
  const paths = await pathsOf('plain', { gitignore: 'disregard' });
  assert.deepEqual(paths, ['plain/no.txt', 'plain/sub/no.txt', 'plain/sub/other.txt', 'plain/yes.txt']);
});

test('a .gitignore that cannot be read as one is passed over', async () => {
  mkdirSync(join(folder, 'odd/.gitignore'), { recursive: true });
  write('odd/a.txt');
  assert.deepEqual(await pathsOf('odd'), ['odd/a.txt']);
});
