/** What of a run is still to be done, and the samples to do it with, opened once more in the order of the plan. */
import { GlyphError } from '../../base/index.ts';
import type { OpenOptions, Sample, Task } from '../task.ts';
import { type AnswerLog, answerKey } from './answer-log.ts';
import type { Arm } from './arms.ts';
import type { Pending } from './ask-sample.ts';
import type { EvaluateOptions } from './evaluate.ts';
import type { PlannedSample } from './lines.ts';
import { hashOf } from './plan.ts';

export const openOptions = ({ files, run }: EvaluateOptions): OpenOptions => ({
  files,
  folder: run.data ?? undefined,
  subsets: run.subsets ?? undefined,
  lengths: run.lengths ?? undefined,
  limit: run.limit ?? undefined,
  seed: run.seed,
});

/** What is still to be done with a sample. */
export function stepsLeft(
  { facts }: PlannedSample,
  arms: readonly Arm[],
  { answers, judgements }: AnswerLog,
  { run, task, judge, retry }: EvaluateOptions,
): Pending[] {
  return arms.flatMap((arm): Pending[] => {
    const key = answerKey(run.configHash, arm.name, facts.id, run.model.id);
    const isLeft = (line: { readonly outcome: string } | undefined) =>
      line === undefined || (line.outcome === 'failed' && retry === 'failed');
    const answer = answers.get(key);
    if (isLeft(answer)) return [{ arm, key, step: 'ask' }];
    const isJudged = task.scorer.judge === undefined || judge === undefined;
    if (isJudged || answer?.outcome === 'failed' || !isLeft(judgements.get(key))) return [];
    return [{ arm, key, step: 'judge' }];
  });
}

interface SampleToAsk {
  readonly sample: Sample;
  readonly steps: readonly Pending[];
}

/** Opens the task again: its samples come in the order of the plan. */
export async function* samplesToAsk(
  plan: readonly PlannedSample[],
  stepsOf: (planned: PlannedSample) => Pending[],
  options: EvaluateOptions,
  isStopped: () => boolean,
): AsyncGenerator<SampleToAsk> {
  const steps = plan.map(stepsOf);
  const end = steps.findLastIndex(each => each.length > 0) + 1;
  let index = 0;
  for await (const sample of options.task.open(openOptions(options))) {
    if (isStopped()) return;
    if (sample.kind === 'fault') continue;
    const planned = plan[index];
    if (planned?.facts.id !== sample.id || planned.contentHash !== hashOf(sample)) {
      throw changed(options.task, sample, planned);
    }
    if (steps[index]!.length > 0) yield { sample, steps: steps[index]! };
    index++;
    if (index === end) return;
  }
  throw changed(options.task, undefined, plan[index]);
}

const changed = ({ name }: Task, sample: Sample | undefined, planned: PlannedSample | undefined) =>
  new GlyphError({
    kind: 'input',
    operation: `open ${name} again`,
    expected: `the data the run began with, now ${planned?.facts.id ?? 'its end'}`,
    actual:
      sample === undefined ? 'its end' : `${sample.id}${sample.id === planned?.facts.id ? ', changed' : ''}`,
    hint: 'begin a new run in another folder',
  });
