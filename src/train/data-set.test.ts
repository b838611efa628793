/** Data sets as they come: whole ones are read, broken ones are told by file and line. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GlyphError } from '../base/index.ts';
import { readerPresets } from '../reader/index.ts';
import { checkData } from './check-data.ts';
import { isQuestion, readDataSet } from './data-set.ts';
import { alwaysYes, builtData, dataFiles, type Files, handMadeData } from './test/tiny-data.ts';

const read = (files: Files) => readDataSet(dataFiles(files));

/** The data set with another manifest. */
function withManifest(files: Files, change: (manifest: Record<string, unknown>) => object): Files {
  const manifest = JSON.parse(new TextDecoder().decode(files.get('manifest.json')));
  return new Map([...files, ['manifest.json', new TextEncoder().encode(JSON.stringify(change(manifest)))]]);
}

const refused = async (files: Promise<Files> | Files, message: RegExp) =>
  assert.rejects(
    async () => await read(await files),
    (error: unknown) => error instanceof GlyphError && error.kind === 'input' && message.test(error.message),
    String(message),
  );

test('what `glyph data` builds is read, with its pages, stage and name', async () => {
  const files = await builtData('rl', 8);
  const data = await read(files);
  assert.deepEqual([data.rows.length, data.stage, data.hash.length], [8, 'rl', 16]);
  assert.ok(data.rows.every(isQuestion));
  assert.ok(data.rows.every(({ images }) => images.every(path => files.has(path))));
  checkData(data, 'rl', readerPresets.tiny);
});

test('a folder that is no finished data set is told so', async () => {
  const files = await alwaysYes();
  await refused(new Map(), /manifest\.json, which a finished `glyph data` leaves, got none/);
  await refused(new Map([['manifest.json', new Uint8Array([0x7b])]]), /JSON in manifest\.json/);
  await refused(
    withManifest(files, () => ({ formatVersion: 1 })),
    /at dataSet of manifest\.json, got undefined/,
  );
  const shards = [{ shard: 'train-00000', file: 'train/00000.tar' }];
  await refused(
    withManifest(files, manifest => ({ ...manifest, format: 'webdataset', shards })),
    /rows in JSONL, got webdataset/,
  );
  const lost = new Map(files);
  lost.delete('train/00000.jsonl');
  await refused(lost, /train\/00000\.jsonl, got none/);
  await refused(handMadeData('rl', []), /at least one row/);
});

test('a broken row is told by file and line', async () => {
  const good = { id: 'a', task: 'needle', messages: [], images: [] };
  const asks = (content: string) => [{ role: 'user', content }];
  const bad = (row: object, message: RegExp) => refused(handMadeData('rl', [good, row]), message);
  await bad({ ...good, id: 7 }, /expected string at id of train\/00000\.jsonl:2, got 7/);
  await bad({ ...good, messages: [{ role: 'system', content: '' }] }, /role of train\/00000\.jsonl:2/);
  await bad({ ...good, reward: 'length' }, /at reward of train\/00000\.jsonl:2, got "length"/);
  await bad(
    { ...good, messages: asks('<image><image>'), images: ['a.png'] },
    /in train\/00000\.jsonl:2, got 2 of 1/,
  );
  await bad({ ...good, messages: asks('none'), images: ['a.png'] }, /in train\/00000\.jsonl:2, got 0 of 1/);
  for (const path of ['/etc/passwd', '../other/a.png', 'images/../../a.png', 'images\\..\\..\\a.png'])
    await bad(
      { ...good, messages: asks('<image>'), images: [path] },
      /images inside the data set in train\/00000\.jsonl:2/,
    );
  const cut = await handMadeData('rl', [good]);
  cut.set('train/00000.jsonl', new TextEncoder().encode(`${JSON.stringify(good)}\n{"id":`));
  await refused(cut, /JSON in train\/00000\.jsonl:2/);
});

test('data of another stage, or in another type than the reader was made for, is refused with what to build', async () => {
  const data = await read(await alwaysYes());
  const { tiny } = readerPresets;
  const pages = (change: object) => ({ ...data, pages: { ...(data.pages as object), ...change } });
  assert.throws(
    () => checkData(data, 'sft', tiny),
    /data of the stage sft, got rl.*glyph data sft --model embedded/,
  );
  assert.throws(
    () => checkData({ ...data, pages: 'mixture', model: 'glyph' }, 'rl', tiny),
    /got a mixture for glyph/,
  );
  checkData({ ...data, pages: 'mixture' }, 'rl', tiny);
  assert.throws(() => checkData(pages({ lineHeight: 10 }), 'rl', tiny), /pages with lineHeight 12, got 10/);
  assert.throws(
    () => checkData(pages({ fontFamily: 'Verdana' }), 'rl', tiny),
    /"DejaVu Sans Mono", got "Verdana"/,
  );
  assert.throws(
    () => checkData(pages({ pageSize: [640, 768] }), 'rl', tiny),
    /256 x 192 px, got 588 x 768.*--page-size 279,192/,
  );
  assert.throws(() => checkData(pages({ pageSize: 7 }), 'rl', tiny), /256 x 192 px/);
  checkData(pages({ pageSize: [128, 192], keyOfLaterVersions: 1 }), 'rl', tiny);
  checkData(pages({ fontSize: 11, horizontalScale: 0.9, pageSize: [280, 192] }), 'rl', tiny);
});
