/** LongBench v2 (THUDM/LongBench): multiple choice. Which letter an answer names, and the accuracies reported. */
import { groupScores, mean } from './mean.ts';
import { roundHalfEven } from './python-number.ts';

export type Choice = 'A' | 'B' | 'C' | 'D';

/** The letter after "The correct answer is", with or without parentheses; undefined where it is not said that way. */
export function extractChoice(response: string): Choice | undefined {
  const text = response.replaceAll('*', '');
  const match = /The correct answer is \(([A-D])\)/.exec(text) ?? /The correct answer is ([A-D])/.exec(text);
  return match?.[1] as Choice | undefined;
}

export interface ChoiceSample {
  readonly choice: Choice | undefined;
  readonly target: Choice;
  readonly difficulty: 'easy' | 'hard';
  readonly length: 'short' | 'medium' | 'long';
}

type ChoiceGroup = 'overall' | ChoiceSample['difficulty'] | ChoiceSample['length'];

export interface ChoiceOptions {
  /** What an answer without a letter is worth: nothing, or what guessing gets. */
  readonly unparsed?: 'wrong' | 'quarter';
}

/** Percent, one decimal; a group without samples is missing. @throws GlyphError kind `input` where there is no sample */
export function choiceAccuracies(
  samples: readonly ChoiceSample[],
  options: ChoiceOptions = {},
): ReadonlyMap<ChoiceGroup, number> {
  const unparsed = options.unparsed === 'quarter' ? 0.25 : 0;
  const scored = samples.map(({ choice, target, difficulty, length }) => ({
    score: choice === undefined ? unparsed : Number(choice === target),
    difficulty,
    length,
  }));
  const groups: [ChoiceGroup, readonly number[]][] = [
    ['overall', scored.map(sample => sample.score)],
    ...groupScores(scored, sample => sample.difficulty),
    ...groupScores(scored, sample => sample.length),
  ];
  return new Map(groups.map(([group, scores]) => [group, roundHalfEven(100 * mean(scores), 1)]));
}
