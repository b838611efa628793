/**
 * The row of an example in each engine's shape. All rows of a format have the same columns with the same types, since
 * Arrow-based readers infer them from the first rows. Keys: ms-swift's custom data sets, LLaMA-Factory's sharegpt
 * format, verl's RLHF data set (which takes images as objects), webdataset's naming of files in a tar.
 */
import { GlyphError } from '../base/index.ts';
import { type AnswerKey, type Example, type ExampleMessage, type Stage, stages } from './example.ts';
import type { Split } from './split.ts';

export const formatNames = ['jsonl', 'swift', 'verl', 'llamafactory', 'webdataset'] as const;
export type FormatName = (typeof formatNames)[number];

export type Row = Readonly<Record<string, unknown>>;

/** A row before it takes an engine's shape: what `jsonl` writes. */
export interface PlainRow extends Partial<AnswerKey> {
  readonly messages: readonly ExampleMessage[];
  /** Their paths, relative to the data set. */
  readonly images: readonly string[];
  readonly task: string;
  readonly id: string;
  readonly source: string;
  /** Names the config its pages were drawn with. */
  readonly config: string;
  readonly textTokens: number;
  readonly visionTokens: number;
}

export interface Format {
  /** Stages the engine can train from such rows. */
  readonly stages: readonly Stage[];
  /** Rows in a JSONL file beside a folder of images, or rows and images in one tar file. */
  readonly container: 'jsonl' | 'tar';
  shape(row: PlainRow): Row;
  /** Files beside the shards, by name. */
  readonly files?: ((splits: readonly Split[]) => Readonly<Record<string, string>>) | undefined;
}

export const formats: Readonly<Record<FormatName, Format>> = {
  jsonl: { stages, container: 'jsonl', shape: asItIs },
  swift: {
    stages,
    container: 'jsonl',
    // `channel` has ms-swift log the loss of each task on its own.
    shape: row => ({ ...row, channel: row.task }),
  },
  verl: { stages: ['rl'], container: 'jsonl', shape: verlRow },
  llamafactory: { stages: ['sft'], container: 'jsonl', shape: asItIs, files: dataSetInfo },
  webdataset: { stages, container: 'tar', shape: asItIs },
};

/** @throws GlyphError kind `config` where the engine has no such stage */
export function assertFormat(name: FormatName, stage: Stage): void {
  const can = formats[name].stages;
  if (can.includes(stage)) return;
  throw new GlyphError({
    kind: 'config',
    operation: `write ${stage} data as ${name}`,
    expected: `a stage that engine trains from pages: ${can.join(', ')}`,
    actual: stage,
    hint: 'choose --format swift, which takes every stage',
  });
}

/** @param images their paths, as many as pages */
export function plainRow(example: Example, images: readonly string[]): PlainRow {
  const { id, task, source, configHash, messages, textTokens, visionTokens, key } = example;
  return { messages, images, task, id, source, config: configHash, textTokens, visionTokens, ...key };
}

function asItIs(row: PlainRow): Row {
  return { ...row };
}

function verlRow({ messages, images, textTokens: _, visionTokens: __, ...facts }: PlainRow): Row {
  return {
    data_source: `glyph/${facts.task}`,
    prompt: messages,
    images: images.map(image => ({ image })),
    ability: facts.task,
    reward_model: { style: 'rule', ground_truth: facts.answer ?? '' },
    extra_info: facts,
  };
}

/** LLaMA-Factory finds data sets by this file; a folder as `file_name` stands for all files in it. */
function dataSetInfo(splits: readonly Split[]): Record<string, string> {
  const entry = (split: Split) => ({
    file_name: split,
    formatting: 'sharegpt',
    columns: { messages: 'messages', images: 'images' },
    tags: { role_tag: 'role', content_tag: 'content', user_tag: 'user', assistant_tag: 'assistant' },
  });
  const info = Object.fromEntries(splits.map(split => [`glyph_${split}`, entry(split)]));
  return { 'dataset_info.json': `${JSON.stringify(info, undefined, 2)}\n` };
}
