import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startFakeModels } from '../tests/support/fake-models.ts';
import {
  ask,
  compress,
  countTextTokens,
  createMemory,
  defaultConfig,
  GlyphError,
  openInput,
  openModel,
  parseConfig,
  readManifest,
  renderAdaptive,
  renderPages,
  renderToFolder,
  visionTokens,
} from './index.ts';

let folder = '';
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'glyph-library-'));
});
after(() => rmSync(folder, { recursive: true }));

const text = 'A text for the library, short and plain.\n'.repeat(100);

test('what is heavy is not imported until it is used', () => {
  const source = readFileSync('src/index.ts', 'utf8');
  const imported = [...source.matchAll(/^(?:import|export) (?!type).*?from '([^']+)'/gms)].map(
    match => match[1],
  );
  assert.deepEqual(new Set(imported), new Set(['./base/index.ts', './config/index.ts']));
});

test('pages in memory, whose spans tile the text, also from a stream', async () => {
  async function* stream() {
    for (let i = 0; i < text.length; i += 100) yield text.slice(i, i + 100);
  }
  const config = parseConfig({ pageSize: [300, 200] });
  const pages = [];
  for await (const page of renderPages(stream(), config)) pages.push(page);
  assert.equal(pages.at(-1)?.span.end, text.length);
  let sameAsWhole = 0;
  for await (const { number, png } of renderPages(text, config)) {
    if (Buffer.compare(png, pages[number - 1]!.png) === 0) sameAsWhole++;
  }
  assert.equal(sameAsWhole, pages.length);
});

test('an adaptive preset draws each kind with its own config, to a folder and in memory', async () => {
  const code = 'export const sum = (a: number, b: number): number => a + b;\n'.repeat(100);
  const preset = { prose: {}, code: { reflow: 'off' } };
  const { pages } = await renderToFolder(`${text}\n${code}`, preset, join(folder, 'adaptive'));
  const kinds = [];
  for await (const page of renderAdaptive(`${text}\n${code}`, preset)) kinds.push(page.kind);
  assert.deepEqual(
    pages.map(page => page.kind),
    kinds,
  );
  assert.deepEqual(new Set(kinds), new Set(['prose', 'code']));
  await assert.rejects(renderToFolder(text, { code: { dpl: 1 } }, join(folder, 'none')), /of code.*"dpi"/);
});

test('a file to a folder of pages', async () => {
  const file = join(folder, 'a.txt');
  const out = join(folder, 'pages');
  writeFileSync(file, text);
  const source = await openInput([file]);
  const { pages, textTokens, visionTokens: cost } = await renderToFolder(source, defaultConfig, out);
  await source.close();
  const { tokens } = await countTextTokens(text);
  assert.equal(textTokens.count, tokens);
  let sum = 0;
  for (const { widthPx, heightPx } of pages)
    sum += (await visionTokens('glm-4.1v', widthPx, heightPx)).tokens;
  assert.equal(cost.count, sum);
  assert.equal((await readManifest(out))?.pages.length, pages.length);
  assert.equal(await readManifest(folder), undefined);
});

test('a question, a rewriting and a memory, as the README shows them', async t => {
  const long = 'A long text for the library, plain but with a fact in it now and then.\n'.repeat(500);
  const models = await startFakeModels();
  t.after(() => models.close());
  const model = await openModel('anthropic:claude-sonnet-4-5', { baseUrl: models.origin });
  const answer = await ask(long, 'Who tells the story?', { model, cite: 'pages' });
  assert.equal(answer.text, 'It is told in the first person [p1:1].');
  assert.equal(answer.citations[0]?.start, 0);
  const { messages, decisions, accounting } = await compress(long, { model: 'gpt-4.1', pages: 'always' });
  assert.ok(messages[0]!.parts.some(part => part.type === 'image'));
  assert.equal(decisions[0]!.outcome, 'pages');
  assert.equal(accounting.requests, 1);
  const memory = await createMemory(join(folder, 'memory'), { model });
  await memory.append({ role: 'user', parts: [{ type: 'text', text: 'Deploy on Friday.' }] });
  assert.equal((await memory.toMessages({ tokens: 8000 })).messages.length, 1);
  assert.equal((await memory.recall('When do we deploy?'))[0]?.text, 'User: Deploy on Friday.');
  await memory.close();
});

test('errors are of one class', async () => {
  assert.throws(() => parseConfig({ dpi: 'high' }), GlyphError);
  await assert.rejects(openInput([join(folder, 'none')]), GlyphError);
  await assert.rejects(visionTokens('nothing-known', 1, 1), GlyphError);
});
