/**
 * A scorer judges one answer. It never guesses: an answer it cannot judge is unscored, with the reason, and an unscored
 * sample is not a zero.
 */
import { GlyphError } from '../base/index.ts';
import type { Compat } from './metrics/index.ts';
import type { SampleFacts } from './task.ts';

export type Score = Scored | Unscored;

export interface Scored {
  /** E.g. "qa_f1". */
  readonly metric: string;
  /** 0 to 1. */
  readonly value: number;
  /** What else was measured, e.g. { extracted: "12" }. */
  readonly detail: Readonly<Record<string, string | number>>;
}

export interface Unscored {
  readonly metric: string;
  readonly value: null;
  readonly reason: string;
}

export interface Answer {
  readonly text: string;
  /** What the scorer's judge wrote about it. */
  readonly judged?: string | undefined;
}

/** A model that turns a free answer into one that can be compared. */
export interface Judge {
  readonly maxTokens: number;
  prompt(sample: SampleFacts, answer: string): string;
}

export interface ScoreOptions {
  /** jieba in precise mode; Chinese answers stay unscored without it. */
  readonly tokenizeChinese?: ((text: string) => readonly string[]) | undefined;
  readonly compat?: Compat | undefined;
}

export interface Scorer {
  /** Set where an answer must go through a judge first; without `Answer.judged` it stays unscored. */
  readonly judge?: Judge;
  score(sample: SampleFacts, answer: Answer, options?: ScoreOptions): Score;
}

/** The score `measure` gives; what it cannot judge (`GlyphError` kinds `input` and `config`) becomes unscored. */
export function scoreWith(metric: string, measure: () => number | Pick<Scored, 'value' | 'detail'>): Score {
  try {
    const measured = measure();
    return typeof measured === 'number' ? { metric, value: measured, detail: {} } : { metric, ...measured };
  } catch (error) {
    if (!(error instanceof GlyphError) || !['input', 'config'].includes(error.kind)) throw error;
    return { metric, value: null, reason: error.message };
  }
}
