/**
 * Measures one sample under one config: what a search asks many times. Answers go to a log under config hash × sample ×
 * model, as those of a run do, so whatever was asked before, in this run or in one before a kill, is not asked again.
 */
import { configHash, type RenderConfig } from '../../config/index.ts';
import type { Model } from '../../model/index.ts';
import type { RenderOptions } from '../../render/index.ts';
import { countSync, loadTextTokenizer } from '../../tokens/index.ts';
import type { Score } from '../score.ts';
import type { Sample, Task } from '../task.ts';
import { answerKey, openLog } from './answer-log.ts';
import { plainPages } from './arms.ts';
import { type AskEffects, askSample, type Pending } from './ask-sample.ts';
import type { AnswerLine } from './lines.ts';
import { hashOf } from './plan.ts';
import { type Clock, createRateLimit, type RateLimits } from './rate-limit.ts';
import { createReader, type MaterialEffects } from './read-material.ts';
import type { RunStore } from './run-store.ts';
import { scoreAnswer } from './score-answer.ts';
import { type ScoringEffects, scoringFor } from './score-run.ts';
import { createSpending } from './spending.ts';

/** A sample and the task that scores it. */
export interface MeasuredItem {
  readonly task: Task;
  readonly sample: Sample;
}

export interface MeasuringOptions extends RateLimits, MaterialEffects, ScoringEffects {
  /** Everything that will be measured. */
  readonly items: readonly MeasuredItem[];
  /** Where answers are recorded and looked up. */
  readonly store: RunStore;
  readonly model: Model;
  readonly judge?: Model | undefined;
  readonly maxCostUsd?: number | undefined;
  readonly loadFont: RenderOptions['loadFont'];
  readonly clock: Clock;
  /** No request begins after it fires. */
  readonly signal?: AbortSignal | undefined;
}

export interface MeasuredAnswer {
  readonly answer: AnswerLine;
  readonly score: Score;
  /** Whether it was asked now, or stood in the log. */
  readonly from: 'model' | 'log';
}

export interface Measuring {
  /**
   * Undefined where no request may begin any more.
   * @throws what would go wrong with every sample, as `evaluate`
   */
  measure(item: MeasuredItem, config: RenderConfig): Promise<MeasuredAnswer | undefined>;
  /** Whether the limit of cost was met. */
  readonly isCostReached: boolean;
  /** For everything in the log and since. */
  readonly spentUsd: number;
}

/** @throws GlyphError kind `input` where the log does not hold */
export async function openMeasuring(options: MeasuringOptions): Promise<Measuring> {
  const { store, model, judge, loadFont, clock, signal, items } = options;
  const log = await openLog(store, 'write');
  const tokenizer = await loadTextTokenizer();
  const count = (text: string) => countSync(tokenizer, text);
  const scoring = await scoringFor(
    { samples: items.map(({ sample }) => ({ facts: sample })) },
    { compat: 'none' },
    options,
  );
  const spending = createSpending(options.maxCostUsd ?? Number.POSITIVE_INFINITY, log.spentUsd() ?? 0);
  const read = createReader(options);
  const waitTurn = createRateLimit(options, clock, signal);
  const hashes = new Map(items.map(({ sample }) => [sample, hashOf(sample)] as const));
  let isCostReached = false;

  const effectsFor = (task: Task, config: RenderConfig): Omit<AskEffects, 'onAnswer'> => ({
    task,
    judge,
    read,
    request: { model, config, count, tokenizer: tokenizer.name, loadFont, clock },
    log,
    spending,
    maxTokens: null,
    temperature: task.defaults.temperature,
    worst: { offer: async () => {} }, // pages are drawn again for a report
    waitTurn,
    count,
    scoring,
    isStopped: () => isCostReached || signal?.aborted === true,
    onLimit: () => {
      isCostReached = true;
    },
  });

  /** What is still to be done for an answer; undefined where it is complete. */
  function stepLeft(key: string, task: Task): Pending['step'] | undefined {
    const answer = log.answers.get(key);
    if (answer === undefined) return 'ask';
    const isToJudge = task.scorer.judge !== undefined && judge !== undefined && answer.outcome === 'answered';
    return isToJudge && !log.judgements.has(key) ? 'judge' : undefined;
  }

  return {
    get isCostReached() {
      return isCostReached;
    },
    get spentUsd() {
      return spending.spentUsd;
    },
    async measure({ task, sample }, config) {
      const name = `${task.name} ${sample.id} ${hashes.get(sample) ?? hashOf(sample)}`;
      const key = answerKey(configHash(config), plainPages.name, name, model.id);
      const step = stepLeft(key, task);
      if (step === undefined) {
        const answer = log.answers.get(key)!;
        const score = scoreAnswer(task, sample, answer, log.judgements.get(key), scoring);
        return { answer, score, from: 'log' };
      }
      let measured: MeasuredAnswer | undefined;
      const onAnswer: AskEffects['onAnswer'] = (answer, score) => {
        measured = { answer, score, from: 'model' };
      };
      await askSample(sample, [{ arm: plainPages, key, step }], { ...effectsFor(task, config), onAnswer });
      return measured;
    },
  };
}
