/** Whatever comes in, the command ends with a clear error or a right result, and leaves nothing half-written. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { runHere } from '../../src/cli/test/fake-terminal.ts';
import { glyph } from './glyph.ts';

let folder = '';
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'glyph-bad-'));
});
after(() => rmSync(folder, { recursive: true }));

let count = 0;

interface Manifest {
  readonly characters: number;
  readonly pages: readonly { file: string; span: { start: number; end: number } }[];
  readonly missing: readonly { codePoint: string; count: number }[];
}

/** Renders bytes as a file; gives what the command said and the manifest, if there is one. */
async function render(content: Uint8Array | string, flags: readonly string[] = []) {
  const name = `case-${++count}`;
  const file = join(folder, `${name}.txt`);
  const out = join(folder, name);
  writeFileSync(file, content);
  const finished = await runHere(['render', file, '-o', out, ...flags]);
  const manifestFile = join(out, 'manifest.json');
  const manifest = existsSync(manifestFile)
    ? (JSON.parse(readFileSync(manifestFile, 'utf8')) as Manifest)
    : undefined;
  const files = existsSync(out) ? readdirSync(out) : [];
  return { ...finished, manifest, files };
}

async function succeeds(
  content: Uint8Array | string,
  flags?: readonly string[],
): Promise<Manifest & { err: string }> {
  const { code, manifest, files, err } = await render(content, flags);
  assert.equal(code, 0, err);
  assert.ok(manifest);
  assert.deepEqual(files.sort(), ['manifest.json', ...manifest.pages.map(page => page.file)].sort());
  let end = 0;
  for (const { span } of manifest.pages) {
    assert.equal(span.start, end);
    end = span.end;
  }
  if (manifest.pages.length > 0) assert.equal(end, manifest.characters);
  return { ...manifest, err };
}

async function fails(code: number, message: RegExp, content: Uint8Array | string, flags?: readonly string[]) {
  const result = await render(content, flags);
  assert.match(result.err, message);
  assert.doesNotMatch(result.err, /a bug in glyph|\n {4}at /);
  assert.deepEqual([result.code, result.out, result.files], [code, '', []]);
}

const sentence = 'It was a quiet morning in the harbour.\n';

describe('bad input', () => {
  test('an empty file: no pages, with a warning', async () => {
    const { pages, err } = await succeeds('');
    assert.equal(pages.length, 0);
    assert.match(err, /is empty: no pages/);
  });

  test('only white space: no pages', async () => {
    assert.equal((await succeeds(' \n\t\n')).pages.length, 0);
  });

  test('binary', () => fails(1, /expected text, got .*byte/, Buffer.from([0, 1, 2, 255, 254, 0, 7, 8, 9])));

  test('UTF-16, little and big endian, with a mark', async () => {
    const little = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(sentence, 'utf16le')]);
    assert.equal((await succeeds(little)).characters, sentence.length);
    assert.equal((await succeeds(Buffer.from(little).swap16())).characters, sentence.length);
  });

  test('invalid UTF-8: the offset, and two ways out', async () => {
    const bytes = Buffer.from('abc\x80def', 'latin1');
    await fails(1, /expected valid UTF-8, got 0x80 at byte 3 .*--encoding/, bytes);
    assert.equal((await succeeds(bytes, ['--invalid', 'replace'])).characters, 7);
    assert.equal((await succeeds(bytes, ['--encoding', 'latin1'])).characters, 7);
  });

  test('lone surrogates', async () => {
    const bytes = Buffer.from('a\ud800b', 'utf16le');
    await fails(1, /expected valid UTF-16LE/, bytes, ['--encoding', 'utf-16le']);
    assert.equal((await succeeds(bytes, ['--encoding', 'utf-16le', '--invalid', 'replace'])).characters, 3);
  });

  test('NUL and other controls are shown when the user says it is text', async () => {
    const { missing } = await succeeds('a\0b\u0007c', ['--encoding', 'utf-8']);
    assert.ok(missing.some(({ codePoint }) => codePoint === 'U+0000'));
  });

  test('one line of a million characters', async () => {
    const { characters, pages } = await succeeds('x'.repeat(1_000_000));
    assert.equal(characters, 1_000_000);
    assert.ok(pages.length > 50);
  });

  test('a hundred thousand empty lines', async () => {
    assert.equal((await succeeds(`a${'\n'.repeat(100_000)}b`)).characters, 100_002);
  });

  test('a line height of 0', () =>
    fails(2, /expected a number of pt from 1/, sentence, ['--line-height', '0']));

  test('type larger than the page', () =>
    fails(2, /expected room for at least one/, sentence, ['--font-size', '900']));

  test('a missing font', async () => {
    await fails(1, /find a font.*did you mean "DejaVu Sans"/, sentence, ['--font-family', 'DejaVu Sanss']);
    await fails(1, /read font file "none\.ttf"/, sentence, ['--font-path', 'none.ttf']);
  });

  test('a damaged font', async () => {
    const font = join(folder, 'damaged.ttf');
    writeFileSync(font, readFileSync('fonts/VT323-Regular.ttf').subarray(0, 3000));
    await fails(1, /open font .*expected/, sentence, ['--font-path', font]);
    writeFileSync(font, sentence);
    await fails(1, /open font .*expected a TTF, OTF or TTC file/, sentence, ['--font-path', font]);
  });

  test('a folder that cannot be written', async () => {
    const blocked = join(folder, 'blocked');
    writeFileSync(blocked, '');
    const { code, err } = await glyph(['render', '-', '-o', join(blocked, 'pages')], { stdin: sentence });
    assert.equal(code, 1);
    assert.match(err, /^glyph: .*expected .*folder.*ENOTDIR/);
  });

  test('a missing file, a wrong flag', async () => {
    const [missing, typo] = await Promise.all([
      glyph(['render', 'README.mdd']),
      glyph(['render', '-', '--font-sizee', '8']),
    ]);
    assert.equal(missing.code, 1);
    assert.match(missing.err, /no such file: "README\.mdd"/);
    assert.equal(typo.code, 2);
    assert.match(typo.err, /did you mean "--font-size"\?/);
  });
});
