/**
 * A question whose answer is known: something is planted in a text before it is drawn, or found on the pages after.
 * Evidence is spans of the text; pages and lines follow from the renderer's own spans.
 */
import type { Random } from '../../base/index.ts';
import type { Drawn, Span } from '../draw.ts';
import type { RewardKind } from '../example.ts';

export interface Question {
  readonly question: string;
  /** As it should be written. */
  readonly answer: string;
  /** What must be in an answer; at least one. */
  readonly targets: readonly string[];
  readonly reward: RewardKind;
  /** Where the pages tell it; all of it must be on them. */
  readonly evidence: readonly Span[];
  /** What the thinking quotes, where that is less than all evidence. */
  readonly quoted?: readonly Span[];
}

export interface Prepared {
  /** What is drawn. */
  readonly text: string;
  /** Undefined where the pages hold nothing to ask about. */
  ask(drawn: Drawn, random: Random): Question | undefined;
}

/** Undefined where the text does not do. */
export type QuestionTask = (text: string, random: Random) => Prepared | undefined;
