/** VTCBench's scores (Moenupa/VTCBench, `metric.py`): the targets an answer contains, and ROUGE-L with stems. */
import { removeThinking } from './clean-answer.ts';
import { mean } from './mean.ts';
import { strip } from './python-text.ts';
import { stemmedRougeL } from './stemmed-rouge.ts';
import { requireTargets } from './targets.ts';

/** `contains_all`: the share of the targets contained, regardless of case. 0 to 1. */
export function containsAll(response: string, targets: readonly string[]): number {
  requireTargets(targets, 'look for targets');
  const text = answerOf(response);
  return mean(targets.map(target => Number(text.includes(strip(target).toLowerCase()))));
}

/** The best ROUGE-L F over the targets, 0 to 1. */
export function bestStemmedRougeL(response: string, targets: readonly string[]): number {
  requireTargets(targets, 'compute ROUGE-L');
  const text = answerOf(response);
  return Math.max(...targets.map(target => stemmedRougeL(text, target)));
}

const answerOf = (response: string) => strip(removeThinking(response)).toLowerCase();
