/** The programs of `examples/` run as written, before a server on this machine that plays the models. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import { commandFile, loader } from '../src/cli/test/run-source.ts';
import { loadFont } from '../src/node/index.ts';
import { warmUp } from '../src/proxy/index.ts';
import { type FakeModels, startFakeModels } from './support/fake-models.ts';

const root = process.cwd();
const line = 'A line of a book that goes on and on.\n';
let folder = '';
let models: FakeModels;

before(async () => {
  models = await startFakeModels();
  folder = mkdtempSync(join(tmpdir(), 'glyph-examples-'));
  writeFileSync(join(folder, 'book.txt'), line.repeat(1000));
  writeFileSync(
    join(folder, 'npx'),
    `#!/bin/sh\nshift\nexec "${process.execPath}" ${loader.join(' ')} "${commandFile('main')}" "$@"\n`,
    { mode: 0o755 },
  );
  Object.assign(process.env, {
    PATH: `${folder}:${process.env['PATH']}`,
    OPENAI_BASE_URL: `${models.origin}/v1`,
    OPENAI_API_KEY: 'none',
    ANTHROPIC_BASE_URL: models.origin,
    ANTHROPIC_API_KEY: 'none',
  });
  await warmUp({ loadFont, config: undefined }); // on a loaded machine the first page may take its time
  process.chdir(folder);
});

after(async () => {
  process.chdir(root);
  await models.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What it prints. */
async function runExample(t: TestContext, name: string): Promise<unknown[]> {
  const printed = t.mock.method(console, 'log', () => {});
  models.received.length = 0;
  const file = import.meta.url.endsWith('.ts') ? name : name.replace(/ts$/, 'js');
  await import(new URL(`../examples/${file}`, import.meta.url).href);
  const lines = printed.mock.calls.map(call => call.arguments[0]);
  printed.mock.restore();
  return lines;
}

const isShort = (name: string): void => {
  const code = readFileSync(join(root, 'examples', name), 'utf8')
    .trim()
    .split('\n')
    .slice(1);
  assert.ok(code.filter(each => each !== '').length <= 10, `${name} has at most ten lines`);
};

for (const name of ['openai.ts', 'anthropic.ts', 'ai-sdk.ts']) {
  test(`${name} sends the book as pages and gets its answer`, async t => {
    isShort(name);
    assert.match(JSON.stringify(await runExample(t, name)), /first person/);
    const sent = JSON.stringify(models.received);
    assert.equal(models.received.length, 1);
    assert.match(sent, /image\/png/);
    assert.match(sent, /Who tells the story\?/);
    assert.doesNotMatch(sent, /a book that goes on/);
  });
}

test('mcp.ts gets pages and exact lines from the server it starts', async t => {
  isShort('mcp.ts');
  const [pages, lines] = (await runExample(t, 'mcp.ts')) as { content: { type: string; text?: string }[] }[];
  assert.match(pages!.content[0]!.text ?? '', /^Document d1: \d+ pages?, [\d]+ tokens/);
  assert.ok(pages!.content.some(({ type }) => type === 'image'));
  assert.match(lines!.content[0]!.text ?? '', /^1: A line of a book/);
});
