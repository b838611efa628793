/**
 * A language model as critic and proposer. Whatever it does (garbage, refusals, no answer at all, the same for ever), the
 * search goes on: proposals that do not hold are sent back once, the seeded operators make what is missing, and a model
 * that gives nothing of use several times running is not asked again.
 */
import * as v from 'valibot';
import { GlyphError, sha256Hex } from '../base/index.ts';
import { defaultConfig, type RenderConfig, type SampleOptions } from '../config/index.ts';
import { type Clock, type RunStore, readLines } from '../eval/index.ts';
import { type Message, type Model, messageText } from '../model/index.ts';
import { cost } from '../tokens/index.ts';
import type { ConfigProblem } from './config-problem.ts';
import type { ConfigEvidence } from './evidence.ts';
import { type Fault, judgeAnswer } from './llm-answer.ts';
import { proposalPrompt, sentBack } from './llm-prompt.ts';
import type { Proposal, ProposalRequest, Proposer } from './proposer.ts';
import { fileNames } from './search-files.ts';

export interface LlmProposerOptions {
  readonly model: Model;
  readonly space: SampleOptions;
  readonly problem: Pick<ConfigProblem, 'keyOf'>;
  /** Answers are recorded there: a search that goes on asks nothing twice. */
  readonly store: RunStore;
  readonly clock: Clock;
  readonly proposeTimeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What came of asking it. */
export interface LlmTally {
  readonly model: string;
  readonly calls: number;
  /** Calls without an answer: errors, refusals, time-outs. */
  readonly failed: number;
  readonly proposals: number;
  readonly faults: Readonly<Record<Fault, number>>;
  /** Places the seeded operators filled in its stead. */
  readonly replaced: number;
  readonly state: 'asked' | 'given-up';
  /** Null where no list price is known. */
  readonly costUsd: number | null;
  /** The last ones, newest last. */
  readonly critiques: readonly {
    readonly round: number;
    readonly generation: number;
    readonly text: string;
  }[];
}

export interface LlmProposer {
  readonly propose: Proposer<RenderConfig, ConfigEvidence>;
  tally(): LlmTally;
}

const lineSchema = v.object({
  key: v.string(),
  round: v.number(),
  generation: v.number(),
  outcome: v.picklist(['answered', 'failed']),
  /** The answer, or why there is none. */
  text: v.string(),
  costUsd: v.nullable(v.number()),
});
type Line = v.InferOutput<typeof lineSchema>;

const defaultTimeoutMs = 120_000;
const mostUseless = 3;
const keptCritiques = 20;
const maxTokens = 4096;
/** Characters of an answer that are recorded. */
const mostRecorded = 100_000;

export async function createLlmProposer(options: LlmProposerOptions): Promise<LlmProposer> {
  const { model, space, problem, store, signal } = options;
  const { rows, isTorn } = await readLines(store, fileNames.proposals, lineSchema);
  if (isTorn) await store.write(fileNames.proposals, rows.map(row => `${JSON.stringify(row)}\n`).join(''));
  const recorded = new Map(rows.map(row => [row.key, row] as const));
  const faults: Record<Fault, number> = { unreadable: 0, invalid: 0, duplicate: 0 };
  const critiques: LlmTally['critiques'][number][] = [];
  const costs: (number | null)[] = [];
  let [calls, failed, proposed, replaced, useless] = [0, 0, 0, 0, 0];

  async function ask(
    messages: readonly Message[],
    place: Pick<Line, 'round' | 'generation'>,
  ): Promise<string | undefined> {
    const key = sha256Hex(
      JSON.stringify([model.id, messages.map(each => [each.role, messageText(each)])]),
    ).slice(0, 24);
    let line = recorded.get(key);
    if (line === undefined) {
      line = { key, ...place, ...(await callOnce(messages, options)) };
      if (signal?.aborted === true) return undefined; // not the model's doing
      await store.append(fileNames.proposals, JSON.stringify(line));
      recorded.set(key, line);
    }
    calls++;
    costs.push(line.costUsd);
    if (line.outcome === 'answered') return line.text;
    failed++;
    return undefined;
  }

  async function propose(request: ProposalRequest<RenderConfig, ConfigEvidence>) {
    if (useless >= mostUseless) {
      replaced += request.count;
      return { proposals: [] };
    }
    const { round, generation } = request;
    const found: Proposal<RenderConfig>[] = [];
    const taken = (config: RenderConfig) =>
      request.isKnown(config) || found.some(each => problem.keyOf(each.genome) === problem.keyOf(config));
    let messages = proposalPrompt(request, space, space.base ?? defaultConfig);
    for (let attempt = 0; attempt < 2; attempt++) {
      const text = await ask(messages, { round, generation });
      if (text === undefined) break;
      const missing = request.count - found.length;
      const judged = judgeAnswer(text, { ...request, count: missing }, space, taken);
      for (const { fault } of judged.faults) faults[fault]++;
      if (judged.critique !== '') critiques.push({ round, generation, text: judged.critique });
      found.push(...judged.proposals);
      if (judged.faults.length === 0 || found.length === request.count) break;
      const problems = judged.faults.map(({ reason }) => reason);
      messages = sentBack(messages, text, problems, request.count - found.length);
    }
    proposed += found.length;
    replaced += request.count - found.length;
    useless = found.length === 0 ? useless + 1 : 0;
    return { proposals: found };
  }

  return {
    propose,
    tally: () => ({
      model: model.id,
      calls,
      failed,
      proposals: proposed,
      faults,
      replaced,
      state: useless >= mostUseless ? 'given-up' : 'asked',
      costUsd: costs.includes(null) ? null : costs.reduce<number>((sum, each) => sum + (each ?? 0), 0),
      critiques: critiques.slice(-keptCritiques),
    }),
  };
}

type Called = Pick<Line, 'outcome' | 'text' | 'costUsd'>;

/** Never throws, and ends with the time-out even where the model does not heed a signal. */
async function callOnce(
  messages: readonly Message[],
  { model, clock, signal, proposeTimeoutMs = defaultTimeoutMs }: LlmProposerOptions,
): Promise<Called> {
  const ended = new AbortController();
  const stop = new AbortController();
  const answer = (async (): Promise<Called> => {
    try {
      const options = {
        maxTokens,
        signal: AbortSignal.any([stop.signal, ...(signal === undefined ? [] : [signal])]),
      };
      const { text, finishReason, usage } = await model.generate(messages, options);
      const costUsd = usage === undefined ? null : costOf(model.family, usage);
      if (finishReason === 'refusal') return { outcome: 'failed', text: 'it refused', costUsd };
      return { outcome: 'answered', text: text.slice(0, mostRecorded), costUsd };
    } catch (error) {
      return {
        outcome: 'failed',
        text: error instanceof Error ? error.message : String(error),
        costUsd: null,
      };
    }
  })();
  const timeOut = clock
    .sleep(proposeTimeoutMs, AbortSignal.any([ended.signal, ...(signal === undefined ? [] : [signal])]))
    .then(
      (): Called => ({
        outcome: 'failed',
        text: `no answer within ${proposeTimeoutMs / 1000} s`,
        costUsd: null,
      }),
    );
  try {
    return await Promise.race([answer, timeOut]);
  } finally {
    ended.abort();
    stop.abort();
  }
}

function costOf(
  family: string,
  { reasoningTokens: _, ...usage }: Parameters<typeof cost>[1] & { readonly reasoningTokens?: number },
): number | null {
  try {
    return cost(family, usage).costUsd;
  } catch (error) {
    if (error instanceof GlyphError && error.kind === 'tokens') return null;
    throw error;
  }
}
