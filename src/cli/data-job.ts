/** A worker's part of building a data set, as plain data: it is done in this thread or handed to another. */
import {
  buildShards,
  type Corpus,
  type DataEvent,
  type DataManifest,
  type DataSettings,
  type FormatName,
  openBuilder,
  openCorpus,
  type Split,
} from '../data/index.ts';
import { generator, type InputOptions, loadFont, openCorpusFiles, openShardFolder } from '../node/index.ts';

export interface DataJob {
  readonly settings: DataSettings;
  readonly format: FormatName;
  /** A file, a folder or a glob. */
  readonly corpus: string;
  readonly input: Pick<InputOptions, 'encoding' | 'invalid' | 'gitignore' | 'exclude'>;
  readonly out: string;
  readonly share: { readonly part: number; readonly of: number };
}

export interface CorpusFacts {
  readonly documents: Readonly<Record<Split, number>>;
  readonly skipped: Corpus['skipped'];
  readonly nearDuplicates: number;
  /** Examples to build, of the whole data set. */
  readonly counts: Readonly<Record<Split, number>>;
}

export type DataJobEvent =
  | DataEvent
  /** `part` of the corpus is read, 0 to 1. */
  | { readonly type: 'corpus-read'; readonly part: number }
  | { readonly type: 'corpus-opened'; readonly facts: CorpusFacts };

export interface JobOptions {
  readonly signal: AbortSignal;
  readonly onEvent: (event: DataJobEvent) => void;
}

/** @returns the manifest where the data set is complete. Errors as `openCorpus` and `buildShards`. */
export async function runDataJob(job: DataJob, options: JobOptions): Promise<DataManifest | undefined> {
  const { settings, format, share } = job;
  return await withCorpus(job, options, async corpus => {
    const store = await openShardFolder(job.out);
    const dataSet = { settings, format, corpus, generator: generator() };
    return await buildShards(dataSet, { store, share, loadFont, ...options });
  });
}

/** Opens the corpus for as long as `work` takes. */
export async function withCorpus<T>(
  { settings, corpus: input, input: inputOptions }: DataJob,
  { signal, onEvent }: JobOptions,
  work: (corpus: Corpus) => Promise<T>,
): Promise<T> {
  const opened = await openCorpusFiles(input, { ...inputOptions, signal });
  try {
    const corpus = await openCorpus(opened.files, {
      valShare: settings.valShare,
      signal,
      onProgress: (read, all) => onEvent({ type: 'corpus-read', part: all === 0 ? 1 : read / all }),
    });
    const { counts } = await openBuilder(settings, corpus, { loadFont });
    onEvent({ type: 'corpus-opened', facts: factsOf(corpus, counts) });
    return await work(corpus);
  } finally {
    await opened.close();
  }
}

function factsOf({ documents, skipped }: Corpus, counts: CorpusFacts['counts']): CorpusFacts {
  const count = (split: Split) => documents.filter(document => document.split === split).length;
  return {
    documents: { train: count('train'), val: count('val') },
    skipped,
    nearDuplicates: documents.filter(document => document.nearDuplicateOf !== undefined).length,
    counts,
  };
}
