/** MRCR's figures as the Glyph paper reports them: the mean for each number of needles, and the mean of these. */
import type { Figure, ScoredSample } from '../figure.ts';
import { mean, meanPercent } from '../metrics/index.ts';
import { groupBy, scoresOf } from '../summarise.ts';

export function mrcrFigures(samples: readonly ScoredSample[]): readonly Figure[] {
  const groups = [...groupBy(samples, ({ sample }) => sample.subset)];
  const figures = groups.map(([subset, group]) => ({
    name: subset,
    percent: meanPercent(scoresOf(group)),
    count: group.length,
  }));
  if (groups.length < 2) return figures;
  const means = groups.map(([, group]) => mean(scoresOf(group)));
  return [{ name: 'average over needles', percent: meanPercent(means), count: samples.length }, ...figures];
}
