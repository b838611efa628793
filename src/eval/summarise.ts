/**
 * Scores of a run, added up: the mean with its standard error, over all samples, by subset and by each group that the
 * samples name. Unscored samples are counted and left out of every mean.
 */
import type { Figure, ScoredSample } from './figure.ts';
import { meanScore } from './metrics/index.ts';
import type { Task } from './task.ts';

export interface MeanOfScores {
  /** Samples with a score. */
  readonly count: number;
  readonly unscored: number;
  /** 0 to 1; null where nothing is scored. */
  readonly mean: number | null;
  /** Null for fewer than two scores. */
  readonly stderr: number | null;
}

export interface GroupMean extends MeanOfScores {
  /** What the samples are grouped by, e.g. "subset" or "length". */
  readonly by: string;
  /** E.g. "4096". */
  readonly name: string;
}

export interface Summary extends MeanOfScores {
  /** In the order the samples first name them; a sample may be in several groups of one kind. */
  readonly groups: readonly GroupMean[];
  readonly figures: readonly Figure[];
}

export function summarise(task: Pick<Task, 'figures'>, samples: readonly ScoredSample[]): Summary {
  const scored = samples.filter(({ score }) => score.value !== null);
  return {
    ...meanOf(samples),
    groups: groupsOf(samples),
    figures: scored.length === 0 ? [] : task.figures(scored),
  };
}

function groupsOf(samples: readonly ScoredSample[]): GroupMean[] {
  const named = samples.flatMap(member => {
    const { subset, groups } = member.sample;
    return Object.entries({ subset, ...groups }).flatMap(([by, names]) =>
      (typeof names === 'string' ? [names] : names).map(name => ({ by, name, member })),
    );
  });
  return [...groupBy(named, ({ by }) => by)].flatMap(([by, entries]) =>
    [...groupBy(entries, ({ name }) => name)].map(([name, group]) => ({
      by,
      name,
      ...meanOf(group.map(({ member }) => member)),
    })),
  );
}

function meanOf(samples: readonly ScoredSample[]): MeanOfScores {
  const values = scoresOf(samples);
  const unscored = samples.length - values.length;
  if (values.length === 0) return { count: 0, unscored, mean: null, stderr: null };
  const { mean, stderr } = meanScore(values);
  return { count: values.length, unscored, mean, stderr: stderr ?? null };
}

/** The values of those that have one. */
export const scoresOf = (samples: readonly ScoredSample[]): number[] =>
  samples.flatMap(({ score }) => (score.value === null ? [] : [score.value]));

/** In the order of first appearance. */
export function groupBy<T>(list: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of list) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
