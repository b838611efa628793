/**
 * A data set as shards of a fixed number of examples. Shards do not depend on each other, nor on how they are shared
 * out among workers: any sharing gives the same files, byte for byte. A shard is there once its summary is; whoever
 * finds all of them there writes the manifest.
 */
import * as v from 'valibot';
import { GlyphError, throwIfAborted } from '../base/index.ts';
import { type Builder, type FailedExample, openBuilder } from './builder.ts';
import type { DrawContext } from './draw.ts';
import type { Example } from './example.ts';
import { assertFormat, formats, plainRow } from './formats.ts';
import {
  addExample,
  createManifest,
  createTotals,
  type DataManifest,
  type DataSet,
  dataSetHash,
  documentLines,
  type ShardSummary,
  type Totals,
} from './manifest.ts';
import type { Split } from './split.ts';
import type { DataStore, ShardFiles } from './store.ts';
import { tarEnd, tarEntry } from './tar.ts';

export type DataEvent =
  | { readonly type: 'shard-found'; readonly shard: string; readonly totals: Totals }
  | { readonly type: 'example-built'; readonly shard: string; readonly pages: number }
  | { readonly type: 'shard-built'; readonly shard: string; readonly totals: Totals };

export interface BuildOptions extends Pick<DrawContext, 'loadFont'> {
  readonly store: DataStore;
  /** Builds each `of`-th shard from `part` on; all of them unless given. */
  readonly share?: { readonly part: number; readonly of: number };
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: DataEvent) => void) | undefined;
}

export interface PlannedShard {
  /** e.g. "train-00012" */
  readonly name: string;
  readonly split: Split;
  readonly number: number;
  /** Of its first example, in the split. */
  readonly first: number;
  readonly count: number;
}

export const manifestName = 'manifest.json';

/** The shards of a data set, training first. */
export function planShards(counts: Builder['counts'], shardSize: number): PlannedShard[] {
  return (['train', 'val'] as const).flatMap(split =>
    Array.from({ length: Math.ceil(counts[split] / shardSize) }, (_, number) => ({
      name: `${split}-${padded(number)}`,
      split,
      number,
      first: number * shardSize,
      count: Math.min(shardSize, counts[split] - number * shardSize),
    })),
  );
}

const padded = (number: number) => String(number).padStart(5, '0');
const summaryPath = (shard: string) => `shards/${shard}.json`;

/**
 * Builds this worker's shards that are not there yet.
 * @returns the manifest where all shards of the data set are there, whoever built them; else undefined
 * @throws GlyphError kind `config` where the store holds another data set, `io`, `aborted`
 */
export async function buildShards(
  dataSet: DataSet,
  options: BuildOptions,
): Promise<DataManifest | undefined> {
  const { settings, format, corpus } = dataSet;
  const { store, share = { part: 0, of: 1 }, onEvent, signal } = options;
  assertFormat(format, settings.stage);
  const builder = await openBuilder(settings, corpus, options);
  const hash = dataSetHash(dataSet);
  const shards = planShards(builder.counts, settings.shardSize);
  for (const [i, shard] of shards.entries()) {
    if (i % share.of !== share.part) continue;
    const found = await readSummary(store, shard.name, hash);
    if (found !== undefined) {
      onEvent?.({ type: 'shard-found', shard: shard.name, totals: found.totals });
      continue;
    }
    const files = await store.begin(shard.name);
    try {
      const totals = await buildShard({ shard, files, builder, format, hash, onEvent, signal });
      onEvent?.({ type: 'shard-built', shard: shard.name, totals });
    } finally {
      await files.drop();
    }
  }
  return await finish(dataSet, shards, store, hash);
}

async function finish(
  dataSet: DataSet,
  shards: readonly PlannedShard[],
  store: DataStore,
  hash: string,
): Promise<DataManifest | undefined> {
  const summaries: ShardSummary[] = [];
  for (const shard of shards) {
    const summary = await readSummary(store, shard.name, hash);
    if (summary === undefined) return undefined;
    summaries.push(summary);
  }
  const manifest = createManifest(dataSet, summaries);
  const splits = [...new Set(shards.map(shard => shard.split))];
  const beside = formats[dataSet.format].files?.(splits) ?? {};
  for (const [name, content] of Object.entries(beside)) await store.write(name, content);
  await store.write('documents.jsonl', documentLines(dataSet.corpus));
  await store.write(manifestName, `${JSON.stringify(manifest, undefined, 2)}\n`);
  return manifest;
}

interface ShardJob {
  readonly shard: PlannedShard;
  readonly files: ShardFiles;
  readonly builder: Builder;
  readonly format: DataSet['format'];
  readonly hash: string;
  readonly onEvent: BuildOptions['onEvent'];
  readonly signal: AbortSignal | undefined;
}

async function buildShard(job: ShardJob): Promise<Totals> {
  const { shard, files, builder, format, onEvent, signal } = job;
  const { container, shape } = formats[format];
  const toRow = (example: Example, paths: readonly string[]) => shape(plainRow(example, paths));
  const file = `${shard.split}/${padded(shard.number)}.${container}`;
  const images = `images/${shard.name}`;
  const totals = createTotals();
  const failures: FailedExample[] = [];
  await files.append(file, '');
  for (let index = shard.first; index < shard.first + shard.count; index++) {
    throwIfAborted(signal, 'build training data');
    const built = await builder.build(shard.split, index);
    if ('reason' in built) {
      failures.push(built);
      totals.failed++;
      continue;
    }
    const key = String(index).padStart(6, '0');
    if (container === 'tar') await addToTar(built, key);
    else await addToFolder(built, key);
    addExample(totals, built);
    onEvent?.({ type: 'example-built', shard: shard.name, pages: built.pages.length });
  }
  if (container === 'tar') await files.append(file, tarEnd);
  const facts = await files.facts(file);
  const summary: ShardSummary = { dataSet: job.hash, shard: shard.name, file, ...facts, totals, failures };
  await files.write(summaryPath(shard.name), `${JSON.stringify(summary)}\n`);
  const hasFolder = container === 'jsonl' && totals.pages > 0;
  await files.commit([...(hasFolder ? [images] : []), file, summaryPath(shard.name)]);
  return totals;

  async function addToFolder(example: Example, key: string): Promise<void> {
    const paths = example.pages.map((_, i) => `${images}/${key}-${i + 1}.png`);
    for (const [i, { png }] of example.pages.entries()) await files.write(paths[i]!, png);
    await files.append(file, `${JSON.stringify(toRow(example, paths))}\n`);
  }

  /** Files of one example share the name up to the first dot. */
  async function addToTar(example: Example, key: string): Promise<void> {
    const names = example.pages.map((_, i) => `${key}.${i + 1}.png`);
    const row = new TextEncoder().encode(JSON.stringify(toRow(example, names)));
    await files.append(file, tarEntry(`${key}.json`, row));
    for (const [i, { png }] of example.pages.entries()) await files.append(file, tarEntry(names[i]!, png));
  }
}

const totalsSchema = v.object({
  examples: v.number(),
  pages: v.number(),
  imageBytes: v.number(),
  textTokens: v.number(),
  visionTokens: v.number(),
  failed: v.number(),
  tasks: v.record(v.string(), v.number()),
});

const summarySchema = v.object({
  dataSet: v.string(),
  shard: v.string(),
  file: v.string(),
  byteLength: v.number(),
  sha256: v.string(),
  totals: totalsSchema,
  failures: v.array(v.object({ id: v.string(), reason: v.string() })),
});

/** Undefined where the shard is not complete. @throws GlyphError kind `config` for one of another data set */
async function readSummary(store: DataStore, shard: string, hash: string): Promise<ShardSummary | undefined> {
  const path = summaryPath(shard);
  const text = await store.read(path);
  if (text === undefined) return undefined;
  const summary = parseSummary(text);
  if (summary?.dataSet === hash) return summary;
  throw new GlyphError({
    kind: 'config',
    operation: `go on with ${path}`,
    expected: `a shard of the data set ${hash}, which these settings and this corpus give`,
    actual: summary === undefined ? 'something else' : `one of ${summary.dataSet}`,
    hint: 'give the settings it began with, or another folder',
  });
}

function parseSummary(text: string): ShardSummary | undefined {
  try {
    return v.parse(summarySchema, JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof v.ValiError) return undefined;
    throw error;
  }
}
