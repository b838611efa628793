/** The tools as an MCP client sees them, over the SDK's own transport in memory. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { readWithin } from '../cli/mcp.ts';
import { loadFont } from '../node/index.ts';
import { prose } from '../proxy/test/harness.ts';
import { createMcpServer } from './index.ts';

interface Answer {
  readonly content: readonly { readonly type: string; readonly text?: string; readonly data?: string }[];
  readonly isError?: boolean;
}

async function connected(t: TestContext) {
  const root = mkdtempSync(join(tmpdir(), 'glyph-mcp-'));
  writeFileSync(join(root, 'long.txt'), `order 7f3a9c2e-1b4d\n${prose(60_000)}`);
  writeFileSync(join(root, 'short.txt'), 'A short text.');
  symlinkSync('/etc/hostname', join(root, 'link.txt'));
  const server = createMcpServer({
    ...{ effects: { loadFont }, version: '0' },
    readFile: (path, signal) => readWithin(root, path, signal),
  });
  const client = new Client({ name: 'test', version: '0' });
  const [here, there] = InMemoryTransport.createLinkedPair();
  await Promise.all([server.connect(there), client.connect(here)]);
  t.after(async () => {
    await client.close();
    rmSync(root, { recursive: true });
  });
  const call = async (name: string, args: Record<string, unknown>) =>
    (await client.callTool({ name, arguments: args })) as unknown as Answer;
  return { client, call };
}

const textOf = ({ content }: Answer) => content.map(({ text = '' }) => text).join('\n');

test('a file becomes pages with its exact strings, page by page and line by line', async t => {
  const { client, call } = await connected(t);
  const { tools } = await client.listTools();
  assert.deepEqual(
    tools.map(({ name }) => name),
    ['compress', 'read_page', 'expand'],
  );
  const given = await call('compress', { path: 'long.txt', pages: 1 });
  assert.match(
    textOf(given),
    /^Document d1: \d+ pages, \d+ tokens \(o200k_base\) as text, \d+ as below; pages 2 to \d+ are/,
  );
  assert.match(textOf(given), /7f3a9c2e-1b4d/);
  assert.doesNotMatch(textOf(given), /Page 2/);
  assert.equal(given.content.filter(({ type }) => type === 'image').length, 1);
  const page = await call('read_page', { document: 'd1', page: 2 });
  assert.equal(Buffer.from(page.content[0]!.data!, 'base64').toString('latin1', 1, 4), 'PNG');
  const lines = await call('expand', { document: 'd1', page: 1, firstLine: 1, lastLine: 1 });
  assert.match(textOf(lines), /^1: order 7f3a9c2e-1b4d/);
});

test('a short text stays text', async t => {
  const { call } = await connected(t);
  const given = await call('compress', { text: 'A short text.' });
  assert.match(textOf(given), /^Document d1: 0 pages/);
  assert.match(textOf(given), /A short text\.$/);
});

test('what is asked wrongly is told, and files elsewhere are not read', async t => {
  const { call } = await connected(t);
  const wrong: readonly (readonly [name: string, args: Record<string, unknown>, message: RegExp])[] = [
    ['compress', {}, /either path or text/],
    ['compress', { path: 'missing.txt' }, /missing\.txt/],
    ['compress', { path: '../../etc/hostname' }, /file of the folder/],
    ['compress', { path: 'link.txt' }, /file of the folder/],
    ['compress', { path: '.' }, /file of the folder/],
    ['compress', { text: 'x', model: 'no-such-model' }, /no-such-model/],
    ['read_page', { document: 'd7', page: 1 }, /no document "d7"; compress one first/],
    ['expand', { document: 'd7' }, /no document/],
    ['draw', {}, /no tool "draw"/],
  ];
  for (const [name, args, message] of wrong) {
    const answer = await call(name, args);
    assert.equal(answer.isError, true, name);
    assert.match(textOf(answer), message);
  }
});
