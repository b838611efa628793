/** MRCR's grade: how much of the asked-for text comes back after the agreed prefix. Reasoning before it does not count. */
import { clearMrcrResponse, mrcrGrade } from '../metrics/index.ts';
import { type Scorer, scoreWith } from '../score.ts';

export const mrcrScorer: Scorer = {
  score: ({ targets, meta }, { text }) =>
    scoreWith('mrcr_grade', () => mrcrGrade(clearMrcrResponse(text), targets[0]!, String(meta['prefix']))),
};
