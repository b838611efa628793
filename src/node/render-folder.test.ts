import assert from 'node:assert/strict';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { parseConfig, preset } from '../config/index.ts';
import { readManifest } from './manifest.ts';
import { type FolderEvent, type FolderOptions, renderToFolder } from './render-folder.ts';
import { textSource } from './source.ts';

/** Small pages, so that a short text has many. */
const config = parseConfig({ pageSize: [220, 120], reflow: 'off' });
const text = Array.from({ length: 240 }, (_, i) => `Line ${i + 1}: the quick brown fox, twice.\n`).join('');

let parent = '';
let folder = '';
before(() => {
  parent = mkdtempSync(join(tmpdir(), 'glyph-render-'));
});
beforeEach(() => {
  folder = join(mkdtempSync(join(parent, 'case-')), 'out', 'pages');
});
after(() => rmSync(parent, { recursive: true }));

const render = (source = text, options: FolderOptions = {}) =>
  renderToFolder(source, config, folder, options);
const names = () => readdirSync(folder).sort();
const contents = () =>
  Object.fromEntries(names().map(name => [name, readFileSync(join(folder, name), 'base64')]));

/** A writer that fails from the `count`-th page on. */
const failingAfter = (count: number, code: string) => async (path: string, bytes: Uint8Array | string) => {
  if (count-- <= 0) throw Object.assign(new Error(code), { code });
  await writeFile(path, bytes);
};

/** Renders until the `count`-th page is finished, then breaks off. */
async function interrupt(count: number, source = text) {
  const controller = new AbortController();
  const onEvent = (event: FolderEvent) => {
    if (event.type === 'page-finished' && event.number === count) controller.abort();
  };
  await assert.rejects(render(source, { signal: controller.signal, onEvent }), { kind: 'aborted' });
}

test('pages and manifest say the same, and spans tile the source', async () => {
  const result = await render();
  const manifest = await readManifest(folder);
  assert.ok(manifest);
  assert.ok(manifest.pages.length > 10);
  assert.deepEqual(names(), ['manifest.json', ...manifest.pages.map(page => page.file)].sort());
  assert.deepEqual([result.drawn, result.pages.length], [manifest.pages.length, manifest.pages.length]);
  let end = 0;
  for (const page of manifest.pages) {
    assert.equal(page.span.start, end);
    end = page.span.end;
    assert.equal(readFileSync(join(folder, page.file)).length, page.byteLength);
  }
  assert.equal(end, text.length);
  const first = manifest.pages[0]!.lines[0]!;
  assert.equal(text.slice(first.start, first.end), 'Line 1: the quick brown fox, twice.');
  assert.equal(manifest.characters, text.length);
  assert.equal(manifest.textTokens.tokenizer, 'o200k_base');
  assert.equal(manifest.ratio, manifest.textTokens.count! / manifest.visionTokens.count!);
});

test('a complete folder is not drawn again, unless asked for', async () => {
  const first = await render();
  const before = contents();
  const second = await render();
  assert.deepEqual([second.drawn, second.pages], [0, first.pages]);
  const forced = await render(text, { existing: 'redraw' });
  assert.equal(forced.drawn, forced.pages.length);
  assert.deepEqual(contents(), before);
});

test('an interrupted run goes on where it stopped and ends with the same bytes', async () => {
  await interrupt(5);
  assert.ok(!existsSync(join(folder, 'manifest.json')));
  assert.ok(
    names().every(name => /^page-\d{4}\.png$|^\.render-state\.json$/.test(name)),
    names().join(),
  );
  const finished = names().length - 1;
  assert.ok(finished >= 5);
  const resumed = await render();
  assert.equal(resumed.drawn, resumed.pages.length - finished);
  const bytes = contents();
  await render(text, { existing: 'redraw' });
  assert.deepEqual(contents(), bytes);
});

test('a missing and a damaged page are drawn again, the others kept', async () => {
  const first = await render();
  const before = contents();
  unlinkSync(join(folder, 'page-0003.png'));
  const bytes = readFileSync(join(folder, 'page-0007.png'));
  writeFileSync(join(folder, 'page-0007.png'), bytes.fill(0, 40, 60).subarray(0, -1));
  assert.equal((await render()).drawn, 2);
  assert.deepEqual(contents(), before);
  assert.ok(first.pages.length > 7);
});

test('another config or source replaces the pages it made, after saying so', async () => {
  const events: FolderEvent[] = [];
  const first = await render();
  const other = await renderToFolder('short', config, folder, { onEvent: event => events.push(event) });
  assert.deepEqual(events[0], { type: 'pages-removed', count: first.pages.length });
  assert.deepEqual(names(), ['manifest.json', 'page-0001.png']);
  assert.equal(other.drawn, 1);
  await renderToFolder('short', preset('dark'), folder);
  assert.deepEqual((await readManifest(folder))!.config, preset('dark'));
});

test('pages of an interrupted run with another config are not mixed in', async () => {
  await interrupt(5);
  const other = await renderToFolder(text, preset('code'), folder);
  assert.equal(other.drawn, other.pages.length);
  assert.deepEqual(names(), ['manifest.json', ...other.pages.map(page => page.file)].sort());
});

test('files of others are never touched', async () => {
  await render('short');
  writeFileSync(join(folder, 'notes.txt'), 'mine');
  writeFileSync(join(folder, 'page-0002.png'), 'mine');
  await assert.rejects(render(), /page-0002\.png": expected no file of another origin/);
  assert.equal(readFileSync(join(folder, 'page-0002.png'), 'utf8'), 'mine');
  await render(text, { existing: 'redraw' });
  assert.equal(readFileSync(join(folder, 'notes.txt'), 'utf8'), 'mine');
});

test('a folder with pages or a manifest of another origin is refused', async () => {
  await render('short');
  unlinkSync(join(folder, 'manifest.json'));
  await assert.rejects(render(), { kind: 'io', message: /page-0001\.png without a manifest.*--force/ });
  unlinkSync(join(folder, 'page-0001.png'));
  writeFileSync(join(folder, 'manifest.json'), '{"name":"a web app"}');
  await assert.rejects(render(), { kind: 'io', message: /a file this program wrote.*--force/ });
  assert.equal(readFileSync(join(folder, 'manifest.json'), 'utf8'), '{"name":"a web app"}');
});

test('a full disk ends the run with nothing half-written, and it goes on later', async () => {
  const failing = render(text, { writeFile: failingAfter(4, 'ENOSPC') });
  await assert.rejects(failing, { kind: 'io', message: /got a full disk \(ENOSPC\)/ });
  assert.deepEqual(names(), ['.render-state.json', ...[1, 2, 3, 4].map(n => `page-000${n}.png`)]);
  const resumed = await render();
  assert.equal(resumed.drawn, resumed.pages.length - 4);
});

test('temporary files of a killed run go away', async () => {
  await interrupt(3);
  writeFileSync(join(folder, '.page-0009.png.tmp'), 'half');
  await render();
  assert.ok(!names().includes('.page-0009.png.tmp'));
});

test('a failure before the first page changes nothing in the folder', async () => {
  await render();
  const before = contents();
  const missing = parseConfig({ fontFamily: 'No Such Family' });
  await assert.rejects(renderToFolder(text, missing, folder), { kind: 'font' });
  assert.deepEqual(contents(), before);
});

test('an empty text gives a manifest without pages', async () => {
  const result = await render('');
  assert.deepEqual([result.pages, result.characters, result.ratio], [[], 0, null]);
  assert.deepEqual((await readManifest(folder))!.pages, []);
});

test('the title counts as part of the work, the name of the source does not', async () => {
  const withTitle = (name: string, title: string) =>
    renderToFolder(textSource(text, name), config, folder, { title });
  await withTitle('a.txt', 'A');
  assert.equal((await withTitle('b.txt', 'A')).drawn, 0);
  assert.ok((await withTitle('b.txt', 'B')).drawn > 0);
});

test('text tokens can be left out', async () => {
  const { textTokens, ratio } = await render('short', { textTokens: 'skip' });
  assert.deepEqual([textTokens, ratio], [{ count: null, tokenizer: 'none' }, null]);
});

test('a page its reader would refuse makes the sum unknown, not zero', async () => {
  const strip = parseConfig({
    pageSize: [14_000, 30],
    autoCropWidth: false,
    autoCropLastPage: false,
    framePadding: 0,
  });
  const { visionTokens, ratio } = await renderToFolder('a', strip, folder);
  assert.deepEqual([visionTokens.count, ratio], [null, null]);
  assert.match(visionTokens.reason ?? '', /expected/);
});

test('characters that no font has are listed', async () => {
  const { missing } = await render('one \u{10fffe} and \u{10fffe}, lone \ud800 here');
  assert.deepEqual(missing[1], { codePoint: 'U+10FFFE', count: 2 });
});

test('threads change nothing but the time', async () => {
  const long = text.repeat(20);
  await render(long, { jobs: 2, textTokens: 'skip' });
  const bytes = contents();
  await render(long, { jobs: 1, textTokens: 'skip', existing: 'redraw' });
  assert.deepEqual(contents(), bytes);
});

test('a path that cannot be a folder is a clear error', async () => {
  const file = join(parent, 'file');
  writeFileSync(file, '');
  await assert.rejects(
    renderToFolder(text, config, file),
    /expected a folder for the pages, got a file where a folder should be/,
  );
  await assert.rejects(renderToFolder(text, config, join(file, 'x')), { kind: 'io' });
});
