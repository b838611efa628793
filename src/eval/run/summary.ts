/**
 * What a run came to: for each arm the mean score with its standard error and, beside it, what it cost in tokens, money
 * and time; the same for each subset and group; and how the arms differ.
 */
import { promptTokens } from '../../tokens/index.ts';
import type { ScoredSample } from '../figure.ts';
import { type GroupMean, type Summary, summarise } from '../summarise.ts';
import type { SampleFacts, Task } from '../task.ts';
import { sumUsd } from './answer-log.ts';
import { type Difference, differencesAmong } from './differences.ts';
import type { Answered, AnswerLine, RunFile, ScoreLine } from './lines.ts';
import type { Plan } from './plan.ts';

/** Means are of the answered samples; null where nothing was told. */
export interface Spent {
  readonly answered: number;
  readonly failed: number;
  /** Answers cut at their limit of tokens. */
  readonly cut: number;
  readonly refused: number;
  /** Of a request, counted here. */
  readonly meanTokens: number | null;
  readonly meanVisionTokens: number | null;
  /** Of a request with the same material as text. */
  readonly meanTokensBefore: number | null;
  /** Text tokens of all that became pages ÷ tokens of all these pages. */
  readonly compressionRatio: number | null;
  /** Of a single sample. */
  readonly highestRatio: number | null;
  /** As the server counted. */
  readonly meanInputTokens: number | null;
  readonly meanOutputTokens: number | null;
  /** Of all answers; null where a price is unknown. */
  readonly costUsd: number | null;
  readonly meanFirstTokenMs: number | null;
  readonly meanTotalMs: number | null;
  /** Drawing pages or shortening text. */
  readonly meanPrepareMs: number | null;
}

export interface GroupSummary extends GroupMean {
  readonly spent: Spent;
}

export interface ArmSummary extends Omit<Summary, 'groups'> {
  readonly arm: string;
  readonly groups: readonly GroupSummary[];
  /** Not asked yet. */
  readonly missing: number;
  readonly spent: Spent;
  /** What scores are, e.g. ["qa_f1", "rouge_l"]. */
  readonly metrics: readonly string[];
}

export interface RunSummary {
  readonly state: 'complete' | 'partial';
  readonly task: string;
  readonly model: string;
  readonly compat: RunFile['compat'];
  readonly configHash: string | null;
  readonly startedAt: string;
  readonly samples: number;
  /** Broken rows of the data. */
  readonly faults: number;
  readonly tokenizer: string | null;
  /** For everything, the judge and what was asked again included; null where a price is unknown. */
  readonly spentUsd: number | null;
  readonly arms: readonly ArmSummary[];
  /** Between every two arms, on the samples both have a score for. */
  readonly differences: readonly Difference[];
}

export interface ScoredAnswer {
  readonly facts: SampleFacts;
  readonly answer: AnswerLine;
  readonly score: ScoreLine['score'];
}

export interface SummaryRequest extends Pick<RunSummary, 'state' | 'spentUsd'> {
  readonly task: Pick<Task, 'figures'>;
  readonly run: RunFile;
  readonly plan: Plan;
  readonly answers: readonly ScoredAnswer[];
}

export function summariseRun({ task, run, plan, answers, state, spentUsd }: SummaryRequest): RunSummary {
  const byArm = new Map(
    run.arms.map(arm => [arm, answers.filter(({ answer }) => answer.arm === arm)] as const),
  );
  const scores = new Map([...byArm].map(([arm, list]) => [arm, scoresBySample(list)] as const));
  const tokenizers = answers.flatMap(({ answer }) =>
    isAnswered(answer) ? [answer.accounting.tokenizer] : [],
  );
  return {
    state,
    task: run.task,
    model: run.model.id,
    compat: run.compat,
    configHash: run.configHash,
    startedAt: run.startedAt,
    samples: plan.samples.length,
    faults: plan.faults.length,
    tokenizer: tokenizers[0] ?? null,
    spentUsd,
    arms: [...byArm].map(([arm, list]) => summariseArm(task, arm, list, plan.samples.length)),
    differences: differencesAmong(scores),
  };
}

export const scoresBySample = (answers: readonly Pick<ScoredAnswer, 'facts' | 'score'>[]) =>
  new Map(
    answers.flatMap(({ facts, score }) => (score.value === null ? [] : [[facts.id, score.value] as const])),
  );

function summariseArm(
  task: Pick<Task, 'figures'>,
  arm: string,
  answers: readonly ScoredAnswer[],
  samples: number,
): ArmSummary {
  const scored = answers.map(({ facts: sample, score }): ScoredSample => ({ sample, score }));
  const { groups, ...summary } = summarise(task, scored);
  const metrics = scored.flatMap(({ score }) => (score.value === null ? [] : [score.metric]));
  return {
    arm,
    ...summary,
    groups: groups.map(group => ({
      ...group,
      spent: spentOn(answers.filter(({ facts }) => isIn(facts, group)).map(({ answer }) => answer)),
    })),
    missing: samples - answers.length,
    spent: spentOn(answers.map(({ answer }) => answer)),
    metrics: [...new Set(metrics)],
  };
}

function isIn({ subset, groups }: SampleFacts, { by, name }: GroupMean): boolean {
  const names = by === 'subset' && groups['subset'] === undefined ? subset : (groups[by] ?? []);
  return typeof names === 'string' ? names === name : names.includes(name);
}

const isAnswered = (answer: AnswerLine): answer is Answered => answer.outcome === 'answered';

function spentOn(answers: readonly AnswerLine[]): Spent {
  const answered = answers.filter(isAnswered);
  const accounts = answered.map(({ accounting }) => accounting);
  const usages = answered.flatMap(({ usage }) => usage ?? []);
  const ratios = accounts.flatMap(({ compressionRatio }) => compressionRatio ?? []);
  const paged = sum(accounts.map(account => account.pagedTokens));
  return {
    answered: answered.length,
    failed: answers.length - answered.length,
    cut: answered.filter(({ finishReason }) => finishReason === 'length').length,
    refused: answered.filter(({ finishReason }) => finishReason === 'refusal').length,
    meanTokens: meanOf(accounts.map(account => account.tokensAfter)),
    meanVisionTokens: meanOf(accounts.map(account => account.visionTokens)),
    meanTokensBefore: meanOf(accounts.map(account => account.tokensBefore)),
    compressionRatio:
      ratios.length === 0 ? null : sum(accounts.map(account => account.pagedTextTokens)) / Math.max(1, paged),
    highestRatio: ratios.length === 0 ? null : ratios.reduce((a, b) => Math.max(a, b)),
    meanInputTokens: meanOf(usages.map(promptTokens)),
    meanOutputTokens: meanOf(usages.map(usage => usage.outputTokens)),
    costUsd: sumUsd(answers.map(({ costUsd }) => costUsd)),
    meanFirstTokenMs: meanOf(answered.flatMap(({ timing }) => timing.firstTokenMs ?? [])),
    meanTotalMs: meanOf(answered.map(({ timing }) => timing.totalMs)),
    meanPrepareMs: meanOf(accounts.map(account => account.prepareMs)),
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const meanOf = (values: readonly number[]): number | null =>
  values.length === 0 ? null : sum(values) / values.length;
