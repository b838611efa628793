import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createRandom, GlyphError } from '../base/index.ts';
import { createMemory, type Memory, type MemoryStore } from '../compress/memory/index.ts';
import { agentHistory, smallPages } from '../compress/memory/test/histories.ts';
import { loadFont } from './load-font.ts';
import { openMemoryFolder } from './memory-folder.ts';

async function openMemory(folder: string): Promise<Memory> {
  const store: MemoryStore = await openMemoryFolder(folder);
  return createMemory({ model: 'zai-org/Glyph', config: smallPages, recentTokens: 300, store, loadFont });
}

const history = agentHistory(400, 'killed');

/** In the child: goes on with the history, says which turns are confirmed, and is killed at some point. */
async function appendUntilKilled(folder: string): Promise<void> {
  const memory = await openMemory(folder);
  for (let i = memory.turns.length; i < history.length; i++) {
    await memory.append(history[i]!);
    process.stdout.write(`${i}\n`);
    if (i % 3 === 0) await memory.toMessages({ tokens: 50_000 });
  }
}

const folderOfChild = process.env['GLYPH_TEST_MEMORY'];
if (folderOfChild === undefined) defineTests();
else await appendUntilKilled(folderOfChild);

function defineTests(): void {
  const root = mkdtempSync(join(tmpdir(), 'glyph-memory-'));
  after(() => rmSync(root, { recursive: true }));

  test('a writer killed at any moment loses no confirmed turn', {
    skip: process.platform === 'win32',
  }, async () => {
    const folder = join(root, 'killed');
    const random = createRandom('moments');
    let confirmed = -1;
    for (let round = 0; round < 3; round++) {
      const enough = confirmed + random.integer(1, 40);
      const child = spawn(process.execPath, [...process.execArgv, fileURLToPath(import.meta.url)], {
        env: { ...process.env, GLYPH_TEST_MEMORY: folder },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const ended = new Promise<NodeJS.Signals | null>(resolve =>
        child.on('close', (_, signal) => resolve(signal)),
      );
      let text = '';
      for await (const piece of child.stdout) {
        text += String(piece);
        if (Number(text.trimEnd().split('\n').at(-1)) >= enough) child.kill('SIGKILL');
      }
      assert.equal(await ended, 'SIGKILL');
      confirmed = Number(text.slice(0, text.lastIndexOf('\n')).split('\n').at(-1));

      const memory = await openMemory(folder);
      assert.ok(memory.turns.length > confirmed, `${memory.turns.length} turns, ${confirmed + 1} confirmed`);
      assert.deepEqual(memory.turns, history.slice(0, memory.turns.length));
      await memory.toMessages({ tokens: 50_000 });
      await memory.close();
      confirmed = memory.turns.length - 1;
    }
    assert.ok(confirmed > 10);
    const pagesOf = (path: string) =>
      readdirSync(join(path, 'pages'))
        .sort()
        .map(name => [name, readFileSync(join(path, 'pages', name), 'base64')]);
    const rebuilt = join(root, 'rebuilt');
    mkdirSync(rebuilt);
    writeFileSync(join(rebuilt, 'turns.jsonl'), readFileSync(join(folder, 'turns.jsonl')));
    await (await openMemory(rebuilt)).close();
    assert.deepEqual(pagesOf(folder), pagesOf(rebuilt));
    assert.equal(
      readdirSync(folder).some(name => name.endsWith('.lock')),
      false,
    );
  });

  test('one writer at a time; what a killed one left is no matter', async () => {
    const folder = join(root, 'locked');
    const locks = () => readdirSync(folder).filter(name => name.endsWith('.lock'));
    const first = await openMemory(folder);
    await assert.rejects(openMemory(folder), /expected no other writer, got one in this process/);
    await first.close();

    const running = join(folder, `writer-${process.ppid}.lock`);
    writeFileSync(running, '');
    await assert.rejects(
      openMemory(folder),
      (error: unknown) =>
        error instanceof GlyphError &&
        error.kind === 'io' &&
        error.hint!.includes(`writer-${process.ppid}.lock`),
    );
    assert.deepEqual(locks(), [`writer-${process.ppid}.lock`], 'the one that gave way leaves nothing');
    rmSync(running);

    // No system gives ids as large as this one; the other is an earlier process with our own id.
    writeFileSync(join(folder, 'writer-2147483646.lock'), '');
    writeFileSync(join(folder, `writer-${process.pid}.lock`), '');
    const second = await openMemory(folder);
    assert.deepEqual(locks(), [`writer-${process.pid}.lock`]);
    await second.close();
    assert.deepEqual(locks(), []);
  });

  test('bytes go where they belong', async () => {
    const folder = join(root, 'bytes');
    const store = await openMemoryFolder(folder);
    const bytes = (text: string) => Buffer.from(text);
    assert.equal(await store.read('log'), undefined);
    assert.deepEqual(await store.list('pages'), []);
    await store.append('log', 0, bytes('one\ntwo'));
    await store.append('log', 4, bytes('2'));
    assert.equal(readFileSync(join(folder, 'log'), 'utf8'), 'one\n2');
    await assert.rejects(
      store.append('log', 9, bytes('x')),
      /append to .*log": .*4 bytes shorter than before/,
    );
    await store.write('pages/a.png', bytes('a'));
    assert.deepEqual(await store.list('pages'), ['a.png']);
    assert.deepEqual(await store.read('pages/a.png'), bytes('a'));
    await store.remove('pages/a.png');
    await store.remove('pages/a.png');
    assert.deepEqual(await store.list('pages'), []);
  });

  test('no name leads out of the folder', async () => {
    const folder = join(root, 'inside');
    const outside = join(root, 'outside');
    mkdirSync(outside);
    const store = await openMemoryFolder(folder);
    for (const name of ['../x', '/etc/x', 'a/../../x', 'a\\b', '', '.', 'a//b', 'c:x', 'a\0']) {
      await assert.rejects(store.write(name, Buffer.from('x')), /stays inside its folder/, name);
      await assert.rejects(store.read(name), /stays inside its folder/, name);
    }
    symlinkSync(outside, join(folder, 'pages'));
    await assert.rejects(store.write('pages/x', Buffer.from('x')), /stays inside its folder/);
    assert.equal(existsSync(join(outside, 'x')), false);
  });

  test('what stands in the way is told', async () => {
    const file = join(root, 'file');
    writeFileSync(file, '');
    await assert.rejects(openMemoryFolder(file), /open the folder .*file": expected a folder to write to/);
    await assert.rejects(openMemoryFolder(join(file, 'below')), /expected a folder to write to/);
    await openMemoryFolder(join(root, 'made', 'with', 'parents'));
    assert.ok(existsSync(join(root, 'made', 'with', 'parents')));
    const folder = join(root, 'blocked');
    mkdirSync(join(folder, 'turns.jsonl'), { recursive: true });
    const isIo = (error: unknown) => error instanceof GlyphError && error.kind === 'io';
    await assert.rejects(openMemory(folder), isIo);
    assert.equal(
      readdirSync(folder).some(name => name.endsWith('.lock')),
      false,
      'a memory that did not open holds no lock',
    );
  });
}
