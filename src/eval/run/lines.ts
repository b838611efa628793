/** The lines of a run's files, as they are written and checked when they are read. */
import * as v from 'valibot';
import { parseConfig } from '../../config/index.ts';
import type { Fault, SampleFacts } from '../task.ts';

const text = v.string();
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const number = v.number();
const prompt = v.object({ before: text, after: text });

const facts = v.object({
  id: text,
  subset: text,
  question: text,
  prompts: v.object({ text: prompt, pages: prompt }),
  targets: v.array(text),
  groups: v.record(text, v.union([text, v.array(text)])),
  maxTokens: v.exactOptional(number),
  meta: v.record(text, v.union([text, number, v.boolean(), v.null(), v.array(text)])),
});

/** A line of samples.jsonl: a sample without its material, or a broken row of the data. */
export const planLineSchema = v.variant('kind', [
  v.object({
    kind: v.literal('sample'),
    facts,
    /** Of material and prompts, to notice data that changed. */
    contentHash: text,
    /** Of material and prompt as text; 0 where the material has no text. */
    textTokens: count,
  }),
  v.object({ kind: v.literal('fault'), file: text, line: number, expected: text, actual: text }),
]);
export type PlanLine = PlannedSample | Fault;
export interface PlannedSample {
  readonly kind: 'sample';
  readonly facts: SampleFacts;
  readonly contentHash: string;
  readonly textTokens: number;
}

const accounting = v.object({
  /** The whole request with its text as text. */
  tokensBefore: count,
  /** The whole request as it was sent. */
  tokensAfter: count,
  visionTokens: count,
  /** Text tokens of what became pages; 0 without pages. */
  pagedTextTokens: count,
  /** Tokens of those pages with all that stands beside them. */
  pagedTokens: count,
  /** `pagedTextTokens` ÷ `pagedTokens`; null without pages or without text. */
  compressionRatio: v.nullable(number),
  tokenizer: text,
  images: count,
  imageBytes: count,
  /** Drawing and pricing the pages, or shortening the text, ms. */
  prepareMs: number,
});
export type ArmAccounting = Readonly<v.InferOutput<typeof accounting>>;

const usage = v.object({
  inputTokens: count,
  cachedInputTokens: count,
  cacheWriteTokens: count,
  outputTokens: count,
  reasoningTokens: v.exactOptional(count),
});

const failure = v.object({
  /** As in `GlyphError`. */
  kind: text,
  /** As in `ModelError`. */
  failure: v.exactOptional(text),
  message: text,
});

/** What names an answer: config hash × arm × sample × model, hashed. */
const key = { key: text, sample: text, arm: text };

/** A line of answers.jsonl; the last one of a key counts. */
export const answerLineSchema = v.variant('outcome', [
  v.object({
    ...key,
    outcome: v.literal('answered'),
    text,
    finishReason: v.picklist(['stop', 'length', 'tool-calls', 'refusal', 'unknown']),
    /** Null where the server told none. */
    usage: v.nullable(usage),
    timing: v.object({ firstTokenMs: v.nullable(number), totalMs: number, attempts: count }),
    accounting,
    /** Null where no list price is known. */
    costUsd: v.nullable(number),
  }),
  v.object({
    ...key,
    outcome: v.literal('failed'),
    error: failure,
    /** What it may have cost all the same. */
    costUsd: v.nullable(number),
  }),
]);
export type AnswerLine = Readonly<v.InferOutput<typeof answerLineSchema>>;
export type Answered = Extract<AnswerLine, { outcome: 'answered' }>;

/** A line of judgements.jsonl: what the judge wrote about an answer; the last one of a key counts. */
export const judgementLineSchema = v.variant('outcome', [
  v.object({ ...key, outcome: v.literal('judged'), judge: text, text, costUsd: v.nullable(number) }),
  v.object({ ...key, outcome: v.literal('failed'), error: failure, costUsd: v.nullable(number) }),
]);
export type JudgementLine = Readonly<v.InferOutput<typeof judgementLineSchema>>;

/** A line of pages.jsonl: pages that were kept because the answer from them was bad. */
export const keptLineSchema = v.object({
  ...key,
  value: number,
  pages: v.array(v.object({ file: text, number: count, text, widthPx: count, heightPx: count })),
});
export type KeptLine = Readonly<v.InferOutput<typeof keptLineSchema>>;

/** A line of scores.jsonl. */
export const scoreLineSchema = v.object({
  sample: text,
  arm: text,
  score: v.union([
    v.object({ metric: text, value: number, detail: v.record(text, v.union([text, number])) }),
    v.object({ metric: text, value: v.null(), reason: text }),
  ]),
});
export type ScoreLine = Readonly<v.InferOutput<typeof scoreLineSchema>>;

/** run.json: what decides the samples and the requests, so that a run can be taken up again. */
export const runFileSchema = v.object({
  format: v.literal(1),
  task: text,
  model: v.object({ id: text, family: text }),
  arms: v.array(text),
  /** Where the data was. */
  data: v.nullable(text),
  subsets: v.nullable(v.array(text)),
  lengths: v.nullable(v.array(number)),
  limit: v.nullable(number),
  seed: v.union([text, number]),
  /** Output tokens instead of the task's. */
  maxTokens: v.nullable(number),
  /** Null: the model's own. */
  temperature: v.nullable(number),
  compat: v.picklist(['none', 'reference']),
  /** What pages are drawn with; null where no arm draws any. */
  config: v.nullable(
    v.pipe(
      v.record(text, v.unknown()),
      v.transform(value => parseConfig(value)),
    ),
  ),
  configHash: v.nullable(text),
  generator: text,
  /** ISO 8601. */
  startedAt: text,
});
export type RunFile = Readonly<v.InferOutput<typeof runFileSchema>>;
