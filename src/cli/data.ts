/** `glyph data`: training data for reading pages, from a folder of texts, on one machine or many. */
import { GlyphError } from '../base/index.ts';
import type { DataManifest } from '../data/index.ts';
import { type Arguments, type Command, exitCodes, hasFlag, type Terminal, textFlag } from './command.ts';
import { configGroups } from './config-flags.ts';
import { estimateData } from './data-estimate.ts';
import { dataGroups, jobFromFlags } from './data-flags.ts';
import { type DataJob, type JobOptions, runDataJob } from './data-job.ts';
import { writeLaunch } from './data-launch.ts';
import { noProgress, startDataProgress } from './data-progress.ts';
import { estimateText, manifestText } from './data-text.ts';
import { runInThread } from './data-thread.ts';
import { countFlag, inputGroup } from './input-flags.ts';

export const dataCommand: Command = {
  name: 'data',
  about: 'Builds training data from texts: pages with what is to be read, answered or written from them.',
  usage: 'pretrain|sft|rl --corpus PATH -o OUT [flags]',
  groups: [...dataGroups, inputGroup, ...configGroups],
  notes: [
    'pretrain: ocr (write out pages), interleaved (a text some of whose stretches are pages), generation (write what pages leave out), and by name only strings (write out strings that nobody can guess). sft and rl: needle, multi-key, multi-value, multi-query, key-value, counting, which-page, continuation, locate (the line of some words), and ocr by --ocr-share; sft answers think first and quote the lines they rest on, each after its mark, rl has the answer beside the question.',
    'OUT gets train/*.jsonl and val/*.jsonl with paths of images relative to OUT, images/, documents.jsonl and, last, manifest.json. Documents are divided between train and val by their hash, near duplicates together. The same command goes on after Ctrl-C or a kill; workers with --shards may share OUT or be gathered into one folder later.',
    'Formats: jsonl (messages and images), swift (the same for ms-swift, any stage), verl (rl; verl reads JSONL, run it from OUT), llamafactory (sft, with dataset_info.json), webdataset (tar).',
  ],
  examples: [
    ['glyph data pretrain --corpus books -o data/pretrain --examples 10000 --jobs 2', 'the paper’s mixture'],
    ['glyph data sft --corpus books -o data/sft --preset glyph-en', 'all pages in one style'],
    ['glyph data rl --corpus books -o data/rl --format verl --max-tokens 32000', 'for GRPO on verl'],
    [
      'glyph data pretrain --corpus books -o data/pretrain --shards 64 --shard $SLURM_ARRAY_TASK_ID',
      'one of 64',
    ],
    [
      'glyph data pretrain --corpus books -o read --tasks ocr --ocr-marks lines --preset embedded',
      'reading alone, line by line',
    ],
    [
      'glyph data pretrain --corpus books -o data/pretrain --launch slurm --shards 64 --jobs 8',
      'on 64 nodes: sbatch data/pretrain/launch.slurm.sh',
    ],
    ['glyph data pretrain --corpus books --dry-run', 'what it would come to'],
  ],
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  if (textFlag(args, 'launch') !== undefined) return await writeLaunch(args, terminal);
  const job = await jobFromFlags(args, terminal);
  const [isJson, isQuiet] = [hasFlag(args, 'json'), hasFlag(args, 'quiet')];
  const say = isJson || isQuiet ? () => {} : (text: string) => terminal.err(text);
  const progress = isQuiet ? noProgress : startDataProgress(job, terminal, say);
  const options = { signal: terminal.signal, onEvent: progress.show };
  try {
    const text = hasFlag(args, 'dry-run')
      ? await estimate(job, options, isJson)
      : await build(job, args, options);
    progress.clear();
    if (isJson || hasFlag(args, 'dry-run') || !isQuiet) terminal.out(text);
    return exitCodes.ok;
  } catch (error) {
    progress.clear();
    if (error instanceof GlyphError && error.kind === 'aborted') {
      say(`interrupted: finished shards are in ${job.out}; run the same command again to go on\n`);
    }
    throw error;
  }
}

async function estimate(job: DataJob, options: JobOptions, isJson: boolean): Promise<string> {
  const found = await estimateData(job, options);
  return isJson ? json(found) : estimateText(found);
}

/** @returns what to print */
async function build(job: DataJob, args: Arguments, options: JobOptions): Promise<string> {
  const startMs = performance.now();
  const manifest = await runAll(job, countFlag(args, 'jobs', 256) ?? 1, options);
  const seconds = (performance.now() - startMs) / 1000;
  if (!hasFlag(args, 'json')) return manifestText(manifest, job.out, seconds);
  // The manifest is null until the other workers' shards are there.
  const { out: folder, share } = job;
  return json({ folder, share, seconds: Number(seconds.toFixed(3)), manifest: manifest ?? null });
}

/** Each thread takes shards of its own; one of them finds the data set complete. */
async function runAll(job: DataJob, jobs: number, options: JobOptions): Promise<DataManifest | undefined> {
  if (jobs === 1) return await runDataJob(job, options);
  const stopping = new AbortController();
  const signal = AbortSignal.any([options.signal, stopping.signal]);
  const { part, of } = job.share;
  const threads = Array.from({ length: jobs }, (_, i) =>
    runInThread({ ...job, share: { part: part + i * of, of: of * jobs } }, { ...options, signal }),
  );
  for (const thread of threads) thread.catch(() => stopping.abort());
  const outcomes = await Promise.allSettled(threads);
  const failures = outcomes.flatMap(outcome =>
    outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
  );
  const isStop = (error: unknown) => error instanceof GlyphError && error.kind === 'aborted';
  if (failures.length > 0) throw failures.find(error => !isStop(error)) ?? failures[0];
  return outcomes.flatMap(outcome => (outcome.status === 'fulfilled' ? (outcome.value ?? []) : []))[0];
}

const json = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;
