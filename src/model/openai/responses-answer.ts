/** Reads answers of OpenAI's Responses API: a list of items, whole or announced event by event. */
import * as v from 'valibot';
import type { FinishReason } from '../model.ts';
import { malformed, parseJson, parseValue } from '../parse-answer.ts';
import type { WirePiece, WireReader } from '../wire.ts';
import { opaqueSchema, responsesTitle } from './responses-request.ts';
import { answeredError, errorObject, usageOf } from './shared.ts';

const count = v.nullish(v.number());
const texts = v.nullish(v.array(v.looseObject({ text: v.nullish(v.string()) })));

const itemSchema = v.looseObject({
  type: v.string(),
  id: v.nullish(v.string()),
  call_id: v.nullish(v.string()),
  name: v.nullish(v.string()),
  arguments: v.nullish(v.string()),
  encrypted_content: v.nullish(v.string()),
  summary: texts,
  content: v.nullish(
    v.array(v.looseObject({ type: v.string(), text: v.nullish(v.string()), refusal: v.nullish(v.string()) })),
  ),
});

const responseSchema = v.looseObject({
  model: v.nullish(v.string()),
  status: v.nullish(v.string()),
  error: v.nullish(errorObject),
  incomplete_details: v.nullish(v.looseObject({ reason: v.nullish(v.string()) })),
  output: v.nullish(v.array(itemSchema)),
  usage: v.nullish(
    v.looseObject({
      input_tokens: count,
      input_tokens_details: v.nullish(v.looseObject({ cached_tokens: count, cache_write_tokens: count })),
      output_tokens: count,
      output_tokens_details: v.nullish(v.looseObject({ reasoning_tokens: count })),
    }),
  ),
});

const eventSchema = v.looseObject({
  type: v.string(),
  delta: v.nullish(v.string()),
  summary_index: v.nullish(v.number()),
  item: v.nullish(itemSchema),
  response: v.nullish(responseSchema),
  error: v.nullish(errorObject),
  message: v.nullish(v.string()),
  code: v.nullish(v.string()),
});

type Item = v.InferOutput<typeof itemSchema>;
type Response = v.InferOutput<typeof responseSchema>;

/** Between the parts of a summary. */
const partBreak = '\n\n';

export function startReadingResponses(): WireReader {
  let isRefusal = false;
  return {
    readEvent({ data }) {
      if (data.trim() === '[DONE]') return []; // compatible servers add it
      const event = parseJson(eventSchema, data, `an event of ${responsesTitle}`);
      const delta = event.delta ?? '';
      switch (event.type) {
        case 'response.created':
          return modelPieces(event.response);
        case 'response.output_text.delta':
          return [{ type: 'text', text: delta }];
        case 'response.refusal.delta':
          isRefusal = true;
          return [{ type: 'text', text: delta }];
        case 'response.reasoning_summary_part.added':
          return event.summary_index ? [{ type: 'reasoning', text: partBreak }] : [];
        case 'response.reasoning_summary_text.delta':
        case 'response.reasoning_text.delta':
          return [{ type: 'reasoning', text: delta }];
        case 'response.output_item.done':
          return event.item ? closingPieces(event.item) : [];
        case 'response.completed':
        case 'response.incomplete':
        case 'response.failed':
          return endPieces(event.response ?? {}, isRefusal);
        case 'error':
          throw answeredError(responsesTitle, event.error ?? { message: event.message, code: event.code });
        default:
          return [];
      }
    },
  };
}

export function readWholeResponse(json: unknown): readonly WirePiece[] {
  const response = parseValue(responseSchema, json, `an answer of ${responsesTitle}`);
  const items = response.output;
  if (!items && !response.error) {
    throw malformed(`an answer of ${responsesTitle}`, 'output items', 'none', JSON.stringify(json));
  }
  const isRefusal = (items ?? []).some(item => item.content?.some(part => part.refusal));
  return [
    ...modelPieces(response),
    ...(items ?? []).flatMap(item => [...itemTexts(item), ...closingPieces(item)]),
    ...endPieces(response, isRefusal),
  ];
}

const modelPieces = (response: Response | null | undefined): WirePiece[] =>
  response?.model ? [{ type: 'model', model: response.model }] : [];

/** What a stream gives as deltas. */
function itemTexts(item: Item): WirePiece[] {
  if (item.type === 'message') {
    return (item.content ?? []).map(part => ({ type: 'text', text: part.text ?? part.refusal ?? '' }));
  }
  if (item.type !== 'reasoning') return [];
  const parts = [...(item.content ?? []), ...(item.summary ?? [])];
  return [{ type: 'reasoning', text: parts.map(part => part.text ?? '').join(partBreak) }];
}

/** What is known of an item only when it is complete. */
function closingPieces(item: Item): WirePiece[] {
  if (item.type === 'function_call') {
    const id = item.call_id ?? item.id ?? item.name ?? '';
    const call = { type: 'tool-call', id, name: item.name ?? '', arguments: item.arguments ?? '' } as const;
    return [{ type: 'tool-call', call }];
  }
  if (item.type !== 'reasoning') return [];
  const opaque = v.safeParse(opaqueSchema, item);
  return opaque.success ? [{ type: 'reasoning', text: '', opaque: opaque.output }] : [];
}

function endPieces(response: Response, isRefusal: boolean): WirePiece[] {
  const { error, status, usage } = response;
  if (error) throw answeredError(responsesTitle, error);
  if (status === 'failed') throw answeredError(responsesTitle, { message: 'a failed response' });
  return [
    ...(usage ? [{ type: 'usage' as const, usage: readUsage(usage) }] : []),
    { type: 'finish', reason: isRefusal ? 'refusal' : finishReasonOf(response) },
    { type: 'end' },
  ];
}

function finishReasonOf({ status, incomplete_details }: Response): FinishReason {
  if (status === 'completed') return 'stop';
  if (incomplete_details?.reason === 'max_output_tokens') return 'length';
  return incomplete_details?.reason === 'content_filter' ? 'refusal' : 'unknown';
}

const readUsage = (usage: NonNullable<Response['usage']>) =>
  usageOf({
    input: usage.input_tokens,
    cached: usage.input_tokens_details?.cached_tokens,
    cacheWrite: usage.input_tokens_details?.cache_write_tokens,
    output: usage.output_tokens,
    reasoning: usage.output_tokens_details?.reasoning_tokens,
  });
