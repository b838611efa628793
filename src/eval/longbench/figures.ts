/**
 * LongBench's figures: a data set's percentage, a category's mean of these, and the mean of the categories, which is
 * the average the Glyph paper prints. LongBench-E: each length bin's mean over the data sets.
 */
import type { Figure, ScoredSample } from '../figure.ts';
import { longBenchCategoryScores, longBenchEScores, mean, meanPercent } from '../metrics/index.ts';
import { groupBy, scoresOf } from '../summarise.ts';

export function longBenchFigures(samples: readonly ScoredSample[]): readonly Figure[] {
  const datasets = [...groupBy(samples, ({ sample }) => sample.subset)].map(([name, group]) => ({
    name,
    percent: meanPercent(scoresOf(group)),
    count: group.length,
  }));
  const categories = longBenchCategoryScores(new Map(datasets.map(({ name, percent }) => [name, percent])));
  const counts = groupBy(samples, ({ sample }) => String(sample.groups['category']));
  return [
    {
      name: `average of ${categories.size} of 6 categories`,
      percent: meanPercent([...categories.values()].map(percent => percent / 100)),
      count: samples.length,
    },
    ...[...categories].map(([name, percent]) => ({ name, percent, count: counts.get(name)?.length ?? 0 })),
    ...datasets,
  ];
}

export function longBenchEFigures(samples: readonly ScoredSample[]): readonly Figure[] {
  const bins = [...groupBy(samples, ({ sample }) => sample.subset).values()].flatMap(group => [
    ...longBenchEScores(
      group.flatMap(({ sample, score }) =>
        score.value === null ? [] : [{ score: score.value, length: Number(sample.meta['length']) }],
      ),
    ),
  ]);
  const counts = groupBy(samples, ({ sample }) => String(sample.groups['length']));
  return [...groupBy(bins, ([bin]) => bin)].map(([bin, scores]) => ({
    name: `average of ${scores.length} data sets, ${bin}`,
    percent: meanPercent([mean(scores.map(([, percent]) => percent / 100))]),
    count: counts.get(bin)?.length ?? 0,
  }));
}
