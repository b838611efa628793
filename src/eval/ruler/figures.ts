/** RULER's published figures: each task's percentage, and their plain average, over all lengths and at each. */
import type { Figure, ScoredSample } from '../figure.ts';
import { mean, meanPercent } from '../metrics/index.ts';
import { groupBy, scoresOf } from '../summarise.ts';
import { uuidSubsets } from './subsets.ts';

export function rulerFigures(samples: readonly ScoredSample[]): readonly Figure[] {
  const readable = samples.filter(({ sample }) => !uuidSubsets.has(sample.subset));
  return [
    ...averages('average of tasks', samples),
    ...(readable.length === 0 || readable.length === samples.length
      ? []
      : averages('average of tasks without UUIDs, as the Glyph paper reports', readable)),
  ];
}

function averages(name: string, samples: readonly ScoredSample[]): Figure[] {
  const byLength = groupBy(samples, ({ sample }) => String(sample.groups['length']));
  return [
    averageOfTasks(name, samples),
    ...(byLength.size < 2
      ? []
      : [...byLength].map(([length, group]) => averageOfTasks(`${name}, ${length} tokens`, group))),
  ];
}

function averageOfTasks(name: string, samples: readonly ScoredSample[]): Figure {
  const tasks = [...groupBy(samples, ({ sample }) => sample.subset).values()];
  return {
    name,
    percent: meanPercent(tasks.map(task => mean(scoresOf(task)))),
    count: samples.length,
  };
}
