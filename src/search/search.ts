/**
 * The rendering search (§3.4 of arXiv 2510.17800): rounds of proposing, drawing, asking, measuring and selecting; then the
 * front of all rounds and one recommendation. Everything follows from the settings and recorded answers, so a search
 * that was killed is run again over its record, which costs no call.
 */
import { throwIfAborted } from '../base/index.ts';
import { pageConfigFor } from '../compress/index.ts';
import {
  configHash,
  defaultConfig,
  outsideReason,
  type RenderConfig,
  type SampleOptions,
  spaceOfFamily,
} from '../config/index.ts';
import { type Measuring, type MeasuringOptions, openMeasuring, type RunStore } from '../eval/index.ts';
import type { Model } from '../model/index.ts';
import { countSync, loadTextTokenizer, modelLimits } from '../tokens/index.ts';
import type { CompressionOptions } from './compression.ts';
import { type ConfigProblem, createConfigProblem } from './config-problem.ts';
import { paretoFront } from './dominance.ts';
import { type ConfigEvidence, ratioOf } from './evidence.ts';
import { type Held, heldOut } from './holdout.ts';
import { createLlmProposer, type LlmProposer, type LlmTally } from './llm-proposer.ts';
import type { Candidate } from './problem.ts';
import { type Preference, type Recommendation, recommend } from './recommend.ts';
import { type RoundEnd, type RoundEvent, searchRound } from './round.ts';
import { writeResult } from './search-files.ts';
import { type SearchSettings, spaceWith } from './settings.ts';
import { openValidation, type Validation, validationTask } from './validation.ts';

export type ConfigCandidate = Candidate<RenderConfig, ConfigEvidence>;

export interface SearchLimits {
  readonly maxCostUsd?: number | undefined;
  /** Input tokens of all requests, recorded ones included. */
  readonly maxTokens?: number | undefined;
  /** Of this call; recorded work counts nothing. */
  readonly maxTimeMs?: number | undefined;
}

export interface SearchOptions extends Omit<MeasuringOptions, 'items' | 'store' | 'maxCostUsd'> {
  readonly settings: SearchSettings;
  readonly preference: Preference;
  readonly limits: SearchLimits;
  readonly store: RunStore;
  /** Where answers are recorded; the search's own folder unless given, so that searches can share them. */
  readonly cache?: RunStore | undefined;
  /** Proposes candidates; a search without one is seeded throughout. */
  readonly proposer?: Model | undefined;
  /** Longest wait for a proposal. */
  readonly proposeTimeoutMs?: number | undefined;
  /** Candidates measured at once. */
  readonly jobs: number;
  readonly onEvent?: ((event: SearchEvent) => void) | undefined;
}

export type SearchEvent =
  | RoundEvent<RenderConfig, ConfigEvidence>
  | { readonly type: 'search-opened'; readonly items: number };

export interface SearchResult {
  readonly state: 'complete' | 'budget-reached' | 'interrupted';
  readonly settings: SearchSettings;
  readonly candidates: readonly ConfigCandidate[];
  /** Of all rounds, densest first. */
  readonly front: readonly ConfigCandidate[];
  /** Undefined where nothing was measured. */
  readonly recommendation: Recommendation<ConfigCandidate> | undefined;
  readonly rounds: readonly {
    readonly end: RoundEnd;
    readonly generations: number;
    readonly candidates: number;
  }[];
  /** Front after each generation, for a picture. */
  readonly history: readonly GenerationFront[];
  /** Made and refused without a measurement, by reason. */
  readonly refused: Readonly<Record<string, number>>;
  /** Null without a proposing model. */
  readonly llm: LlmTally | null;
  /** Null without held-out samples. */
  readonly held: Held | null;
  readonly spentUsd: number;
}

export interface GenerationFront {
  readonly round: number;
  readonly generation: number;
  /** Accuracy and compression. */
  readonly points: readonly (readonly number[])[];
}

/** @throws GlyphError as the tasks, the model and the store; kind `aborted` only before the first measurement */
export async function searchConfigs(options: SearchOptions): Promise<SearchResult> {
  const { settings, store, signal } = options;
  const opened = await openSearch(options);
  const ran = await runRounds(options, opened);
  const { measuring, compression, llm } = opened;
  const last = ran.rounds.at(-1);
  const isWhole = ran.rounds.length === settings.rounds && last?.end !== 'budget-reached';
  const front = frontOf(ran.candidates);
  const recommendation = recommend(front, options.preference);
  const result: SearchResult = {
    state: isWhole ? 'complete' : signal?.aborted === true ? 'interrupted' : 'budget-reached',
    settings,
    ...ran,
    front,
    recommendation,
    llm: llm?.tally() ?? null,
    held: isWhole ? await heldFor(front, recommendation?.candidate, settings, opened) : null,
    spentUsd: measuring.spentUsd,
  };
  await writeResult(store, result, { text: compression.text, loadFont: options.loadFont });
  return result;
}

interface OpenedSearch {
  readonly validation: Validation;
  readonly measuring: Measuring;
  readonly compression: CompressionOptions;
  readonly problem: ConfigProblem;
  readonly llm: LlmProposer | undefined;
}

async function openSearch(options: SearchOptions): Promise<OpenedSearch> {
  const { settings, store, limits, signal, loadFont, onEvent } = options;
  const { family, leastRatio, enoughRatio, halving } = settings;
  const tokenizer = await loadTextTokenizer();
  const countTokens = (text: string) => countSync(tokenizer, text);
  modelLimits(family); // an unknown family is found out before anything is asked
  const validation = await validationOf(options, countTokens);
  throwIfAborted(signal, 'search configs');
  const { items, holdout } = validation;
  const measuring = await openMeasuring({
    ...options,
    model: { ...options.model, family },
    items: [...items, ...holdout],
    store: options.cache ?? store,
    maxCostUsd: limits.maxCostUsd,
  });
  const compression = { text: validation.text, family, countTokens, loadFont };
  const space = searchSpace(settings);
  const problem = createConfigProblem({
    ...compression,
    items,
    measuring,
    space,
    leastRatio,
    enoughRatio,
    halving,
  });
  const { proposer } = options;
  const llm =
    proposer === undefined
      ? undefined
      : await createLlmProposer({ ...options, model: proposer, space, problem });
  onEvent?.({ type: 'search-opened', items: items.length });
  return { validation, measuring, compression, problem, llm };
}

type Ran = Pick<SearchResult, 'candidates' | 'rounds' | 'history' | 'refused'>;

async function runRounds(options: SearchOptions, { problem, measuring, llm }: OpenedSearch): Promise<Ran> {
  const { settings, limits, signal, clock, onEvent } = options;
  const { maxTokens = Infinity, maxTimeMs = Infinity, maxCostUsd = Infinity } = limits;
  const endMs = clock.now() + maxTimeMs;
  const tokensOf = new Map<string, number>();
  const isOver = () =>
    signal?.aborted === true ||
    measuring.isCostReached ||
    measuring.spentUsd + (llm?.tally().costUsd ?? 0) >= maxCostUsd ||
    clock.now() >= endMs ||
    [...tokensOf.values()].reduce((sum, tokens) => sum + tokens, 0) >= maxTokens;
  const refused: Record<string, number> = {};
  const history: GenerationFront[] = [];
  const candidates: ConfigCandidate[] = [];
  const rounds: SearchResult['rounds'][number][] = [];
  const watch = (event: RoundEvent<RenderConfig, ConfigEvidence>) => {
    if (event.type === 'candidate-refused') refused[event.reason] = (refused[event.reason] ?? 0) + 1;
    if (event.type === 'candidate-measured')
      tokensOf.set(event.candidate.key, event.candidate.evidence.tokens);
    if (event.type === 'generation-ended') {
      const { round, generation, front } = event;
      history.push({ round, generation, points: front.map(({ values }) => values) });
    }
    onEvent?.(event);
  };
  for (let round = 1; round <= settings.rounds; round++) {
    const { steps, population, ...others } = settings;
    const result = await searchRound({
      ...others,
      steps,
      populationSize: population,
      problem,
      round,
      proposer: llm?.propose,
      jobs: options.jobs,
      isOver,
      onEvent: watch,
    });
    candidates.push(...result.candidates);
    rounds.push({ end: result.end, generations: result.generations, candidates: result.candidates.length });
    if (result.end === 'budget-reached') break;
  }
  return { candidates, rounds, history, refused };
}

async function heldFor(
  front: readonly ConfigCandidate[],
  recommended: ConfigCandidate | undefined,
  settings: SearchSettings,
  { validation: { holdout: items }, measuring, compression }: OpenedSearch,
): Promise<Held | null> {
  if (recommended === undefined || items.length === 0) return null;
  return await heldOut({ front, recommended, baseline: baselineOf(settings), items, measuring, compression });
}

async function validationOf(
  options: SearchOptions,
  countTokens: (text: string) => number,
): Promise<Validation> {
  const { tasks, samples, holdout, lengths, seed } = options.settings;
  return await openValidation({
    tasks: tasks.map(validationTask),
    samples,
    holdout,
    lengths: lengths ?? undefined,
    seed,
    files: options.files,
    countTokens,
    signal: options.signal,
  });
}

/** What a family takes, drawn over the page it is best shown where Table 8 says nothing. */
export function searchSpace(settings: Pick<SearchSettings, 'family' | 'fixed' | 'ranges'>): SampleOptions {
  const own = spaceOfFamily(settings.family);
  return spaceWith({ base: pageConfigFor(settings.family), ...own }, settings);
}

/** What a user would take without a search: the published best config, or the only one the model takes. */
export function baselineOf(settings: Pick<SearchSettings, 'family' | 'fixed' | 'ranges'>): RenderConfig {
  const own = spaceOfFamily(settings.family);
  return outsideReason(defaultConfig, own) === undefined ? defaultConfig : (own.base ?? defaultConfig);
}

/** The same config may come up in several rounds: it stands once. */
export function frontOf(candidates: readonly ConfigCandidate[]): ConfigCandidate[] {
  const measured = new Map<string, ConfigCandidate>();
  for (const each of candidates) {
    const hash = configHash(each.genome);
    if (each.fate === 'measured' && !measured.has(hash)) measured.set(hash, each);
  }
  return paretoFront([...measured.values()]).sort((a, b) => ratioOf(b) - ratioOf(a));
}
