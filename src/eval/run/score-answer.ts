/** The score of one recorded answer. An answer that failed, or whose judge failed, is unscored with the reason. */
import type { Score, ScoreOptions } from '../score.ts';
import type { SampleFacts, Task } from '../task.ts';
import type { AnswerLine, JudgementLine } from './lines.ts';

export function scoreAnswer(
  { scorer }: Pick<Task, 'scorer'>,
  facts: SampleFacts,
  answer: AnswerLine,
  judgement: JudgementLine | undefined,
  options: ScoreOptions,
): Score {
  if (answer.outcome === 'failed') return unscored('no answer', answer.error.message);
  if (judgement?.outcome === 'failed') return unscored('the judge failed', judgement.error.message);
  return scorer.score(facts, { text: answer.text, judged: judgement?.text }, options);
}

const unscored = (what: string, why: string): Score => ({
  metric: 'none',
  value: null,
  reason: `${what}: ${why}`,
});
