/** Shards: any sharing out and any kill lead to the same bytes; a data set is only gone on with as it began. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import fc from 'fast-check';
import { GlyphError, sha256Hex } from '../base/index.ts';
import { parseConfig } from '../config/index.ts';
import { loadFont } from '../node/load-font.ts';
import type { Corpus } from './corpus.ts';
import type { FormatName } from './formats.ts';
import type { DataManifest, DataSet } from './manifest.ts';
import { defaultSettings, tasksOf } from './settings.ts';
import { buildShards, planShards } from './shards.ts';
import { createMemoryStore, Killed, type MemoryStore } from './test/memory-store.ts';
import { english, memoryCorpus } from './test/texts.ts';

const generator = { name: 'glyph', version: '0.0.0-test' };
const pages = parseConfig({ pageSize: [260, 160] });

let corpus: Corpus;
let dataSet: DataSet;
let whole: MemoryStore;
before(async () => {
  corpus = await memoryCorpus({ 'train-a.txt': english(20_000), 'val-b.txt': english(9000, 'b') });
  const settings = {
    ...defaultSettings,
    stage: 'sft' as const,
    tasks: tasksOf('sft'),
    examples: 14,
    valShare: 0.3,
    shardSize: 4,
    maxTokens: 1200,
    maxPages: 2,
    pages,
  };
  dataSet = { settings, format: 'jsonl', corpus, generator };
  whole = createMemoryStore();
  await buildShards(dataSet, { store: whole, loadFont });
});

const hashes = ({ files }: MemoryStore) =>
  [...files].map(([path, bytes]) => `${path} ${sha256Hex(bytes)}`).sort();

test('shards are planned from counts alone', () => {
  assert.deepEqual(planShards({ train: 5, val: 1 }, 4), [
    { name: 'train-00000', split: 'train', number: 0, first: 0, count: 4 },
    { name: 'train-00001', split: 'train', number: 1, first: 4, count: 1 },
    { name: 'val-00000', split: 'val', number: 0, first: 0, count: 1 },
  ]);
});

test('any number of workers in any order build the bytes of one', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 2, max: 9 }), fc.nat(), async (of, turn) => {
      const store = createMemoryStore();
      let manifest: DataManifest | undefined;
      for (let i = 0; i < of; i++) {
        assert.equal(manifest, undefined, 'only the last worker finds all shards');
        const share = { part: (i + turn) % of, of };
        manifest = await buildShards(dataSet, { store, share, loadFont });
        if (store.files.has('manifest.json')) break;
      }
      assert.deepEqual(hashes(store), hashes(whole));
    }),
    { numRuns: 8 },
  );
});

test('killed anywhere, run again, it ends with the bytes of a run in one go', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 4 }), async kills => {
      const store = createMemoryStore();
      for (const left of kills) {
        store.left = left;
        const built = buildShards(dataSet, { store, loadFont });
        await built.catch(error => assert.ok(error instanceof Killed, String(error)));
      }
      store.left = Number.POSITIVE_INFINITY;
      const finished = [...store.files.keys()].filter(path => path.startsWith('shards/'));
      const found: string[] = [];
      await buildShards(dataSet, {
        store,
        loadFont,
        onEvent: event => {
          if (event.type === 'shard-found') found.push(`shards/${event.shard}.json`);
        },
      });
      assert.deepEqual(found.sort(), finished.sort(), 'finished shards are not built again');
      assert.deepEqual(hashes(store), hashes(whole));
    }),
    { numRuns: 20 },
  );
});

test('Ctrl-C ends between two examples', async () => {
  const controller = new AbortController();
  const store = createMemoryStore();
  const building = buildShards(dataSet, {
    store,
    loadFont,
    signal: controller.signal,
    onEvent: event => {
      if (event.type === 'example-built') controller.abort();
    },
  });
  await assert.rejects(building, (error: unknown) => error instanceof GlyphError && error.kind === 'aborted');
  assert.equal(store.files.size, 0);
});

test('rows name images that are there, and the manifest counts what is in the shards', async () => {
  const text = (path: string) => new TextDecoder().decode(whole.files.get(path));
  const manifest: DataManifest = JSON.parse(text('manifest.json'));
  assert.deepEqual([manifest.splits.train?.examples, manifest.splits.val?.examples], [14, 4]);
  let images = 0;
  for (const { file, sha256, byteLength } of manifest.shards) {
    assert.deepEqual(
      [sha256Hex(whole.files.get(file)!), whole.files.get(file)!.length],
      [sha256, byteLength],
    );
    const rows = text(file).trim().split('\n');
    const columns = new Set(rows.map(row => Object.keys(JSON.parse(row)).join()));
    assert.equal(columns.size, 1, 'every row has the same columns');
    for (const row of rows) {
      const { images: paths, messages } = JSON.parse(row);
      images += paths.length;
      assert.ok(paths.every((path: string) => whole.files.has(path)));
      assert.equal(messages[0].content.split('<image>').length - 1, paths.length);
    }
  }
  const pageFiles = [...whole.files.keys()].filter(path => path.endsWith('.png')).length;
  assert.equal(images, pageFiles, 'no page without a row');
  assert.equal((manifest.splits.train?.pages ?? 0) + (manifest.splits.val?.pages ?? 0), pageFiles);
  assert.match(
    text('documents.jsonl'),
    /^\{"name":"train-a\.txt","sha256":"[0-9a-f]{64}",.*"split":"train"\}\n/,
  );
});

test('a folder is gone on with only as it began', async () => {
  const store = createMemoryStore();
  await buildShards(dataSet, { store, loadFont });
  const changes: readonly Partial<DataSet>[] = [
    { settings: { ...dataSet.settings, seed: 'other' } },
    { settings: { ...dataSet.settings, pages: parseConfig({ fontSize: 8 }) } },
    { format: 'swift' },
    { corpus: await memoryCorpus({ 'train-a.txt': english(20_001), 'val-b.txt': english(9000, 'b') }) },
    { generator: { name: 'glyph', version: '0.0.1' } },
  ];
  for (const change of changes) {
    const building = buildShards({ ...dataSet, ...change }, { store, loadFont });
    await assert.rejects(building, /go on with shards\/train-00000\.json.*another folder/);
  }
});

test('what a font path is called does not matter, nor is it told', async () => {
  const fontPath = new URL('../../fonts/DejaVuSans.ttf', import.meta.url).pathname;
  const settings = {
    ...dataSet.settings,
    examples: 1,
    valShare: 0,
    pages: parseConfig({ ...pages, fontPath }),
  };
  const store = createMemoryStore();
  const manifest = await buildShards({ ...dataSet, settings }, { store, loadFont });
  assert.ok(manifest?.settings.pages !== 'mixture');
  assert.equal(manifest?.settings.pages.fontPath, 'DejaVuSans.ttf');
});

test('a small shard is pinned: its bytes change only with a commit that says why', async () => {
  const settings = {
    ...defaultSettings,
    stage: 'pretrain' as const,
    tasks: tasksOf('pretrain'),
    examples: 6,
    valShare: 0,
    pages: 'mixture' as const,
  };
  const store = createMemoryStore();
  await buildShards({ ...dataSet, settings }, { store, loadFont });
  const images = [...store.files.keys()].filter(path => path.endsWith('.png')).sort();
  const all = sha256Hex(
    ['train/00000.jsonl', ...images].map(path => sha256Hex(store.files.get(path)!)).join(),
  );
  assert.equal(all, 'a58d258987cbd95663b2d5150c643b2ac360d662c276e15b0b59b0057af50883');
});

test('an example that cannot be made is recorded, and the rest goes on', async () => {
  const mixed = await memoryCorpus({ 'train.txt': 'Marks: <image> and more of them. '.repeat(300) });
  const store = createMemoryStore();
  const manifest = await buildShards({ ...dataSet, corpus: mixed }, { store, loadFont });
  assert.deepEqual([manifest?.splits.train?.examples, manifest?.splits.train?.failed], [0, 14]);
  const summary = JSON.parse(new TextDecoder().decode(store.files.get('shards/train-00000.json')));
  assert.match(summary.failures[0].reason, /such as <image>/);
});

test('formats: engines that have no such stage are refused', async () => {
  const build = (format: FormatName) =>
    buildShards({ ...dataSet, format }, { store: createMemoryStore(), loadFont });
  await assert.rejects(build('verl'), /a stage that engine trains from pages: rl, got sft/);
  const store = createMemoryStore();
  await buildShards({ ...dataSet, format: 'llamafactory' }, { store, loadFont });
  const info = JSON.parse(new TextDecoder().decode(store.files.get('dataset_info.json')));
  assert.deepEqual(Object.keys(info), ['glyph_train', 'glyph_val']);
  assert.equal(info.glyph_train.file_name, 'train');
  const inFolder = [...store.files.keys()].filter(path => path.startsWith('train/'));
  assert.ok(
    inFolder.every(path => path.endsWith('.jsonl')),
    'nothing else lies in that folder',
  );
});
