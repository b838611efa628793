import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, test } from 'node:test';
import { closeDocuments, type DocumentOptions, type InputDocument, openDocuments } from './documents.ts';
import { buildPdf, textLines } from './test/build-pdf.ts';

let folder = '';
const pdf = buildPdf([{ content: textLines(['a page']) }, { content: textLines(['another']) }]);
const scan = buildPdf([{ content: '0 0 100 100 re f' }]);

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'glyph-documents-'));
  mkdirSync(join(folder, 'all'));
  const files: Record<string, string | Uint8Array> = {
    'all/a.PDF': pdf,
    'all/b.html': '<meta charset="latin1"><h1>Title</h1><p>text',
    'all/c.md': '# <b>not</b> HTML\n',
    'all/d.png': Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0]),
    'all/e.pdf': 'no PDF',
    'all/f.xhtml': '<p>more</p>',
    'all/.gitignore': 'left.txt',
    'all/left.txt': 'left out',
    'scan.pdf': scan,
    'bad.html': Buffer.from('<p>caf\xe9', 'latin1'),
  };
  for (const [path, content] of Object.entries(files)) writeFileSync(join(folder, path), content);
});
after(() => rmSync(folder, { recursive: true }));

const at = (path: string) => join(folder, path);
const shown = (document: InputDocument) =>
  document.kind === 'text' ? document.text : `${document.pdf.pages.length} pages: ${document.pdf.text}`;

async function opened(path: string, options: DocumentOptions = {}) {
  const documents = await openDocuments([path === '-' ? path : at(path)], options);
  await closeDocuments(documents);
  return documents.map(document => [basename(document.name), document.kind, shown(document)]);
}
async function* stream(...pieces: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield typeof piece === 'string' ? Buffer.from(piece) : piece;
}

test('a folder gives its documents in order, and says what it leaves out and why', async () => {
  const notes: string[] = [];
  const text = 'a page\n\f\nanother';
  assert.deepEqual(await opened('all', { onNote: note => notes.push(note.replace(/\S*\//g, '')) }), [
    ['a.PDF', 'pdf', `2 pages: ${text}`],
    ['b.html', 'text', 'Title\n\ntext'],
    ['c.md', 'text', '# <b>not</b> HTML\n'],
    ['f.xhtml', 'text', 'more'],
  ]);
  assert.deepEqual(notes, [
    'left out, not text: d.png',
    'left out, a file that is none, or is cut off or broken: e.pdf',
  ]);
  assert.deepEqual(await opened('all/a.PDF', { pdf: 'text' }), [['a.PDF', 'text', text]]);
  assert.equal((await opened('all', { gitignore: 'disregard' })).length, 5);
});

test('standard input is text or a PDF', async () => {
  assert.deepEqual(await opened('-', { stdin: stream('some ', 'text') }), [['stdin', 'text', 'some text']]);
  const halves = [pdf.subarray(0, 3), pdf.subarray(3)];
  assert.deepEqual(await opened('-', { stdin: stream(...halves), pdf: 'text' }), [
    ['stdin', 'text', 'a page\n\f\nanother'],
  ]);
  assert.deepEqual(await opened('-', { stdin: stream() }), [['stdin', 'text', '']]);
});

test('what was named and cannot be read is an error', async () => {
  await assert.rejects(opened('all/e.pdf'), /read ".*e\.pdf": expected a PDF file, got a file that is none/);
  await assert.rejects(opened('all/d.png'), /expected text, got a PNG image/);
  await assert.rejects(opened('bad.html'), /read ".*bad\.html": expected .*UTF-8/i);
  await assert.rejects(opened('none.pdf'), /no such file/);
  await assert.rejects(opened('all/*.png'), /expected at least one document, got only other files: .*d\.png/);
});

test('a scan has pages to draw and no text layer', async () => {
  const [document] = await openDocuments([at('scan.pdf')]);
  assert.ok(document?.kind === 'pdf' && !document.pdf.hasText);
  await assert.rejects(opened('scan.pdf', { pdf: 'text' }), /expected a PDF file with a text layer/);
});

test('all documents together are bounded', async () => {
  const maxBytes = pdf.length + 10;
  const tooLarge = { kind: 'input', actual: 'more', hint: 'name fewer files' };
  assert.equal((await opened('all/a.PDF', { maxBytes })).length, 1);
  for (const path of ['all', 'all/*.{PDF,md}']) await assert.rejects(opened(path, { maxBytes }), tooLarge);
  await assert.rejects(opened('-', { maxBytes, stdin: stream(new Uint8Array(maxBytes), 'x') }), tooLarge);
  await assert.rejects(opened('all/c.md', { maxBytes: 3 }), tooLarge);
});

test('a signal ends reading', async () => {
  await assert.rejects(opened('all', { signal: AbortSignal.abort() }), { kind: 'aborted' });
});
