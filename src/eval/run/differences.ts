/** How two settings differ on the samples both have a score for, and how sure that is. */
import { createRandom } from '../../base/index.ts';
import { type PairedDifference, pairedBootstrap } from '../metrics/index.ts';

/** Scores by sample. */
export type ScoresBySample = ReadonlyMap<string, number>;

export interface Difference extends PairedDifference {
  readonly first: string;
  readonly second: string;
  /** Samples both have a score for. */
  readonly count: number;
}

/** Second − first with its 95 % interval; undefined for fewer than two samples in common. */
export function differenceOf(
  [first, a]: readonly [name: string, scores: ScoresBySample],
  [second, b]: readonly [name: string, scores: ScoresBySample],
): Difference | undefined {
  const shared = [...a.keys()].filter(sample => b.has(sample));
  if (shared.length < 2) return undefined;
  const paired = pairedBootstrap(
    shared.map(sample => a.get(sample)!),
    shared.map(sample => b.get(sample)!),
    { random: createRandom(`${first} and ${second}`) },
  );
  return { first, second, count: shared.length, ...paired };
}

/** Between every two of them. */
export function differencesAmong(scores: ReadonlyMap<string, ScoresBySample>): Difference[] {
  const all = [...scores];
  return all.flatMap((first, i) => all.slice(i + 1).flatMap(second => differenceOf(first, second) ?? []));
}
