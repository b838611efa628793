/** One call to a model within the limits of rate and money, and what came of it as data. */
import { GlyphError } from '../../base/index.ts';
import {
  type Completion,
  type GenerateOptions,
  type Message,
  type Model,
  ModelError,
} from '../../model/index.ts';
import type { AnswerLine } from './lines.ts';
import { costUsd, type Spending } from './spending.ts';

export interface CallEffects {
  readonly spending: Spending;
  /** Waits for the rate limit. */
  readonly waitTurn: (tokens: number) => Promise<void>;
  readonly count: (text: string) => number;
  /** Whether no request may begin any more. */
  isStopped(): boolean;
  /** Told when there is no money left for the next request. */
  onLimit(): void;
}

export type Failure = Pick<Extract<AnswerLine, { outcome: 'failed' }>, 'error' | 'costUsd'>;

export type Called =
  | { readonly completion: Completion; readonly costUsd: number | null }
  | { readonly failure: Failure };

export interface CallRequest {
  readonly model: Model;
  readonly messages: readonly Message[];
  readonly inputTokens: number;
  readonly options: GenerateOptions & { readonly maxTokens: number };
}

/**
 * Undefined where the request may not begin: the run is stopped or would exceed its cost.
 * @throws what would go wrong with every sample: GlyphError kinds `config`, `internal`, a `ModelError` about the key
 */
export async function callModel(request: CallRequest, effects: CallEffects): Promise<Called | undefined> {
  const { model, messages, inputTokens, options } = request;
  const { spending } = effects;
  await effects.waitTurn(inputTokens);
  if (effects.isStopped()) return undefined;
  const atMostUsd = costUsd(model.family, { inputTokens, outputTokens: options.maxTokens }) ?? 0;
  if (!(await spending.enter(atMostUsd))) {
    effects.onLimit();
    return undefined;
  }
  let actualUsd: number | null = 0;
  try {
    if (effects.isStopped()) return undefined;
    const completion = await model.generate(messages, options);
    actualUsd = billOf(request, completion, effects);
    return { completion, costUsd: actualUsd };
  } catch (error) {
    const failed = failureOf(error);
    // A server that refused has not read the pages; one that broke off may have.
    const isRefusal = error instanceof ModelError && (error.status ?? 0) >= 400;
    actualUsd = isRefusal ? 0 : costUsd(model.family, { inputTokens });
    return { failure: { error: failed, costUsd: actualUsd } };
  } finally {
    spending.leave(atMostUsd, actualUsd ?? 0);
  }
}

/** By the server's own count, or by ours where it tells none. */
function billOf({ model, inputTokens }: CallRequest, { usage, text }: Completion, { count }: CallEffects) {
  if (usage === undefined) return costUsd(model.family, { inputTokens, outputTokens: count(text) });
  const { reasoningTokens: _, ...tokens } = usage;
  return costUsd(model.family, tokens);
}

/** What may be wrong with one sample alone. */
export const isFailureOfSample = (error: unknown): error is GlyphError =>
  error instanceof GlyphError &&
  !['config', 'aborted', 'internal'].includes(error.kind) &&
  !(error instanceof ModelError && error.failure === 'credentials');

/** @throws `error` itself where it is about more than one sample */
export function failureOf(error: unknown): Failure['error'] {
  if (!isFailureOfSample(error)) throw error;
  const { kind, message } = error;
  return error instanceof ModelError ? { kind, failure: error.failure, message } : { kind, message };
}
