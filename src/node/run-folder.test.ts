import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openRunFolder } from './run-folder.ts';

let parent = '';
before(() => {
  parent = mkdtempSync(join(tmpdir(), 'glyph-run-'));
});
after(() => rmSync(parent, { recursive: true }));

test('lines stand whole and in the order they were added, and files are written over and removed', async () => {
  const folder = await openRunFolder(join(parent, 'a', 'b'), 'create');
  assert.equal(await folder.read('lines.jsonl'), undefined);
  const lines = Array.from({ length: 50 }, (_, i) => `line ${i} ${'x'.repeat(3000)}`);
  await Promise.all(lines.map(line => folder.append('lines.jsonl', line)));
  assert.equal(await folder.read('lines.jsonl'), `${lines.join('\n')}\n`);
  await folder.write('lines.jsonl', 'mended\n');
  await folder.append('lines.jsonl', 'next');
  assert.equal(await folder.read('lines.jsonl'), 'mended\nnext\n', 'added to the file that took its place');
  await folder.write('pages/1.png', Uint8Array.of(1, 2));
  assert.deepEqual([...(await folder.readBytes('pages/1.png'))!], [1, 2]);
  await folder.remove('lines.jsonl');
  await folder.remove('lines.jsonl');
  assert.equal(await folder.read('lines.jsonl'), undefined);
  await folder.close();
  assert.deepEqual(readdirSync(join(parent, 'a', 'b')), ['pages'], 'neither locks nor temporary files stay');
});

test('one writer at a time; readers come and go', async () => {
  const path = join(parent, 'locked');
  const first = await openRunFolder(path, 'create');
  await first.write('run.json', '{}');
  await assert.rejects(openRunFolder(path, 'write'), /open the run in ".*locked": expected no other writer/);
  const reader = await openRunFolder(path, 'read');
  assert.equal(await reader.read('run.json'), '{}');
  await first.close();
  await (await openRunFolder(path, 'write')).close();
});

test('a folder that is not there is made only for a new run', async () => {
  const path = join(parent, 'missing');
  await assert.rejects(openRunFolder(path, 'write'), /open the run in .*nothing there \(ENOENT\)/);
  assert.ok(!readdirSync(parent).includes('missing'));
});

test('a failed addition is reported and does not hold up the next', async () => {
  const folder = await openRunFolder(join(parent, 'failing'), 'create');
  await assert.rejects(folder.append('no/such/folder.jsonl', 'x'), /add to ".*folder.jsonl": expected room/);
  await folder.append('fine.jsonl', 'y');
  assert.equal(await folder.read('fine.jsonl'), 'y\n');
  await folder.close();
});
