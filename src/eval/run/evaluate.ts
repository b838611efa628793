/**
 * A run: every sample of a task in every arm, asked once, recorded at once, scored from the record. It can be killed at
 * any point and taken up again from its store; scores do not depend on how often that happened.
 */
import { GlyphError } from '../../base/index.ts';
import type { Model } from '../../model/index.ts';
import type { RenderOptions } from '../../render/index.ts';
import { countSync, loadTextTokenizer } from '../../tokens/index.ts';
import type { Score } from '../score.ts';
import type { Task } from '../task.ts';
import { openLog } from './answer-log.ts';
import { parseArms } from './arms.ts';
import { type AskEffects, askSample } from './ask-sample.ts';
import type { RequestEffects } from './build-request.ts';
import { createWorstPages } from './keep-worst.ts';
import type { AnswerLine, PlannedSample, RunFile } from './lines.ts';
import { openPlan, type Plan, type PlanRequest } from './plan.ts';
import { forEachOf } from './pool.ts';
import { type Clock, createRateLimit, type RateLimits } from './rate-limit.ts';
import { createReader, type MaterialEffects } from './read-material.ts';
import { fileNames, type RunStore } from './run-store.ts';
import { openOptions, samplesToAsk, stepsLeft } from './samples-to-ask.ts';
import { type ScoringEffects, scoreAll, scoreRun, scoringFor } from './score-run.ts';
import { costUsd, createSpending } from './spending.ts';
import type { RunSummary, ScoredAnswer } from './summary.ts';

export interface EvaluateOptions extends RateLimits, MaterialEffects, ScoringEffects {
  readonly task: Task;
  /** What `startRun` or `readRun` gave. */
  readonly run: RunFile;
  readonly store: RunStore;
  readonly model: Model;
  /** For tasks whose answers must go through one. */
  readonly judge?: Model | undefined;
  /** Samples under way at once; 4 unless given. */
  readonly jobs?: number | undefined;
  /** A request begins only if, by our own counts and list prices, its longest answer stays within it. */
  readonly maxCostUsd?: number | undefined;
  /** `failed`: what was recorded as failed is asked again. */
  readonly retry?: 'none' | 'failed' | undefined;
  readonly loadFont: RenderOptions['loadFont'];
  readonly clock: Clock;
  /** No request begins after it fires; those under way are waited for and recorded. */
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: EvaluateEvent) => void) | undefined;
}

export type EvaluateEvent =
  | { readonly type: 'sample-opened'; readonly samples: number }
  | {
      readonly type: 'run-planned';
      readonly plan: Plan;
      /** Still to be made; a judge's are not counted. */
      readonly requests: number;
      /** What was recorded before. */
      readonly recorded: readonly ScoredAnswer[];
      readonly spentUsd: number;
    }
  | {
      readonly type: 'sample-answered';
      readonly answer: AnswerLine;
      readonly score: Score;
      readonly spentUsd: number;
    };

export interface Evaluated {
  /** `complete`: every sample has an answer or a recorded failure in every arm. */
  readonly state: 'complete' | 'interrupted' | 'cost-reached';
  readonly summary: RunSummary;
}

const defaultJobs = 4;

/**
 * @throws GlyphError kind `config` for options that do not hold, `input` where the data is no longer that of the run,
 * others as the task and the store; `aborted` only before the first request
 */
export async function evaluate(options: EvaluateOptions): Promise<Evaluated> {
  const { task, run, store, judge, signal, onEvent } = options;
  assertSuited(options);
  const prepared = await prepare(options);
  const { arms, read, request } = prepared;
  const log = await openLog(store, 'write');
  const plan = await openPlan(prepared);
  const scoring = await scoringFor(plan, run, options);
  const stepsOf = (planned: PlannedSample) => stepsLeft(planned, arms, log, options);
  const requests = plan.samples.flatMap(stepsOf).filter(({ step }) => step === 'ask').length;
  const recorded = await scoreAll({ task, run, log, plan, scoring });
  onEvent?.({ type: 'run-planned', plan, requests, recorded, spentUsd: log.spentUsd() ?? 0 });

  let isCostReached = false;
  const spending = createSpending(options.maxCostUsd ?? Number.POSITIVE_INFINITY, log.spentUsd() ?? 0);
  const effects: AskEffects = {
    task,
    judge,
    read,
    request,
    log,
    spending,
    maxTokens: run.maxTokens,
    temperature: run.temperature,
    worst: createWorstPages(store, log),
    waitTurn: createRateLimit(options, options.clock, signal),
    count: request.count,
    scoring,
    isStopped: () => isCostReached || signal?.aborted === true,
    onLimit: () => {
      isCostReached = true;
    },
    onAnswer: (answer, score) =>
      onEvent?.({ type: 'sample-answered', answer, score, spentUsd: spending.spentUsd }),
  };
  const isDone = () => plan.samples.every(planned => stepsOf(planned).length === 0);
  if (!isDone()) {
    await store.remove(fileNames.manifest);
    const samples = samplesToAsk(plan.samples, stepsOf, options, effects.isStopped);
    await forEachOf(samples, options.jobs ?? defaultJobs, ({ sample, steps }) =>
      askSample(sample, steps, effects),
    );
  }
  // What failed once more when it was asked again is a result.
  const isComplete = !effects.isStopped() || isDone();
  const scored = { task, run, store, log, plan, scoring };
  const summary = await scoreRun(scored, isComplete ? 'complete' : 'partial');
  return { state: isComplete ? 'complete' : isCostReached ? 'cost-reached' : 'interrupted', summary };
}

/** The samples and what their requests would come to, without a call. Errors as `evaluate`. */
export async function planRun(options: EvaluateOptions): Promise<Plan> {
  return await openPlan(await prepare(options));
}

async function prepare(options: EvaluateOptions): Promise<PlanRequest> {
  const { task, run, store, signal, onEvent } = options;
  return {
    task,
    run,
    store,
    arms: parseArms(run.arms),
    read: createReader(options),
    request: await requestEffects(options),
    open: { ...openOptions(options), signal },
    onSample: samples => onEvent?.({ type: 'sample-opened', samples }),
  };
}

/** The run must be of this model, and a limit of cost cannot be kept where the cost is not known. */
function assertSuited({ run, maxCostUsd, model, judge }: EvaluateOptions): void {
  if (model.id !== run.model.id) {
    throw unsuited('go on with a run', `its model, ${run.model.id}`, model.id, 'begin another run');
  }
  if (maxCostUsd === undefined) return;
  for (const { family } of [model, ...(judge === undefined ? [] : [judge])]) {
    if (costUsd(family, { inputTokens: 1, outputTokens: 1 }) !== null) continue;
    const actual = JSON.stringify(family);
    throw unsuited(
      'limit the cost of a run',
      'models with a known list price',
      actual,
      'leave the limit out',
    );
  }
}

const unsuited = (operation: string, expected: string, actual: string, hint: string) =>
  new GlyphError({ kind: 'config', operation, expected, actual, hint });

async function requestEffects({ run, model, loadFont, clock }: EvaluateOptions): Promise<RequestEffects> {
  const tokenizer = await loadTextTokenizer();
  return {
    model,
    config: run.config ?? undefined,
    count: text => countSync(tokenizer, text),
    tokenizer: tokenizer.name,
    loadFont,
    clock,
  };
}
