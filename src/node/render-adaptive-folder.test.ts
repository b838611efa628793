/** A folder of pages drawn with an adaptive preset: what the manifest says, threads, and going on after an interruption. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { configHash } from '../config/index.ts';
import { type AdaptiveConfig, documentHash, parseAdaptive } from '../render/index.ts';
import { readManifest } from './manifest.ts';
import { type FolderEvent, type FolderOptions, renderToFolder } from './render-folder.ts';

const prose =
  'There was no possibility of taking a walk that day; we had been wandering all the morning.\n'.repeat(40);
const code =
  'export function sum(list: number[]): number {\n  return list.reduce((a, b) => a + b, 0);\n}\n'.repeat(30);
const chinese =
  '此开卷第一回也。作者自云：因曾历过一番梦幻之后，故将真事隐去，撰此《石头记》一书也。\n'.repeat(60);
const text = `${prose}\n${code}\n${chinese}\n${prose}`;

/** Small pages, so that a short text has many. */
const small = { pageSize: [300, 160] };
const configs = parseAdaptive({
  prose: small,
  code: { ...small, pageSize: [400, 160], reflow: 'off' },
  chinese: { ...small, fontSize: 10, lineHeight: 12 },
});

let parent = '';
before(() => {
  parent = mkdtempSync(join(tmpdir(), 'glyph-adaptive-'));
});
after(() => rmSync(parent, { recursive: true }));

const newFolder = () => join(mkdtempSync(join(parent, 'case-')), 'pages');
const contents = (folder: string) =>
  Object.fromEntries(readdirSync(folder).map(name => [name, readFileSync(join(folder, name), 'base64')]));

test('every page names its kind and its config, and spans tile the text', async () => {
  const folder = newFolder();
  const events: FolderEvent[] = [];
  const result = await renderToFolder(text, configs, folder, { onEvent: event => events.push(event) });
  const manifest = await readManifest(folder);
  assert.ok(manifest);
  assert.equal(manifest.configHash, documentHash(configs));
  assert.deepEqual(manifest.config, configs);
  assert.deepEqual(
    manifest.pages.map(({ kind }) => kind).filter((kind, i, kinds) => kind !== kinds[i - 1]),
    ['prose', 'code', 'chinese', 'prose'],
  );
  for (const { kind, configHash: hash, lines, span } of manifest.pages) {
    assert.equal(hash, configHash(configs[kind!]!));
    assert.ok(lines.every(line => line.start >= span.start && line.end <= span.end));
  }
  assert.equal(manifest.pages.map(({ span }) => text.slice(span.start, span.end)).join(''), text);
  assert.deepEqual(
    manifest.pages.map(({ file }) => file),
    readdirSync(folder).filter(name => name.endsWith('png')),
  );
  assert.equal(manifest.ratio, manifest.textTokens.count! / manifest.visionTokens.count!);
  assert.equal(result.pages[0]!.kind, 'prose');
  const read = events.map(event => (event.type === 'page-finished' ? event.bytesRead : 0));
  assert.ok(read[0]! < read.at(-1)! && read.at(-1) === Buffer.byteLength(text), 'progress grows to the end');
});

test('an interrupted run goes on to the same bytes; a complete one is not drawn again, with another preset it is', async () => {
  const folder = newFolder();
  const draw = (drawn: AdaptiveConfig, options: FolderOptions = {}) =>
    renderToFolder(text, drawn, folder, options);
  const controller = new AbortController();
  const onEvent = (event: FolderEvent) => {
    if (event.type === 'page-finished' && event.number === 20) controller.abort();
  };
  await assert.rejects(draw(configs, { signal: controller.signal, onEvent }), { kind: 'aborted' });
  assert.ok(!existsSync(join(folder, 'manifest.json')));
  const resumed = await draw(configs);
  assert.ok(resumed.drawn < resumed.pages.length && resumed.drawn > 0);
  const bytes = contents(folder);
  assert.equal((await draw(configs)).drawn, 0);
  await draw(configs, { existing: 'redraw' });
  assert.deepEqual(contents(folder), bytes);
  const other = await draw(parseAdaptive({ ...configs, code: { ...configs.code, dpi: 80 } }));
  assert.equal(other.drawn, other.pages.length);
});

test('threads change nothing but the time', async () => {
  const long = `${prose.repeat(50)}\n${code.repeat(80)}\n${chinese}`;
  const [one, two] = [newFolder(), newFolder()];
  await renderToFolder(long, configs, one, { jobs: 1 });
  await renderToFolder(long, configs, two, { jobs: 2 });
  assert.deepEqual(contents(two), contents(one));
});

test('a font that is missing is an error before anything is written', async () => {
  const folder = newFolder();
  const missing = parseAdaptive({ prose: {}, table: { fontPath: 'nowhere.ttf' } });
  await assert.rejects(renderToFolder(text, missing, folder), { kind: 'font' });
  assert.ok(!existsSync(folder));
});
