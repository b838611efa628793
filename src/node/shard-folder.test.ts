/** A data set's folder: shards appear whole, and what a killed writer left goes when the shard is begun again. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { sha256Of } from './png-file.ts';
import { openShardFolder } from './shard-folder.ts';

let folder = '';
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'glyph-shards-'));
});
after(() => rmSync(folder, { recursive: true }));

const everything = (path: string) => readdirSync(path, { recursive: true, encoding: 'utf8' }).sort();

test('files of a shard appear at once, in the order asked for, and replace what stood there', async () => {
  const path = join(folder, 'commit');
  const store = await openShardFolder(path);
  for (const content of ['old', 'new']) {
    const files = await store.begin('train-00000');
    await files.write(`images/train-00000/${content}.png`, Buffer.from(content));
    await files.append('train/00000.jsonl', `${content} `);
    await files.append('train/00000.jsonl', 'row\n');
    assert.ok(!everything(path).includes(join('train', '00000.jsonl')) || content === 'new');
    const row = Buffer.from(`${content} row\n`);
    assert.deepEqual(await files.facts('train/00000.jsonl'), { byteLength: 8, sha256: sha256Of(row) });
    await files.commit(['images/train-00000', 'train/00000.jsonl']);
    await files.drop();
  }
  assert.deepEqual(everything(path), [
    'images',
    join('images', 'train-00000'),
    join('images', 'train-00000', 'new.png'),
    'train',
    join('train', '00000.jsonl'),
  ]);
  assert.equal(await store.read('train/00000.jsonl'), 'new row\n');
  assert.equal(await store.read('train/00001.jsonl'), undefined);
});

test('what a killed writer left goes when its shard is begun again, others stay', async () => {
  const path = join(folder, 'killed');
  const store = await openShardFolder(path);
  const killed = await store.begin('train-00001');
  await killed.append('train/00001.jsonl', 'half');
  const other = await store.begin('train-00010');
  await other.append('train/00010.jsonl', 'row\n');
  const again = await store.begin('train-00001');
  assert.equal(readdirSync(path).length, 2);
  await assert.rejects(killed.write('images/x.png', 'late'), /write "images\/x\.png"/, 'its folder is gone');
  await other.commit(['train/00010.jsonl']);
  await other.drop();
  await again.drop();
  await killed.drop();
  assert.deepEqual(everything(path), ['train', join('train', '00010.jsonl')]);
});

test('a file is written whole, by two writers at once too', async () => {
  const path = join(folder, 'whole');
  const [one, two] = [await openShardFolder(path), await openShardFolder(path)];
  await Promise.all([one.write('manifest.json', 'same'), two.write('manifest.json', 'same')]);
  assert.deepEqual(everything(path), ['manifest.json']);
  assert.equal(readFileSync(join(path, 'manifest.json'), 'utf8'), 'same');
});

test('a folder that cannot be made says why', async () => {
  await assert.rejects(openShardFolder('/dev/null/x'), /make "\/dev\/null\/x": expected room and permission/);
});
