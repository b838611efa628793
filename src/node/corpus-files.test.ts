/** The files of a corpus: any stretch of any file reads as the whole does, and what is no text says so. */
import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createRandom } from '../base/index.ts';
import { type CorpusFiles, openCorpusFiles } from './corpus-files.ts';
import type { InputOptions } from './open-inputs.ts';
import { sha256Of } from './png-file.ts';
import { startSurvey } from './text-survey.ts';

let folder = '';
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'glyph-corpus-'));
});
after(() => rmSync(folder, { recursive: true }));

let next = 0;
/** A new folder with these files. */
function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const path = join(folder, String(next++));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(path, name, '..'), { recursive: true });
    writeFileSync(join(path, name), content);
  }
  return path;
}

async function openAll(corpus: CorpusFiles) {
  const texts = [];
  for (const file of corpus.files) {
    let text = '';
    const opened = await file.open(piece => {
      text += piece;
    });
    texts.push({ opened, text });
  }
  return texts;
}

async function withFiles(
  files: Readonly<Record<string, string | Uint8Array>>,
  work: (corpus: CorpusFiles, path: string) => Promise<void>,
  options: InputOptions = {},
): Promise<void> {
  const path = folderOf(files);
  const corpus = await openCorpusFiles(path, options);
  try {
    await work(corpus, path);
  } finally {
    await corpus.close();
  }
}

const mixed = Array.from({ length: 30_000 }, (_, i) => `Line ${i}: naïve 中文 🎉 “x”\n`).join('');

test('any stretch reads as the whole does, in every encoding', async () => {
  const utf16 = Buffer.from(`\ufeff${mixed}`, 'utf16le');
  const files = { 'a.txt': mixed, 'b-mark.txt': `\ufeff${mixed}`, 'c-16.txt': utf16 };
  await withFiles(files, async corpus => {
    const random = createRandom('stretches');
    for (const { opened, text } of await openAll(corpus)) {
      assert.ok('read' in opened, JSON.stringify(opened));
      assert.equal(text, mixed);
      assert.equal(opened.length, mixed.length);
      for (let i = 0; i < 25; i++) {
        const start = random.integer(0, mixed.length);
        const end = Math.min(mixed.length, start + random.integer(0, 300_000));
        assert.equal(await opened.read(start, end), mixed.slice(start, end));
      }
      assert.equal(await opened.read(mixed.length - 5, mixed.length), mixed.slice(-5));
    }
  });
});

test('names are those in the folder, hashes those of the bytes, wherever the folder lies', async () => {
  await withFiles({ 'b/c.txt': 'Some text.\n', 'a.txt': 'Other text.\n' }, async corpus => {
    const facts = (await openAll(corpus)).map(({ opened }) => opened);
    assert.deepEqual(
      facts.map(({ name }) => name),
      ['a.txt', 'b/c.txt'],
    );
    assert.ok('sha256' in facts[1]! && facts[1].sha256 === sha256Of(Buffer.from('Some text.\n')));
  });
});

test('broken files are recorded with the reason, and the rest is read', async () => {
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
  const files = {
    'binary.txt': Buffer.from([1, 0, 2, 0, 0, 0, 3, 4, 0]),
    'blank.txt': ' \n\t\n',
    'empty.txt': '',
    'good.txt': 'A text.\n',
    'huge-line.txt': `${'x'.repeat(1_000_001)}\n`,
    'latin.txt': Buffer.from('caf\xe9 au lait\n', 'latin1'),
    'not.pdf': 'no PDF at all',
    'page.html': '<title>T</title><p>Text of <b>HTML</b>.</p><script>no()</script>',
    'picture.txt': png,
  };
  await withFiles(files, async corpus => {
    const outcomes = (await openAll(corpus)).map(({ opened, text }) =>
      'reason' in opened ? `${opened.name}: ${opened.reason}` : `${opened.name} ${text.trim()}`,
    );
    assert.deepEqual(outcomes.slice(0, 2), [
      'binary.txt: a NUL byte at offset 1, not text',
      'blank.txt: empty',
    ]);
    assert.equal(outcomes[2], 'empty.txt: empty');
    assert.equal(outcomes[3], 'good.txt A text.');
    assert.equal(outcomes[4], 'huge-line.txt: a line of more than 1000000 characters');
    assert.equal(outcomes[5], 'latin.txt: 0xE9 at byte 3, not valid UTF-8');
    assert.match(outcomes[6]!, /^not\.pdf: .*, not .*PDF/);
    assert.match(outcomes[7]!, /^page\.html (T\s+)?Text of HTML\.$/);
    assert.equal(outcomes[8], 'picture.txt: a PNG image, not text');
  });
});

test('malformed bytes may be replaced, and stretches still hold', async () => {
  const bytes = Buffer.concat([Buffer.from(mixed), Buffer.from([0xff, 0xe4, 0xb8]), Buffer.from(mixed)]);
  const replaced = async (corpus: CorpusFiles) => {
    const [only] = await openAll(corpus);
    assert.ok(only !== undefined && 'read' in only.opened);
    const from = mixed.length - 3;
    assert.equal(await only.opened.read(from, from + 50), only.text.slice(from, from + 50));
    assert.ok(only.text.includes('\ufffd'));
  };
  await withFiles({ 'a.txt': bytes }, replaced, { invalid: 'replace' });
});

test('a file that changes is noticed', async () => {
  await withFiles({ 'a.txt': 'A text.\n' }, async (corpus, path) => {
    const [only] = await openAll(corpus);
    appendFileSync(join(path, 'a.txt'), 'More.\n');
    assert.ok(only !== undefined && 'read' in only.opened);
    await assert.rejects(only.opened.read(0, 5), /a file that stays as it is/);
  });
});

test('a survey finds the longest line and where to begin, whatever the pieces', () => {
  const text = 'ab\n🎉é\n中中中中\n';
  const survey = startSurvey(() => {});
  for (const piece of ['ab\n🎉', 'é\n中', '', '中中中\n']) survey.add(piece);
  assert.deepEqual([survey.longestLine, survey.length, survey.byteLength], [4, text.length, 23]);
  const { bytes, units } = survey.around(5, 8);
  assert.deepEqual([bytes.start, bytes.end, units], [7, 13, 5]);
  assert.deepEqual(survey.around(0, text.length), { bytes: { start: 0, end: 23 }, units: 0 });
});
