/**
 * The row of an example in each engine's shape. All rows of a format have the same columns with the same types, since
 * Arrow-based readers infer them from the first rows. Keys: ms-swift's custom data sets, LLaMA-Factory's sharegpt
 * format, verl's RLHF data set (which takes images as objects), webdataset's naming of files in a tar.
 */
import { GlyphError } from '../base/index.ts';
import { type Example, type Stage, stages } from './example.ts';
import type { Split } from './split.ts';

export const formatNames = ['jsonl', 'swift', 'verl', 'llamafactory', 'webdataset'] as const;
export type FormatName = (typeof formatNames)[number];

export type Row = Readonly<Record<string, unknown>>;

export interface Format {
  /** Stages the engine can train from such rows. */
  readonly stages: readonly Stage[];
  /** Rows in a JSONL file beside a folder of images, or rows and images in one tar file. */
  readonly container: 'jsonl' | 'tar';
  /** @param images their paths, as many as pages */
  toRow(example: Example, images: readonly string[]): Row;
  /** Files beside the shards, by name. */
  readonly files?: ((splits: readonly Split[]) => Readonly<Record<string, string>>) | undefined;
}

export const formats: Readonly<Record<FormatName, Format>> = {
  jsonl: { stages, container: 'jsonl', toRow: plainRow },
  swift: {
    stages,
    container: 'jsonl',
    // `channel` has ms-swift log the loss of each task on its own.
    toRow: (example, images) => ({ ...plainRow(example, images), channel: example.task }),
  },
  verl: { stages: ['rl'], container: 'jsonl', toRow: verlRow },
  llamafactory: { stages: ['sft'], container: 'jsonl', toRow: plainRow, files: dataSetInfo },
  webdataset: { stages, container: 'tar', toRow: plainRow },
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

function plainRow(example: Example, images: readonly string[]): Row {
  const { id, task, source, configHash, messages, textTokens, visionTokens, key } = example;
  return { messages, images, task, id, source, config: configHash, textTokens, visionTokens, ...key };
}

function verlRow(example: Example, images: readonly string[]): Row {
  const { id, task, source, configHash, messages, key } = example;
  return {
    data_source: `glyph/${task}`,
    prompt: messages,
    images: images.map(image => ({ image })),
    ability: task,
    reward_model: { style: 'rule', ground_truth: key?.answer ?? '' },
    extra_info: { id, task, source, config: configHash, ...key },
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
