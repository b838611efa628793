/**
 * The embedded reader from its folder: the package's own (`models/reader`) or another with the same three files. It runs
 * on `onnxruntime-node`, which is loaded only here.
 */
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { GlyphError } from '../base/index.ts';
import type { OnnxRuntime } from '../graph/index.ts';
import type { Reader, ReaderCheckpoint } from '../reader/index.ts';
import { readModelFolder } from './read-model-folder.ts';

export interface OpenReaderOptions {
  /** All the machine's, at most four, unless given. */
  readonly threads?: number | undefined;
  /** In order of preference, e.g. `['cuda', 'cpu']`; the CPU unless given. */
  readonly executionProviders?: readonly string[] | undefined;
}

/** Two folders up both in the source tree and once built. */
const packageFolder = () => fileURLToPath(new URL('../../models/reader', import.meta.url));

/** More of them wait for each other longer than they help with layers as small as the reader's. */
const mostThreads = 4;

/**
 * @param folder as `readModelFolder` takes it; the package's own unless given
 * @throws GlyphError kind `io` for files that are missing or a run-time that is not installed, else as `readCheckpoint`
 */
export async function openReader(folder?: string, options: OpenReaderOptions = {}): Promise<Reader> {
  const { threads = Math.min(mostThreads, availableParallelism()), executionProviders } = options;
  const checkpoint = await readCheckpointIn(folder ?? packageFolder());
  const runtime = await loadOnnxRuntime();
  const { createReader } = await import('../reader/index.ts'); // not loaded where no reader is asked
  return createReader({
    checkpoint,
    runtime,
    threads,
    ...(folder === undefined ? {} : { name: folder }),
    ...(executionProviders === undefined ? {} : { executionProviders }),
  });
}

async function readCheckpointIn(folder: string): Promise<ReaderCheckpoint> {
  try {
    return await readModelFolder(folder);
  } catch (error) {
    if (!(error instanceof GlyphError) || error.kind !== 'io') throw error;
    const { kind, operation, expected, actual } = error;
    const hint =
      'name the folder of a trained reader, --model embedded:FOLDER, or another model with --model';
    throw new GlyphError({ kind, operation, expected, actual, hint, cause: error });
  }
}

/** @throws GlyphError kind `io` where it is not installed */
export async function loadOnnxRuntime(): Promise<OnnxRuntime> {
  try {
    return await import('onnxruntime-node');
  } catch (cause) {
    throw new GlyphError({
      kind: 'io',
      operation: 'open the embedded reader',
      expected: 'the package onnxruntime-node, which runs it',
      actual: cause instanceof Error ? cause.message.split('\n', 1)[0]! : String(cause),
      hint: '`npm install onnxruntime-node`, or choose another model with --model',
      cause,
    });
  }
}
