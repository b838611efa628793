/** RULER's scores: the answer contains all targets, or for questions over documents one of them. */
import { cleanRulerPrediction, removeThinking, stringMatchAll, stringMatchPart } from '../metrics/index.ts';
import { type Scorer, scoreWith } from '../score.ts';
import { rulerGenerators } from './subsets.ts';

export const rulerScorer: Scorer = {
  score({ subset, targets }, { text }) {
    const answer = cleanRulerPrediction(removeThinking(text));
    return rulerGenerators.get(subset)?.metric === 'string_match_part'
      ? scoreWith('string_match_part', () => stringMatchPart(answer, targets))
      : scoreWith('string_match_all', () => stringMatchAll(answer, targets));
  },
};
