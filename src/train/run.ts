/**
 * A training run: steps one after the other, a line of metrics each, and now and then a checkpoint from which the same
 * steps go on after a kill, bit for bit. What a step does is the stage's; everything it needs follows from the state and
 * the step's number.
 */
import * as v from 'valibot';
import { GlyphError, throwIfAborted } from '../base/index.ts';
import { readSafetensors, type State, writeSafetensors } from '../graph/index.ts';
import { writeCheckpoint } from '../reader/index.ts';
import { curvesSvg } from './curves.ts';
import type { ReaderKind } from './material.ts';

/** The run's folder. A folder on disk has this shape. */
export interface RunStore {
  read(name: string): Promise<string | undefined>;
  readBytes(name: string): Promise<Uint8Array | undefined>;
  append(name: string, line: string): Promise<void>;
  /** Appears whole or not at all. */
  write(name: string, content: string | Uint8Array): Promise<void>;
}

/** Numbers of one step, by name, e.g. `loss`; `tokens` counts what the step went through. */
export type Metrics = Readonly<Record<string, number>>;

/** A stage opened on a state, which its steps change. */
export interface OpenedStage {
  readonly steps: number;
  /** Of the step with this number, from 0. */
  run(step: number): Promise<Metrics>;
  close(): Promise<void>;
}

export type TrainEvent =
  | { readonly type: 'run-resumed'; readonly step: number; readonly steps: number }
  | {
      readonly type: 'step-done';
      /** Steps done, of all. */
      readonly step: number;
      readonly steps: number;
      readonly metrics: Metrics;
      readonly ms: number;
    }
  | { readonly type: 'checkpoint-written'; readonly step: number };

export interface RunOptions {
  readonly store: RunStore;
  /** Everything that decides the result; a run goes on only with the same. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Config and vocabulary of what is trained; its tensors are the state. */
  readonly kind: ReaderKind;
  /** Of the reader it leaves. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Values to begin with, not needed where a checkpoint is found. */
  readonly start: () => State;
  readonly open: (state: State) => Promise<OpenedStage>;
  /** Steps from one checkpoint to the next, e.g. 200. */
  readonly checkpointEvery: number;
  readonly now: () => number;
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: TrainEvent) => void) | undefined;
}

const names = {
  settings: 'config.json',
  metrics: 'metrics.jsonl',
  state: 'state.safetensors',
  curves: 'curves.svg',
  manifest: 'manifest.json',
} as const;

/** Whether steps were done in this store, so that what it holds belongs to a run that goes on. */
export const hasBegun = async (store: RunStore): Promise<boolean> =>
  ((await store.read(names.metrics)) ?? '') !== '';

/**
 * Trains to the end, or on from where a run in this store stopped.
 * @returns how many steps the run has
 * @throws GlyphError kind `config` where the store holds another run or numbers run away, `aborted` after a checkpoint
 * was written
 */
export async function runStage(options: RunOptions): Promise<number> {
  const { store, kind, metadata, signal, onEvent, now, checkpointEvery } = options;
  const found = await resume(options);
  const state = found?.state ?? options.start();
  const stage = await options.open(state);
  const lines = found?.lines ?? [];
  let step = found?.step ?? 0;
  if (found !== undefined) onEvent?.({ type: 'run-resumed', step, steps: stage.steps });

  async function save(): Promise<void> {
    await store.write(
      names.state,
      writeSafetensors(state, { dtype: 'F32', metadata: { step: String(step) } }),
    );
    await store.write(names.curves, curvesSvg(lines));
    onEvent?.({ type: 'checkpoint-written', step });
  }

  let saved = step;
  try {
    while (step < stage.steps) {
      if (signal?.aborted === true && step > saved) await save();
      throwIfAborted(signal, 'train the reader');
      const startMs = now();
      const metrics = await stage.run(step);
      const ms = now() - startMs;
      step++;
      checkNumbers(metrics, step);
      const line = { step, ms: Math.round(ms), ...metrics };
      lines.push(line);
      await store.append(names.metrics, JSON.stringify(line));
      onEvent?.({ type: 'step-done', step, steps: stage.steps, metrics, ms });
      if (step % checkpointEvery === 0 || step === stage.steps) {
        await save();
        saved = step;
      }
    }
  } finally {
    await stage.close();
  }
  const checkpoint = { ...kind, tensors: state, metadata: { ...metadata, step: String(step) } };
  for (const [name, content] of Object.entries(writeCheckpoint(checkpoint, 'F16')))
    await store.write(`model/${name}`, content);
  await store.write(names.manifest, `${JSON.stringify({ steps: step, last: lines.at(-1) }, undefined, 2)}\n`);
  return step;
}

/** What was learnt up to the last checkpoint is worth keeping. */
function checkNumbers(metrics: Metrics, step: number): void {
  const wild = Object.entries(metrics).find(([, value]) => !Number.isFinite(value));
  if (wild === undefined) return;
  throw new GlyphError({
    kind: 'config',
    operation: `train step ${step}`,
    expected: 'finite numbers',
    actual: wild.join(' '),
    hint: 'begin again in another folder with a lower learning rate',
  });
}

interface Resumed {
  readonly state: State;
  readonly step: number;
  /** Metrics up to that step. */
  readonly lines: Metrics[];
}

/** Undefined for a store without a checkpoint, which then begins anew. */
async function resume({ store, settings }: RunOptions): Promise<Resumed | undefined> {
  const text = `${JSON.stringify(settings, undefined, 2)}\n`;
  const before = await store.read(names.settings);
  const bytes = await store.readBytes(names.state);
  const metrics = (await store.read(names.metrics)) ?? '';
  const isBegun = bytes !== undefined || metrics !== '';
  if (before === undefined && (await store.read(names.manifest)) !== undefined) throw notOfARun();
  if (before !== undefined && before !== text && (isBegun || !isRunConfig(before)))
    throw otherRun(before, text);
  if (before !== text) await store.write(names.settings, text);
  if (bytes === undefined) {
    if (metrics !== '') await store.write(names.metrics, '');
    return undefined;
  }
  const { tensors, metadata } = readSafetensors(bytes);
  const step = Number(metadata['step']);
  const lines = metrics
    .split('\n')
    .flatMap(parseLine)
    .filter(line => line['step']! <= step);
  await store.write(names.metrics, lines.map(line => `${JSON.stringify(line)}\n`).join(''));
  return { state: new Map(tensors), step, lines };
}

const lineSchema = v.intersect([v.object({ step: v.number() }), v.record(v.string(), v.number())]);

/** A line that a kill cut off is none. */
function parseLine(line: string): Metrics[] {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), lineSchema), line);
  return parsed.success ? [parsed.output] : [];
}

const configSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ formatVersion: v.number(), settings: v.unknown() }),
);

const isRunConfig = (text: string): boolean => v.safeParse(configSchema, text).success;

const notOfARun = () =>
  new GlyphError({
    kind: 'config',
    operation: 'begin a training run',
    expected: 'an empty folder or that of a run',
    actual: 'a manifest.json of something else',
    hint: 'give the run a folder of its own',
  });

function otherRun(before: string, now: string): GlyphError {
  const [was, is] = [before, now].map(text => text.split('\n')) as [string[], string[]];
  const at = is.findIndex((line, i) => line !== was[i]);
  return new GlyphError({
    kind: 'config',
    operation: 'go on with a training run',
    expected: `its settings: ${lineText(was[at])}`,
    actual: lineText(is[at]),
    hint: 'give the settings it began with, or another folder',
  });
}

/** A line of JSON as it reads alone. */
const lineText = (line = 'no more') => line.trim().replace(/,$/, '');
