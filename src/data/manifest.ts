/**
 * What is said about a data set: a summary ends each shard, `documents.jsonl` says what became of each file of the
 * corpus, and the manifest, written last, says that all is there. None of them depends on who built which shard.
 */
import { sha256Hex } from '../base/index.ts';
import type { FailedExample } from './builder.ts';
import type { Corpus } from './corpus.ts';
import { drawnConfig, portableConfig, portableHash } from './drawn-config.ts';
import type { Example } from './example.ts';
import type { FormatName } from './formats.ts';
import type { DataSettings } from './settings.ts';
import type { Split } from './split.ts';

/** What a shard, a split or a whole data set comes to. */
export interface Totals {
  examples: number;
  pages: number;
  imageBytes: number;
  textTokens: number;
  visionTokens: number;
  failed: number;
  /** Examples by task. */
  tasks: Record<string, number>;
}

export const createTotals = (): Totals => ({
  examples: 0,
  pages: 0,
  imageBytes: 0,
  textTokens: 0,
  visionTokens: 0,
  failed: 0,
  tasks: {},
});

export function addExample(totals: Totals, { task, pages, textTokens, visionTokens }: Example): void {
  totals.examples++;
  totals.pages += pages.length;
  totals.imageBytes += pages.reduce((sum, page) => sum + page.png.length, 0);
  totals.textTokens += textTokens;
  totals.visionTokens += visionTokens;
  totals.tasks[task] = (totals.tasks[task] ?? 0) + 1;
}

export function addTotals(sum: Totals, other: Totals): void {
  sum.examples += other.examples;
  sum.pages += other.pages;
  sum.imageBytes += other.imageBytes;
  sum.textTokens += other.textTokens;
  sum.visionTokens += other.visionTokens;
  sum.failed += other.failed;
  for (const [task, count] of Object.entries(other.tasks)) {
    sum.tasks[task] = (sum.tasks[task] ?? 0) + count;
  }
}

/** In `shards/`, one for each shard; its presence says that the shard is complete. */
export interface ShardSummary {
  /** Names settings, corpus, format and program: shards of one data set have the same. */
  readonly dataSet: string;
  readonly shard: string;
  /** The file of rows, or the tar. */
  readonly file: string;
  readonly byteLength: number;
  readonly sha256: string;
  readonly totals: Totals;
  readonly failures: readonly FailedExample[];
}

export interface Generator {
  readonly name: string;
  readonly version: string;
}

/** What a data set is made of. */
export interface DataSet {
  readonly settings: DataSettings;
  readonly format: FormatName;
  readonly corpus: Corpus;
  readonly generator: Generator;
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

/** Of the config that all pages are drawn with, or "mixture". */
const pagesName = ({ pages }: DataSettings): string =>
  pages === 'mixture' ? pages : portableHash(drawnConfig(pages));

/** 16 hex digits. */
export function dataSetHash({ settings, format, corpus, generator }: DataSet): string {
  const documents = corpus.documents.map(({ name, sha256, split }) => [name, sha256, split]);
  const tasks = Object.entries(settings.tasks).sort(byName);
  const others = Object.entries({ ...settings, pages: pagesName(settings), tasks }).sort(byName);
  return sha256Hex(JSON.stringify([generator, format, others, documents])).slice(0, 16);
}

/** A line for each file: used, in which split, or why not. */
export function documentLines({ documents, skipped }: Corpus): string {
  const used = documents.map(({ name, sha256, byteLength, length, split, nearDuplicateOf }) => ({
    name,
    sha256,
    byteLength,
    characters: length,
    split,
    ...(nearDuplicateOf === undefined ? {} : { nearDuplicateOf }),
  }));
  return [...used, ...skipped].map(line => `${JSON.stringify(line)}\n`).join('');
}

export interface DataManifest {
  readonly formatVersion: 1;
  readonly generator: Generator;
  readonly dataSet: string;
  readonly format: FormatName;
  readonly settings: DataSettings;
  /** Of the config all pages are drawn with, or "mixture". */
  readonly configHash: string;
  readonly tokenizer: string;
  readonly splits: Readonly<Partial<Record<Split, Totals>>>;
  readonly shards: readonly Pick<ShardSummary, 'shard' | 'file' | 'byteLength' | 'sha256'>[];
  readonly corpus: {
    readonly documents: number;
    readonly skipped: number;
    readonly nearDuplicates: number;
    /** Of `documents.jsonl`. */
    readonly sha256: string;
  };
}

export function createManifest(dataSet: DataSet, summaries: readonly ShardSummary[]): DataManifest {
  const { settings, format, corpus, generator } = dataSet;
  const splits: Partial<Record<Split, Totals>> = {};
  for (const { shard, totals } of summaries) {
    const split = shard.startsWith('val') ? 'val' : 'train';
    splits[split] ??= createTotals();
    addTotals(splits[split], totals);
  }
  return {
    formatVersion: 1,
    generator,
    dataSet: dataSetHash(dataSet),
    format,
    settings: {
      ...settings,
      pages: settings.pages === 'mixture' ? settings.pages : portableConfig(drawnConfig(settings.pages)),
    },
    configHash: pagesName(settings),
    tokenizer: 'o200k_base',
    splits,
    shards: summaries.map(({ shard, file, byteLength, sha256 }) => ({ shard, file, byteLength, sha256 })),
    corpus: {
      documents: corpus.documents.length,
      skipped: corpus.skipped.length,
      nearDuplicates: corpus.documents.filter(document => document.nearDuplicateOf !== undefined).length,
      sha256: sha256Hex(documentLines(corpus)),
    },
  };
}
