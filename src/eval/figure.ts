/** What scores come to: a published figure, in the published rounding, with what it is made of. */
import type { Score } from './score.ts';
import type { SampleFacts } from './task.ts';

export interface ScoredSample {
  readonly sample: SampleFacts;
  readonly score: Score;
}

export interface Figure {
  /** E.g. "average of six categories". */
  readonly name: string;
  /** 0 to 100, rounded as published. */
  readonly percent: number;
  /** Samples in it. */
  readonly count: number;
}
