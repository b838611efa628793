/** What the Messages API tells about an answer: its model, why it ended, what it cost, or what went wrong. */
import type { FinishReason } from '../model.ts';
import type { ModelError } from '../model-error.ts';
import { present } from '../present.ts';
import { statusError } from '../status-error.ts';
import type { WirePiece } from '../wire.ts';
import type { TokenCounts } from './answer-schema.ts';
import { title } from './title.ts';

export const modelPieces = (model: string | null | undefined): readonly WirePiece[] =>
  model ? [{ type: 'model', model }] : [];

const finishReasons: ReadonlyMap<string, FinishReason> = new Map([
  ['end_turn', 'stop'],
  ['stop_sequence', 'stop'],
  ['max_tokens', 'length'],
  ['model_context_window_exceeded', 'length'],
  ['tool_use', 'tool-calls'],
  ['refusal', 'refusal'],
  // Only the vendor's own tools, which are never offered, pause a turn; the answer then has no end.
  ['pause_turn', 'unknown'],
]);

export const finishPieces = (reason: string | null | undefined): readonly WirePiece[] =>
  reason ? [{ type: 'finish', reason: finishReasons.get(reason) ?? 'unknown' }] : [];

/** In a stream the counts are cumulative. `input_tokens` leaves out what was read from or written to a cache. */
export function usagePieces(counts: TokenCounts): readonly WirePiece[] {
  const usage = present({
    inputTokens: counts?.input_tokens ?? undefined,
    cachedInputTokens: counts?.cache_read_input_tokens ?? undefined,
    cacheWriteTokens: counts?.cache_creation_input_tokens ?? undefined,
    outputTokens: counts?.output_tokens ?? undefined,
    reasoningTokens: counts?.output_tokens_details?.thinking_tokens ?? undefined,
  });
  return Object.keys(usage).length === 0 ? [] : [{ type: 'usage', usage }];
}

/** The statuses that errors have outside of an answer. */
const statuses: ReadonlyMap<string, number> = new Map([
  ['invalid_request_error', 400],
  ['authentication_error', 401],
  ['billing_error', 402],
  ['permission_error', 403],
  ['not_found_error', 404],
  ['request_too_large', 413],
  ['rate_limit_error', 429],
  ['api_error', 500],
  ['timeout_error', 504],
  ['overloaded_error', 529],
]);

/** An error inside of an answer, called what it would be called with a status of its own. */
export const answeredError = (type: string | undefined, body: string): ModelError =>
  statusError(title, {
    status: statuses.get(type ?? '') ?? 500,
    body,
    retryAfterMs: undefined,
    keyVariable: undefined,
  });
