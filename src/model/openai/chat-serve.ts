/**
 * Chat Completions from the server's side: a request as neutral messages and options, and a generation as its answer,
 * whole or as events. The other direction of `chat-request.ts` and `chat-answer.ts`.
 */
import * as v from 'valibot';
import { GlyphError } from '../../base/index.ts';
import { fromBase64 } from '../base64.ts';
import { readBody, shapeOf } from '../body.ts';
import type { ImageMediaType, Message, Part } from '../message.ts';
import type { Completion, FinishReason, GenerateOptions, Usage } from '../model.ts';
import { present } from '../present.ts';
import type { WireMode } from '../wire.ts';
import { chatTitle } from './chat-request.ts';

export interface ChatRequest {
  readonly model: string;
  readonly messages: readonly Message[];
  readonly options: GenerateOptions;
  readonly mode: WireMode;
  /** Whether a stream ends with its usage. */
  readonly usage: 'told' | 'left-out';
}

const content = v.array(
  v.variant('type', [
    v.object({ type: v.literal('text'), text: v.string() }),
    v.object({ type: v.literal('image_url'), image_url: v.object({ url: v.string() }) }),
  ]),
);

const noneOf = v.nullish(v.pipe(v.array(v.unknown()), v.maxLength(0)));

const schema = v.looseObject({
  model: v.string(),
  messages: v.pipe(
    v.array(
      v.object({
        role: v.picklist(['system', 'developer', 'user', 'assistant']),
        content: v.nullish(v.union([v.string(), content])),
        tool_calls: noneOf,
      }),
    ),
    v.minLength(1),
  ),
  max_tokens: v.nullish(v.number()),
  max_completion_tokens: v.nullish(v.number()),
  temperature: v.nullish(v.number()),
  top_p: v.nullish(v.number()),
  stop: v.nullish(v.union([v.string(), v.array(v.string())])),
  seed: v.nullish(v.number()),
  n: v.nullish(v.literal(1)),
  stream: v.nullish(v.boolean()),
  stream_options: v.nullish(v.looseObject({ include_usage: v.nullish(v.boolean()) })),
  response_format: v.nullish(v.looseObject({ type: v.literal('text') })),
  tools: v.nullish(v.array(v.unknown())),
});

/** @throws GlyphError kind `input` for what is no such request, or asks for what is not served: tools, several answers */
export function readChatRequest(text: string): ChatRequest {
  const request = shapeOf(schema, readBody(text), chatTitle);
  if ((request.tools ?? []).length > 0) throw noTools(request.tools!.length);
  const { stop, max_tokens, max_completion_tokens, temperature, top_p, seed } = request;
  return {
    model: request.model,
    messages: request.messages.map(
      ({ role, content: given }): Message => ({
        role: role === 'developer' ? 'system' : role,
        parts: typeof given === 'string' ? [{ type: 'text', text: given }] : (given ?? []).map(partOf),
      }),
    ),
    options: present({
      maxTokens: max_completion_tokens ?? max_tokens ?? undefined,
      temperature: temperature ?? undefined,
      topP: top_p ?? undefined,
      seed: seed ?? undefined,
      stop: typeof stop === 'string' ? [stop] : (stop ?? undefined),
    }),
    mode: request.stream === true ? 'stream' : 'whole',
    usage: request.stream_options?.include_usage === true ? 'told' : 'left-out',
  };
}

const noTools = (count: number) =>
  new GlyphError({
    kind: 'input',
    operation: 'read a request',
    expected: 'no tools, since this model calls none',
    actual: String(count),
  });

function partOf(part: v.InferOutput<typeof content>[number]): Part {
  if (part.type === 'text') return { type: 'text', text: part.text };
  const { url } = part.image_url;
  const [, mediaType, data] = /^data:(image\/(?:png|jpeg|webp|gif));base64,(.+)$/s.exec(url) ?? [];
  const bytes = data === undefined ? undefined : fromBase64(data);
  if (bytes !== undefined) return { type: 'image', mediaType: mediaType as ImageMediaType, bytes };
  throw new GlyphError({
    kind: 'input',
    operation: 'read an image',
    expected: 'its bytes as data:image/png;base64,… (nothing is fetched)',
    actual: JSON.stringify(url.slice(0, 40)),
  });
}

const finishNames: Readonly<Record<FinishReason, string>> = {
  stop: 'stop',
  length: 'length',
  'tool-calls': 'tool_calls',
  refusal: 'content_filter',
  unknown: 'stop',
};

/** What all objects of one answer share. */
export interface ChatAnswerHead {
  /** e.g. "chatcmpl-1" */
  readonly id: string;
  /** Seconds since 1970. */
  readonly created: number;
  readonly model: string;
}

const usageObject = ({ inputTokens, cachedInputTokens, cacheWriteTokens, outputTokens }: Usage) => {
  const prompt = inputTokens + cachedInputTokens + cacheWriteTokens;
  return { prompt_tokens: prompt, completion_tokens: outputTokens, total_tokens: prompt + outputTokens };
};

export function chatCompletion(head: ChatAnswerHead, { text, usage, finishReason }: Completion) {
  const message = { role: 'assistant', content: text, refusal: null };
  const choice = { index: 0, message, logprobs: null, finish_reason: finishNames[finishReason] };
  return {
    ...head,
    object: 'chat.completion',
    choices: [choice],
    ...(usage === undefined ? {} : { usage: usageObject(usage) }),
  };
}

/** The first event, each piece of text, and the end, as data of server-sent events. */
export function chatEvents(head: ChatAnswerHead, usage: ChatRequest['usage']) {
  const chunk = (delta: object, finish: string | null) =>
    JSON.stringify({
      ...head,
      object: 'chat.completion.chunk',
      choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
    });
  return {
    start: () => chunk({ role: 'assistant', content: '' }, null),
    text: (text: string) => chunk({ content: text }, null),
    end({ finishReason, usage: spent }: Completion): readonly string[] {
      const last = chunk({}, finishNames[finishReason]);
      const told = { ...head, object: 'chat.completion.chunk', choices: [] };
      return usage === 'told' && spent !== undefined
        ? [last, JSON.stringify({ ...told, usage: usageObject(spent) }), '[DONE]']
        : [last, '[DONE]'];
    },
  };
}

/** An error as OpenAI's clients read it. */
export const chatError = (type: string, message: string, code: string | null = null) => ({
  error: { message, type, param: null, code },
});
