/** Ways to score a free answer against right ones, by the name a user gives. */

import { GlyphError } from '../base/index.ts';
import {
  containsAll,
  normalisedEditDistance,
  qaF1,
  qaF1Zh,
  rougeL,
  stringMatchPart,
} from './metrics/index.ts';
import type { ScoreOptions } from './score.ts';

/** 0 to 1. */
export type AnswerMetric = (answer: string, targets: readonly string[], options: ScoreOptions) => number;

const best =
  (metric: (answer: string, target: string, options: ScoreOptions) => number): AnswerMetric =>
  (answer, targets, options) =>
    Math.max(...targets.map(target => metric(answer, target, options)));

const plain = (text: string) => text.trim().toLowerCase();

export const answerMetrics: ReadonlyMap<string, AnswerMetric> = new Map(
  Object.entries({
    /** One of the answers stands in it. */
    contains: stringMatchPart,
    /** The share of the answers that stand in it. */
    contains_all: containsAll,
    exact: best((answer, target) => Number(plain(answer) === plain(target))),
    qa_f1: best(qaF1),
    qa_f1_zh: best((answer, target, { tokenizeChinese }) => {
      if (tokenizeChinese !== undefined) return qaF1Zh(tokenizeChinese(answer), tokenizeChinese(target));
      throw new GlyphError({
        kind: 'config',
        operation: 'score an answer',
        expected: 'a tokenizer for Chinese',
        actual: 'none',
      });
    }),
    rouge_l: best((answer, target) => rougeL(answer, target)),
    /** Characters alike, for transcriptions. */
    edit_similarity: best((answer, target) => 1 - normalisedEditDistance(answer, target)),
  }),
);
