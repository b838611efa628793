/**
 * One training example before it is written: messages with an `<image>` mark for each page, the pages themselves, and
 * what a reward needs. Loss falls on assistant turns only.
 */
import { GlyphError } from '../base/index.ts';

export const stages = ['pretrain', 'sft', 'rl'] as const;
export type Stage = (typeof stages)[number];

/** Stands in a message where a page belongs, as ms-swift, LLaMA-Factory and verl read it. */
export const imageMark = '<image>';

export interface ExampleMessage {
  readonly role: 'user' | 'assistant';
  readonly content: string;
}

export interface ExamplePage {
  readonly png: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** How an answer is to be scored: it is the `targets` and nothing else; the text's own words; few wrong characters. */
export type RewardKind = 'exact' | 'extractive' | 'ocr';

/** What a question's answer is held against. */
export interface AnswerKey {
  readonly reward: RewardKind;
  /** The answer as it should be written. */
  readonly answer: string;
  /** What must be in it; at least one. */
  readonly targets: readonly string[];
  /** Pages and lines that hold it, e.g. "[p2:14-15] [p3:1]". */
  readonly evidence: string;
  /** What the lines of each page say, for a trainer whose model is shown some of them. */
  readonly lines: readonly (readonly string[])[];
}

export interface Example {
  /** e.g. "train-000123" */
  readonly id: string;
  readonly task: string;
  /** The stretch it was made from, UTF-16 code units, e.g. "bleak-house.txt:120345-160345". */
  readonly source: string;
  /** Names the config its pages were drawn with. */
  readonly configHash: string;
  readonly messages: readonly ExampleMessage[];
  /** In the order of their marks. */
  readonly pages: readonly ExamplePage[];
  /** Of all messages, by o200k_base. */
  readonly textTokens: number;
  /** Of all pages with their markers, for the model family of the settings. */
  readonly visionTokens: number;
  /** Only of questions. */
  readonly key: AnswerKey | undefined;
}

/** @throws GlyphError kind `internal` where marks and pages do not match, so that no such row is ever written */
export function assertMarks({ id, messages, pages }: Example): void {
  const marks = messages.reduce((sum, { content }) => sum + content.split(imageMark).length - 1, 0);
  if (marks === pages.length && pages.length > 0) return;
  throw new GlyphError({
    kind: 'internal',
    operation: `check example ${id}`,
    expected: `as many ${imageMark} marks as pages, at least one`,
    actual: `${marks} marks, ${pages.length} pages`,
  });
}
