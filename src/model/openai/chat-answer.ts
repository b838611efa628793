/**
 * Reads answers of OpenAI Chat Completions, and of the many servers that speak it with an accent: no usage, content
 * null or in parts, reasoning under two names, fragments of tool calls without index or id, errors of status 200.
 */
import * as v from 'valibot';
import type { ToolCallPart } from '../message.ts';
import type { FinishReason } from '../model.ts';
import { malformed, parseJson, parseValue } from '../parse-answer.ts';
import type { WirePiece, WireReader } from '../wire.ts';
import { chatTitle } from './chat-request.ts';
import { answeredError, errorObject, usageOf } from './shared.ts';

const count = v.nullish(v.number());

const usageSchema = v.looseObject({
  prompt_tokens: count,
  completion_tokens: count,
  prompt_tokens_details: v.nullish(v.looseObject({ cached_tokens: count, cache_write_tokens: count })),
  completion_tokens_details: v.nullish(v.looseObject({ reasoning_tokens: count })),
});

const callSchema = v.looseObject({
  index: v.nullish(v.number()),
  id: v.nullish(v.string()),
  function: v.nullish(
    v.looseObject({
      name: v.nullish(v.string()),
      arguments: v.nullish(v.union([v.string(), v.record(v.string(), v.unknown())])),
    }),
  ),
});

const messageSchema = v.looseObject({
  content: v.nullish(v.union([v.string(), v.array(v.looseObject({ text: v.nullish(v.string()) }))])),
  reasoning_content: v.nullish(v.string()),
  reasoning: v.nullish(v.string()),
  refusal: v.nullish(v.string()),
  tool_calls: v.nullish(v.array(callSchema)),
});

const choiceSchema = v.looseObject({
  index: v.nullish(v.number()),
  delta: v.nullish(messageSchema),
  message: v.nullish(messageSchema),
  finish_reason: v.nullish(v.string()),
});

const answerSchema = v.looseObject({
  model: v.nullish(v.string()),
  choices: v.nullish(v.array(choiceSchema)),
  usage: v.nullish(usageSchema),
  error: v.nullish(v.union([v.string(), errorObject])),
  object: v.nullish(v.string()),
});

type Answer = v.InferOutput<typeof answerSchema>;
type Choice = v.InferOutput<typeof choiceSchema>;

const finishReasons: ReadonlyMap<string, FinishReason> = new Map([
  ['stop', 'stop'],
  ['length', 'length'],
  ['tool_calls', 'tool-calls'],
  ['function_call', 'tool-calls'],
  ['content_filter', 'refusal'],
]);

export function startReadingChat(): WireReader {
  const state = createState();
  return {
    readEvent({ data }) {
      if (data.trim() === '[DONE]') return state.close(data);
      return state.read(parseJson(answerSchema, data, `an event of ${chatTitle}`));
    },
  };
}

export function readWholeChat(json: unknown): readonly WirePiece[] {
  const state = createState();
  const pieces = state.read(parseValue(answerSchema, json, `an answer of ${chatTitle}`));
  return [...pieces, ...state.close(JSON.stringify(json))];
}

function createState() {
  const calls: ToolCallPart[] = [];
  const callAtIndex = new Map<number, number>();
  let hasChoice = false;
  let isRefusal = false;
  let model: string | undefined;

  function readChoice(choice: Choice): WirePiece[] {
    hasChoice = true;
    const pieces: WirePiece[] = [];
    const { content, reasoning_content, reasoning, refusal, tool_calls } =
      choice.delta ?? choice.message ?? {};
    const thought = reasoning_content || reasoning;
    if (thought) pieces.push({ type: 'reasoning', text: thought });
    const text = typeof content === 'string' ? content : content?.map(part => part.text ?? '').join('');
    if (text) pieces.push({ type: 'text', text });
    if (refusal) pieces.push({ type: 'text', text: refusal });
    isRefusal ||= Boolean(refusal);
    for (const fragment of tool_calls ?? []) addFragment(calls, callAtIndex, fragment);
    if (choice.finish_reason) pieces.push(...takeCalls(), finish(choice.finish_reason));
    return pieces;
  }

  const takeCalls = (): WirePiece[] => calls.splice(0).map(call => ({ type: 'tool-call', call }));

  const finish = (reason: string): WirePiece => ({
    type: 'finish',
    reason: isRefusal ? 'refusal' : (finishReasons.get(reason) ?? 'unknown'),
  });

  return {
    read(answer: Answer): readonly WirePiece[] {
      throwIfError(answer);
      const pieces: WirePiece[] = [];
      if (answer.model && answer.model !== model) {
        model = answer.model;
        pieces.push({ type: 'model', model });
      }
      const choice = answer.choices?.find(({ index }) => (index ?? 0) === 0);
      if (choice !== undefined) pieces.push(...readChoice(choice));
      if (answer.usage) pieces.push({ type: 'usage', usage: readUsage(answer.usage) });
      return pieces;
    },
    close(text: string): readonly WirePiece[] {
      if (!hasChoice) throw malformed(`an answer of ${chatTitle}`, 'a choice', 'none', text);
      return [...takeCalls(), { type: 'end' }];
    },
  };
}

function addFragment(
  calls: ToolCallPart[],
  callAtIndex: Map<number, number>,
  fragment: v.InferOutput<typeof callSchema>,
): void {
  const { index, id, function: call } = fragment;
  const name = call?.name ?? '';
  const written = call?.arguments ?? '';
  const text = typeof written === 'string' ? written : JSON.stringify(written);
  const at = index == null ? calls.length - 1 : callAtIndex.get(index);
  const open = at === undefined ? undefined : calls[at];
  // Some servers number all calls alike and tell them apart by id; some only begin each with its name.
  const isNext = id ? id !== open?.id : index == null && name !== '' && open?.name !== '';
  if (at !== undefined && open !== undefined && !isNext) {
    calls[at] = { ...open, name: open.name || name, arguments: open.arguments + text };
    return;
  }
  calls.push({ type: 'tool-call', id: id || `call-${calls.length}`, name, arguments: text });
  if (index != null) callAtIndex.set(index, calls.length - 1);
}

function readUsage(usage: v.InferOutput<typeof usageSchema>) {
  return usageOf({
    input: usage.prompt_tokens,
    cached: usage.prompt_tokens_details?.cached_tokens,
    cacheWrite: usage.prompt_tokens_details?.cache_write_tokens,
    output: usage.completion_tokens,
    reasoning: usage.completion_tokens_details?.reasoning_tokens,
  });
}

/** `{"error": …}`, or the error itself as vLLM wrote it before. */
function throwIfError(answer: Answer): void {
  const { error } = answer;
  if (typeof error === 'string') throw answeredError(chatTitle, { message: error });
  if (error) throw answeredError(chatTitle, error);
  if (answer.object === 'error') {
    throw answeredError(chatTitle, parseValue(errorObject, answer, `an error of ${chatTitle}`));
  }
}
