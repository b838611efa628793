/**
 * Scores a run from what it recorded, never asking a model, and writes what it came to. Scores stand in the order of the
 * plan, so a run that was killed and taken up again writes the same ones.
 */
import { nextTurn, sha256Hex } from '../../base/index.ts';
import type { ScoreOptions } from '../score.ts';
import type { Task } from '../task.ts';
import { type AnswerLog, answerKey, openLog } from './answer-log.ts';
import { type PlannedSample, planLineSchema, type RunFile, type ScoreLine } from './lines.ts';
import { type Plan, planOf } from './plan.ts';
import { linesText, readLines } from './read-lines.ts';
import { fileNames, type RunStore } from './run-store.ts';
import { scoreAnswer } from './score-answer.ts';
import { type RunSummary, type ScoredAnswer, summariseRun } from './summary.ts';

export interface ScoreRequest {
  readonly task: Task;
  readonly run: RunFile;
  readonly store: RunStore;
  readonly log: AnswerLog;
  readonly plan: Plan;
  readonly scoring: ScoreOptions;
}

/** All recorded answers with their scores. */
export async function scoreAll(request: Omit<ScoreRequest, 'store'>): Promise<ScoredAnswer[]> {
  const { task, run, log, plan, scoring } = request;
  const answers: ScoredAnswer[] = [];
  for (const { facts } of plan.samples) {
    for (const arm of run.arms) {
      const key = answerKey(run.configHash, arm, facts.id, run.model.id);
      const answer = log.answers.get(key);
      if (answer === undefined) continue;
      const score = scoreAnswer(task, facts, answer, log.judgements.get(key), scoring);
      answers.push({ facts, answer, score });
    }
    await nextTurn();
  }
  return answers;
}

export async function scoreRun(request: ScoreRequest, state: RunSummary['state']): Promise<RunSummary> {
  const { task, run, store, log, plan } = request;
  const answers = await scoreAll(request);
  const scores = answers.map(({ answer: { sample, arm }, score }): ScoreLine => ({ sample, arm, score }));
  const summary = summariseRun({ task, run, plan, answers, state, spentUsd: log.spentUsd() });
  const files = { [fileNames.scores]: linesText(scores), [fileNames.summary]: jsonText(summary) };
  await store.remove(fileNames.manifest);
  for (const [name, text] of Object.entries(files)) await store.write(name, text);
  if (state === 'complete') await store.write(fileNames.manifest, jsonText(manifestOf(request, files)));
  return summary;
}

interface RescoreOptions extends Pick<ScoreRequest, 'task' | 'run' | 'store'>, ScoringEffects {}

/** Scores a run again, e.g. with other metrics, and records by which. Whether it is complete does not change. */
export async function rescoreRun(options: RescoreOptions): Promise<RunSummary> {
  const { store, run } = options;
  await store.write(fileNames.run, jsonText(run));
  const { rows } = await readLines(store, fileNames.samples, planLineSchema);
  const plan = planOf(rows, undefined);
  const isComplete = (await store.read(fileNames.manifest)) !== undefined;
  const scoring = await scoringFor(plan, run, options);
  const log = await openLog(store, 'write');
  return await scoreRun({ ...options, log, plan, scoring }, isComplete ? 'complete' : 'partial');
}

export interface ScoringEffects {
  /** jieba in precise mode, loaded only where targets are Chinese. */
  readonly loadChinese?: (() => Promise<NonNullable<ScoreOptions['tokenizeChinese']>>) | undefined;
}

export async function scoringFor(
  { samples }: { readonly samples: readonly Pick<PlannedSample, 'facts'>[] },
  { compat }: Pick<RunFile, 'compat'>,
  { loadChinese }: ScoringEffects,
): Promise<ScoreOptions> {
  const isChinese = samples.some(({ facts }) => facts.targets.some(target => /\p{sc=Han}/u.test(target)));
  return isChinese ? { compat, tokenizeChinese: await loadChinese?.() } : { compat };
}

const jsonText = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;

const manifestOf = ({ run, plan }: ScoreRequest, files: Readonly<Record<string, string>>) => ({
  format: run.format,
  generator: run.generator,
  samples: plan.samples.length,
  faults: plan.faults.length,
  arms: run.arms,
  sha256: Object.fromEntries(Object.entries(files).map(([name, text]) => [name, sha256Hex(text)])),
});
