/** The flags of `glyph data`: what to build, from what, and this worker's part of it. */
import { pageConfigFor } from '../compress/index.ts';
import type { RenderConfig } from '../config/index.ts';
import {
  assertFormat,
  type DataSettings,
  defaultSettings,
  formatNames,
  launcherNames,
  ocrMarkNames,
  type Stage,
  stages,
  tasksOf,
} from '../data/index.ts';
import { choose } from './choose.ts';
import { type Arguments, type FlagGroup, hasFlag, type Terminal, textFlag } from './command.ts';
import { configFromFlags, hasConfigFlags } from './config-flags.ts';
import type { DataJob } from './data-job.ts';
import { countFlag, inputOptions } from './input-flags.ts';
import { usageError } from './usage-error.ts';

const { examples, seed, model, maxTokens, maxPages, ocrShare, ocrMarks, valShare, shardSize } =
  defaultSettings;

export const [defaultImage, defaultClaim] = ['glyph:latest', 'glyph-data'];

export const dataGroups: readonly FlagGroup[] = [
  {
    title: 'What to build',
    flags: [
      {
        name: 'corpus',
        value: 'PATH',
        about: 'A folder, a file or a glob: text, HTML, PDF with a text layer',
      },
      { name: 'examples', value: 'N', about: `Training examples (${examples})` },
      { name: 'seed', value: 'TEXT', about: `The same seed, the same bytes (${seed})` },
      { name: 'tasks', value: 'NAME=W,…', about: 'Tasks and how often each; see below' },
      {
        name: 'model',
        value: 'FAMILY',
        about: `Whose vision tokens to count (${model}); \`glyph tokens --models\``,
      },
      { name: 'max-tokens', value: 'N', about: `Text and vision tokens of an example (${maxTokens})` },
      { name: 'max-pages', value: 'N', about: `Pages of an example (${maxPages})` },
      { name: 'ocr-share', value: 'S', about: `Of sft and rl examples, that write out a page (${ocrShare})` },
      {
        name: 'ocr-marks',
        value: ocrMarkNames.join('|'),
        about: `lines: written-out text has each line led by its mark, e.g. [p1:14] (${ocrMarks})`,
      },
      { name: 'val-share', value: 'S', about: `Of the documents, kept for validation (${valShare})` },
      {
        name: 'mixture',
        about:
          'Draw each example in settings of its own, of Table 8 or what the model reads; pretrain does unless a setting is given',
      },
    ],
  },
  {
    title: 'Output',
    flags: [
      { name: 'out', short: 'o', value: 'OUT', about: 'The folder of the data set' },
      { name: 'format', value: 'NAME', about: `${formatNames.join(', ')}; jsonl unless given` },
      { name: 'shard-size', value: 'N', about: `Examples of a shard (${shardSize})` },
      { name: 'shards', value: 'N', about: 'Share the work among N workers …' },
      { name: 'shard', value: 'I', about: '… of which this is number I, from 0' },
      { name: 'jobs', short: 'j', value: 'N', about: 'Threads, each on shards of its own (1)' },
      {
        name: 'launch',
        value: launcherNames.join('|'),
        about: 'Write an array job of --shards tasks with --jobs cores each into OUT, and build nothing',
      },
      { name: 'image', value: 'NAME', about: `k8s: the image that has glyph (${defaultImage})` },
      { name: 'claim', value: 'NAME', about: `k8s: the claim mounted at /data (${defaultClaim})` },
      { name: 'dry-run', about: 'Build a few examples and say what all would come to; write nothing' },
      { name: 'json', about: 'Print the manifest, or the estimate, as JSON' },
      { name: 'quiet', short: 'q', about: 'Print nothing but errors' },
    ],
  },
];

/** @throws GlyphError kind `config` for a wrong command line */
export async function jobFromFlags(args: Arguments, terminal: Terminal): Promise<DataJob> {
  const stage = stageOf(args);
  const format = choose('format', formatNames, textFlag(args, 'format') ?? 'jsonl');
  assertFormat(format, stage);
  const out = textFlag(args, 'out');
  if (out === undefined && !hasFlag(args, 'dry-run')) throw missing('a folder for the data', '-o OUT');
  const corpus = textFlag(args, 'corpus');
  if (corpus === undefined) throw missing('texts to build from', '--corpus PATH');
  const { encoding, invalid, gitignore } = inputOptions(args, terminal);
  return {
    settings: await settingsFromFlags(stage, args, terminal),
    format,
    corpus,
    input: { encoding, invalid, gitignore, exclude: out },
    out: out ?? '',
    share: shareFlags(args),
  };
}

async function settingsFromFlags(stage: Stage, args: Arguments, terminal: Terminal): Promise<DataSettings> {
  const family = textFlag(args, 'model') ?? model;
  return {
    stage,
    examples: countFlag(args, 'examples', 100_000_000) ?? examples,
    seed: textFlag(args, 'seed') ?? seed,
    pages: await pagesFlag(stage, family, args, terminal),
    model: family,
    maxTokens: countFlag(args, 'max-tokens', 1_000_000) ?? maxTokens,
    maxPages: countFlag(args, 'max-pages', 1000) ?? maxPages,
    tasks: tasksFlag(args) ?? tasksOf(stage),
    ocrShare: shareFlag(args, 'ocr-share') ?? ocrShare,
    ocrMarks: choose('value of --ocr-marks', ocrMarkNames, textFlag(args, 'ocr-marks') ?? ocrMarks),
    valShare: shareFlag(args, 'val-share') ?? valShare,
    shardSize: countFlag(args, 'shard-size', 1_000_000) ?? shardSize,
  };
}

function stageOf({ positionals }: Arguments): Stage {
  const [word, more] = positionals;
  if (more !== undefined) {
    const actual = JSON.stringify(more);
    throw usageError({ operation: 'read the command line', expected: 'one stage', actual });
  }
  if (word === undefined) throw missing('a stage', stages.join(', '));
  return choose('stage', stages, word);
}

/** One config where any flag names one; else what the paper does: the mixture before, one config after. */
async function pagesFlag(
  stage: Stage,
  family: string,
  args: Arguments,
  terminal: Terminal,
): Promise<RenderConfig | 'mixture'> {
  const isGiven = hasConfigFlags(args);
  if (isGiven && hasFlag(args, 'mixture')) {
    throw usageError({
      operation: 'read the command line',
      expected: 'either --mixture or settings for all pages',
      actual: 'both',
    });
  }
  if (isGiven) return await configFromFlags(args, terminal);
  return hasFlag(args, 'mixture') || stage === 'pretrain' ? 'mixture' : pageConfigFor(family);
}

/** e.g. "ocr=2,generation" */
function tasksFlag(args: Arguments): Readonly<Record<string, number>> | undefined {
  const text = textFlag(args, 'tasks');
  if (text === undefined) return undefined;
  const tasks = text.split(',').map(each => /^\s*([\w-]+)\s*(?:=\s*(\d+(?:\.\d+)?))?\s*$/.exec(each));
  if (tasks.some(match => match === null)) {
    throw usageError({
      operation: 'read flag "--tasks"',
      expected: 'names with weights, e.g. ocr=2,generation=1',
      actual: JSON.stringify(text),
    });
  }
  return Object.fromEntries(
    tasks.flatMap(match => (match === null ? [] : [[match[1]!, Number(match[2] ?? 1)]])),
  );
}

function shareFlag(args: Arguments, name: string): number | undefined {
  const text = textFlag(args, name);
  if (text === undefined) return undefined;
  const share = /^\d*\.?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (share >= 0 && share <= 1) return share;
  throw usageError({
    operation: `read flag "--${name}"`,
    expected: 'a share from 0 to 1',
    actual: JSON.stringify(text),
  });
}

function shareFlags(args: Arguments): DataJob['share'] {
  const of = countFlag(args, 'shards', 1_000_000);
  const text = textFlag(args, 'shard');
  if (of === undefined && text === undefined) return { part: 0, of: 1 };
  const part = text !== undefined && /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (of !== undefined && part < of) return { part, of };
  throw usageError({
    operation: 'read flags "--shards" and "--shard"',
    expected: of === undefined ? 'both' : `a number from 0 to ${of - 1} for --shard`,
    actual: of === undefined ? 'only --shard' : JSON.stringify(text ?? 'none'),
  });
}

const missing = (expected: string, hint: string) =>
  usageError({ operation: 'read the command line', expected, actual: 'none', hint });
