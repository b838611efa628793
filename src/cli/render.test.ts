import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { runHere } from './test/fake-terminal.ts';

let folder = '';
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'glyph-command-'));
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, 'src/a.ts'), 'export const a = 1;\n');
  writeFileSync(join(folder, 'src/b.ts'), 'export const b = 2;\n');
});
after(() => rmSync(folder, { recursive: true }));

const at = (path: string) => join(folder, path);
const manifestIn = (path: string) => JSON.parse(readFileSync(at(join(path, 'manifest.json')), 'utf8'));

async function* bytes(text: string) {
  yield Buffer.from(text);
}

test('standard input to pages, with a line that sums up', async () => {
  const { code, out, err } = await runHere(['render', '-', '-o', at('stdin')], {
    stdin: bytes('Hello, world.\n'),
  });
  assert.deepEqual([code, err], [0, '']);
  assert.match(
    out,
    /^stdin: 14 characters on 1 page, \d+ text tokens -> \d+ vision tokens \(\d\.\d\dx\), [\d.]+ s, in .*stdin\n$/,
  );
  assert.deepEqual(readdirSync(at('stdin')).sort(), ['manifest.json', 'page-0001.png']);
});

test('a second run says that nothing was left to do', async () => {
  const again = await runHere(['render', '-', '-o', at('stdin')], { stdin: bytes('Hello, world.\n') });
  assert.match(again.out, /already complete/);
  const other = await runHere(['render', '-', '-o', at('stdin'), '--dpi', '96'], {
    stdin: bytes('Hello, world.\n'),
  });
  assert.match(other.err, /^note: removing 1 page of another rendering from /);
});

test('files of a folder are joined after their names, or kept apart', async () => {
  const joined = await runHere(['render', at('src'), '-o', at('joined'), '--preset', 'code', '--json']);
  const summary = JSON.parse(joined.out);
  assert.deepEqual([joined.code, summary.pages, summary.drawn], [0, 1, 1]);
  const { sources, characters } = manifestIn('joined');
  assert.deepEqual(
    sources.map((source: { name: string; start: number }) => [source.name, source.start]),
    [
      ['src/a.ts', 17],
      ['src/b.ts', 55],
    ],
  );
  assert.equal(characters, 75);
  const apart = await runHere(['render', at('src'), '-o', at('apart'), '--separate', '--json']);
  assert.equal(apart.out.trim().split('\n').length, 2);
  assert.ok(existsSync(at('apart/src/a.ts/page-0001.png')) && existsSync(at('apart/src/b.ts/manifest.json')));
});

test('a published config is read as it is, and what is not shipped is said', async () => {
  writeFileSync(
    at('config_en.json'),
    JSON.stringify({
      'page-size': '595,842',
      'font-path': '../config/Verdana.ttf',
      'font-size': 9,
      'line-height': 10,
    }),
  );
  const words = [
    'render',
    at('src/a.ts'),
    '-o',
    at('published'),
    '--config',
    at('config_en.json'),
    '--compat',
    'reference',
  ];
  const { code, err } = await runHere(words);
  assert.equal(code, 0, err);
  assert.match(err, /^note: font "Verdana\.ttf" is not shipped: drawn with DejaVu Sans/);
  assert.equal(manifestIn('published').config.compat, 'reference');
});

test('the title reaches the header, and quiet prints nothing', async () => {
  const words = [
    'render',
    at('src/a.ts'),
    '-o',
    at('titled'),
    '--header',
    '{title}',
    '--title',
    'My title',
    '-q',
  ];
  assert.deepEqual(await runHere(words), { code: 0, out: '', err: '' });
  assert.equal(manifestIn('titled').title, 'My title');
});

test('an empty input is a result with a warning', async () => {
  const { code, out, err } = await runHere(['render', '-', '-o', at('empty')]);
  assert.equal(code, 0);
  assert.match(err, /warning: stdin is empty: no pages/);
  assert.match(out, /0 characters on 0 pages, 0 text tokens -> 0 vision tokens \(unknown\)/);
  assert.deepEqual(manifestIn('empty').pages, []);
});

test('malformed bytes: an error, or counted', async () => {
  const broken = async function* () {
    yield Buffer.from([0x61, 0xff, 0x62]);
  };
  const refused = await runHere(['render', '-', '-o', at('broken')], { stdin: broken() });
  assert.deepEqual([refused.code, existsSync(at('broken'))], [1, false]);
  assert.match(refused.err, /got 0xFF at byte 1/);
  const replaced = await runHere(['render', '-', '-o', at('broken'), '--invalid', 'replace'], {
    stdin: broken(),
  });
  assert.match(replaced.err, /note: 1 malformed sequence read as U\+FFFD/);
  const typo = await runHere(['render', '-', '--invalid', 'replcae']);
  assert.match(typo.err, /did you mean "replace"\?/);
  assert.equal(typo.code, 2);
});

test('an interruption ends with its own exit code and says how to go on', async () => {
  const controller = new AbortController();
  const text = 'Some words to fill a page with, and then some more.\n'.repeat(8000);
  const stdin = (async function* () {
    yield Buffer.from(text);
    setTimeout(() => controller.abort(), 30);
  })();
  const { code, err, out } = await runHere(['render', '-', '-o', at('broken-off'), '--jobs', '1'], {
    stdin,
    signal: controller.signal,
  });
  assert.deepEqual([code, out], [130, '']);
  assert.ok(err === '' || /^interrupted: .*run the same command again to go on/.test(err));
  assert.ok(!existsSync(at('broken-off/manifest.json')));
});

test('without an input, a known flag or a right number of jobs nothing is done', async () => {
  const refused = async (words: string[], message: RegExp) => {
    const { code, err } = await runHere(['render', ...words]);
    assert.equal(code, 2);
    assert.match(err, message);
  };
  await refused([], /expected an input: a file, a folder, a glob or - for standard input, got none/);
  await refused(['-', '--jobs', 'many'], /read flag "--jobs": expected a whole number from 1 to 256/);
  await refused(['-', '--force=yes'], /read flag "--force": expected no value/);
});
