/** Means of scores as benchmarks report them: over all samples, over each group, in percent. */
import { GlyphError } from '../../base/index.ts';
import { roundHalfEven } from './python-number.ts';

/** @throws GlyphError kind `input` where there is no score, or one is not a number */
export function mean(scores: readonly number[]): number {
  const sum = scores.reduce((total, score) => total + score, 0);
  if (scores.length > 0 && Number.isFinite(sum)) return sum / scores.length;
  throw new GlyphError({
    kind: 'input',
    operation: 'average scores',
    expected: 'at least one score, each a finite number',
    actual: scores.length === 0 ? 'none' : String(sum),
    hint: 'leave out samples without a score',
  });
}

/** The mean as a percentage of two decimals, as LongBench and RULER report it. @throws as `mean` */
export function meanPercent(scores: readonly number[]): number {
  return roundHalfEven(100 * mean(scores), 2);
}

/** Scores by the group each is in; in no group where `groupOf` gives undefined. */
export function groupScores<Sample extends { readonly score: number }, Group extends string>(
  samples: readonly Sample[],
  groupOf: (sample: Sample) => Group | undefined,
): ReadonlyMap<Group, readonly number[]> {
  const groups = new Map<Group, number[]>();
  for (const sample of samples) {
    const group = groupOf(sample);
    if (group === undefined) continue;
    const scores = groups.get(group);
    if (scores === undefined) groups.set(group, [sample.score]);
    else scores.push(sample.score);
  }
  return groups;
}
