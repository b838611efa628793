/** For tests: stages of the tiny preset run from start to end in memory. */
import * as runtime from 'onnxruntime-node';
import { type ReaderCheckpoint, readCheckpoint } from '../../reader/index.ts';
import { trainPresets } from '../presets.ts';
import type { Metrics } from '../run.ts';
import { type StageSettings, type TrainOptions, train } from '../train.ts';
import { createMemoryRun, type MemoryRun } from './memory-run.ts';
import { dataFiles, type Files } from './tiny-data.ts';

const { tiny } = trainPresets;

export const settingsOf = {
  pretrain: { stage: 'pretrain', seed: '1', ...tiny.pretrain },
  sft: { stage: 'sft', seed: '1', ...tiny.sft },
  rl: { stage: 'rl', seed: '1', ...tiny.rl },
} as const satisfies Record<string, StageSettings>;

export interface TinyRun {
  readonly settings: StageSettings;
  readonly data: Files;
  readonly from?: ReaderCheckpoint | undefined;
}

/** Options beside those of the run are the tiny preset's. */
export function runTiny({ data, ...run }: TinyRun, store: MemoryRun, more: Partial<TrainOptions> = {}) {
  const common = { preset: tiny, compute: { runtime }, checkpointEvery: 1000, now: () => 0 };
  return train({ ...common, ...run, data: dataFiles(data), store, ...more });
}

export async function finished(run: TinyRun): Promise<MemoryRun> {
  const store = createMemoryRun();
  await runTiny(run, store);
  return store;
}

/** A line a step. */
export async function metricsOf(store: MemoryRun): Promise<readonly Metrics[]> {
  const lines = (await store.read('metrics.jsonl'))!.trim().split('\n');
  return lines.map(line => JSON.parse(line) as Metrics);
}

/** The reader that a finished run left. */
export async function readerOf(store: MemoryRun): Promise<ReaderCheckpoint> {
  return readCheckpoint({
    'config.json': (await store.read('model/config.json'))!,
    'vocabulary.json': (await store.read('model/vocabulary.json'))!,
    'model.safetensors': (await store.readBytes('model/model.safetensors'))!,
  });
}
