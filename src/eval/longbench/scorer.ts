/** LongBench's metrics by data set. With `compat: "reference"` an answer is first cleaned as Glyph's scripts clean it. */
import { clearPrediction, longBenchScore, removeThinking } from '../metrics/index.ts';
import { type Scorer, scoreWith } from '../score.ts';
import { longBenchSubsets } from './subsets.ts';

export const longBenchScorer: Scorer = {
  score({ subset, targets, meta }, { text }, { tokenizeChinese, compat } = {}) {
    const answer = compat === 'reference' ? clearPrediction(text) : removeThinking(text);
    const { classes } = meta;
    return scoreWith(longBenchSubsets.get(subset)?.metric ?? 'longbench', () =>
      longBenchScore(subset, answer, targets, {
        tokenizeChinese,
        compat,
        classes: Array.isArray(classes) ? classes : undefined,
      }),
    );
  },
};
