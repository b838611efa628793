/**
 * What the Messages API answers, as far as it is read here. Fields may be missing where a default will do, unknown
 * fields pass, and blocks, deltas and events of a type unknown here become `other`.
 */
import * as v from 'valibot';

const text = v.nullish(v.string(), '');
const count = v.nullish(v.number());
const index = v.nullish(v.number(), 0);

/** Anything of a type not named. */
const other = (known: readonly string[]) =>
  v.pipe(
    v.object({ type: v.pipe(v.string(), v.notValues(known)) }),
    v.transform(() => ({ type: 'other' as const })),
  );

const usage = v.nullish(
  v.object({
    input_tokens: count,
    cache_read_input_tokens: count,
    cache_creation_input_tokens: count,
    output_tokens: count,
    output_tokens_details: v.nullish(v.object({ thinking_tokens: count })),
  }),
);

const block = v.variant('type', [
  v.object({ type: v.literal('text'), text }),
  v.object({ type: v.literal('thinking'), thinking: text, signature: text }),
  v.object({ type: v.literal('redacted_thinking'), data: text }),
  v.object({
    type: v.literal('tool_use'),
    id: v.string(),
    name: v.string(),
    input: v.optional(v.unknown()),
  }),
  other(['text', 'thinking', 'redacted_thinking', 'tool_use']),
]);

const delta = v.variant('type', [
  v.object({ type: v.literal('text_delta'), text }),
  v.object({ type: v.literal('thinking_delta'), thinking: text }),
  v.object({ type: v.literal('signature_delta'), signature: text }),
  v.object({ type: v.literal('input_json_delta'), partial_json: text }),
  other(['text_delta', 'thinking_delta', 'signature_delta', 'input_json_delta']),
]);

const error = v.object({
  type: v.literal('error'),
  error: v.nullish(v.object({ type: v.fallback(text, '') })),
});

export const wholeSchema = v.variant('type', [
  v.object({
    type: v.literal('message'),
    model: v.nullish(v.string()),
    content: v.array(block),
    stop_reason: v.nullish(v.string()),
    usage,
  }),
  error,
]);

export const eventSchema = v.variant('type', [
  v.object({
    type: v.literal('message_start'),
    message: v.object({ model: v.nullish(v.string()), usage }),
  }),
  v.object({ type: v.literal('content_block_start'), index, content_block: block }),
  v.object({ type: v.literal('content_block_delta'), index, delta }),
  v.object({ type: v.literal('content_block_stop'), index }),
  v.object({
    type: v.literal('message_delta'),
    delta: v.nullish(v.object({ stop_reason: v.nullish(v.string()) })),
    usage,
  }),
  v.object({ type: v.literal('message_stop') }),
  error,
  other([
    'message_start',
    'content_block_start',
    'content_block_delta',
    'content_block_stop',
    'message_delta',
    'message_stop',
    'error',
  ]),
]);

export type TokenCounts = v.InferOutput<typeof usage>;
export type Block = v.InferOutput<typeof block>;
export type BlockDelta = v.InferOutput<typeof delta>;
