import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, test } from 'node:test';
import type { InputFile } from './find-inputs.ts';
import { joinSources } from './join-sources.ts';
import { openEachInput, openInput } from './open-inputs.ts';
import { fileSource, type SourceReading, textSource } from './source.ts';

let folder = '';
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'glyph-source-'));
});
after(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array, origin: InputFile['origin'] = 'named'): InputFile {
  const path = join(folder, name);
  writeFileSync(path, content);
  return { path, name, origin };
}

async function textOf(reading: SourceReading): Promise<string> {
  let text = '';
  for await (const piece of reading.pieces) text += piece;
  return text;
}

const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex');

test('a file is read as it is, hashed by its bytes, any number of times', async () => {
  const text = 'naïve — 文字 👍🏽\r\n'.repeat(40_000); // several blocks, characters across their ends
  const source = await fileSource(file('a.txt', text));
  assert.ok(source);
  assert.deepEqual([source.byteLength, source.sha256], [Buffer.byteLength(text), sha256(text)]);
  for (let round = 0; round < 2; round++) {
    const reading: SourceReading = source.read();
    assert.equal(await textOf(reading), text);
    assert.equal(reading.bytesRead, source.byteLength);
  }
});

test('UTF-16 is found by its mark and by its zero bytes', async () => {
  const text = 'It was a dark and stormy night; the rain fell in torrents.\n'.repeat(50);
  const little = Buffer.from(text, 'utf16le');
  const big = Buffer.from(little).swap16();
  for (const bytes of [little, big, Buffer.concat([Buffer.from([0xfe, 0xff]), big])]) {
    const source = await fileSource(file('u16.txt', bytes));
    assert.equal(await textOf(source!.read()), text);
  }
});

test('what is not text is refused when opened, with file and offset', async () => {
  const open = (bytes: Uint8Array, options = {}) => fileSource(file('x.bin', bytes), options);
  const late = Buffer.concat([Buffer.alloc(600_000, 'a'), Buffer.from([0xff]), Buffer.from('b')]);
  await assert.rejects(
    open(late),
    /read "x\.bin": expected valid UTF-8, got 0xFF at byte 600000 .*--encoding/,
  );
  await assert.rejects(open(Buffer.from([1, 0, 2, 0, 0, 0, 9])), /read "x\.bin": expected text, got/);
  await assert.rejects(open(Buffer.from('a'), { encoding: 'utf-88' }), /did you mean "utf-8"/);
  const replaced = (await open(late, { invalid: 'replace' }))!.read();
  assert.equal((await textOf(replaced))[600_000], '\ufffd');
  assert.equal(replaced.replaced, 1);
  const latin = await open(Buffer.from([0x63, 0x61, 0x66, 0xe9]), { encoding: 'latin1' });
  assert.equal(await textOf(latin!.read()), 'café');
});

test('what is found in a folder and is not text is left out, whatever encoding is named', async () => {
  const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]);
  for (const encoding of [undefined, 'utf-8', 'latin1']) {
    assert.equal(await fileSource(file('p.png', png, 'found'), { encoding }), undefined);
    assert.ok(await fileSource(file('empty', '', 'found'), { encoding }));
  }
});

test('a file that changes while it is read is an error, not a wrong page', async () => {
  const input = file('c.txt', 'before');
  const source = await fileSource(input);
  writeFileSync(input.path, 'after!');
  await assert.rejects(textOf(source!.read()), /read "c\.txt": expected a file that stays as it is/);
});

test('standard input can be read twice', async () => {
  async function* stdin() {
    yield Buffer.from('one ');
    yield Buffer.from('two');
  }
  const source = await openInput(['-'], { stdin: stdin() });
  assert.equal(source.name, 'stdin');
  assert.equal(source.sha256, sha256('one two'));
  assert.equal((await textOf(source.read())) + (await textOf(source.read())), 'one twoone two');
  await source.close();
});

test('several files are joined after their names, and each knows its span', async () => {
  const source = joinSources('both', [
    textSource('first\n', 'a.txt'),
    textSource('second', 'b.txt'),
    textSource('', 'c.txt'),
  ]);
  const reading = source.read();
  const text = await textOf(reading);
  assert.equal(text, '=== a.txt ===\nfirst\n\n=== b.txt ===\nsecond\n\n=== c.txt ===\n');
  assert.deepEqual(
    reading.parts.map(({ name, start, end }) => [name, text.slice(start, end)]),
    [
      ['a.txt', 'first\n'],
      ['b.txt', 'second'],
      ['c.txt', ''],
    ],
  );
  const list = [
    ['first\n', 'a.txt'],
    ['second', 'b.txt'],
    ['', 'c.txt'],
  ] as const;
  assert.equal(
    source.sha256,
    sha256(list.map(([content, name]) => `${sha256(content)}  ${name}\n`).join('')),
  );
});

test('a folder is joined even with one text file; a folder without any is an error', async () => {
  const notes: string[] = [];
  const inside = mkdtempSync(join(folder, 'inside-'));
  writeFileSync(join(inside, 'p.png'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0]));
  await assert.rejects(
    openInput([inside]),
    /expected at least one text file, got only other files: .*p\.png/,
  );
  writeFileSync(join(inside, 'a.txt'), 'text');
  const source = await openInput([inside], { onNote: note => notes.push(note) });
  assert.match(await textOf(source.read()), /^=== .*a\.txt ===\ntext$/);
  assert.match(notes.join(), /left out, not text: .*p\.png/);
  assert.deepEqual(
    (await openEachInput([inside])).map(each => each.name),
    [`${basename(inside)}/a.txt`],
  );
});

test('an abort ends reading', async () => {
  const controller = new AbortController();
  const source = await fileSource(file('long.txt', 'text '.repeat(200_000)));
  const { pieces } = source!.read(controller.signal);
  await assert.rejects(
    async () => {
      for await (const _ of pieces) controller.abort();
    },
    { kind: 'aborted' },
  );
});
