/**
 * A model without a server, for tests: it says what it was told to say, in small pieces, and remembers what it was
 * asked. The same calls give the same answers; no clock, no network, no counting of tokens.
 */
import { GlyphError } from '../../base/index.ts';
import { createAssembly } from '../assemble.ts';
import { checkMessages, checkOptions } from '../check-options.ts';
import { createGeneration } from '../generation.ts';
import { createWatch } from '../http/watch.ts';
import type { Message, ToolCallPart } from '../message.ts';
import type { Abilities, Completion, Delta, FinishReason, GenerateOptions, Model, Usage } from '../model.ts';
import type { WirePiece } from '../wire.ts';

export interface MockCompletion {
  readonly text?: string;
  readonly reasoning?: string;
  readonly toolCalls?: readonly ToolCallPart[];
  /** `tool-calls` where there are some and `stop` otherwise, unless given. */
  readonly finishReason?: FinishReason;
  /** Undefined in the completion unless given. */
  readonly usage?: Usage;
  /** Thrown after the rest was written. */
  readonly error?: Error;
}

export type MockAnswer = string | MockCompletion;

/** One answer for all calls, one for each call in turn, or a function of the call. */
export type MockAnswers =
  | MockAnswer
  | readonly MockAnswer[]
  | ((messages: readonly Message[], options: GenerateOptions) => MockAnswer | Promise<MockAnswer>);

export interface MockOptions {
  /** "mock" unless given. */
  readonly id?: string;
  /** "mock" unless given; a real family has token rules and prices. */
  readonly family?: string;
  /** Over those of a model that answers and calls tools. */
  readonly abilities?: Partial<Abilities>;
}

export interface MockCall {
  readonly messages: readonly Message[];
  readonly options: GenerateOptions;
}

export interface MockModel extends Model {
  /** What was asked so far, in the order it was sent. */
  readonly calls: readonly MockCall[];
}

/** A generation of it throws GlyphError kind `model` when a list of answers has run out. */
export function createMockModel(answers: MockAnswers, options: MockOptions = {}): MockModel {
  const { id = 'mock', family = 'mock' } = options;
  const abilities: Abilities = { task: 'answer', tools: 'yes', partOrder: 'as-given', ...options.abilities };
  const calls: MockCall[] = [];

  async function* answer(call: MockCall, signal: AbortSignal): AsyncGenerator<Delta, Completion> {
    checkOptions(call.options, abilities);
    checkMessages(call.messages, abilities);
    const watch = createWatch(signal, aborted);
    try {
      if (watch.signal.aborted) throw watch.signal.reason;
      calls.push(call);
      const { error, ...completion } = await watch.within(completionFor(answers, call, calls.length));
      const assembly = createAssembly(id);
      let firstTokenMs: number | undefined;
      for (const piece of piecesOf(completion)) {
        if (watch.signal.aborted) throw watch.signal.reason;
        const delta = assembly.add(piece);
        if (delta === undefined) continue;
        firstTokenMs = 0;
        yield delta;
      }
      if (error !== undefined) throw error;
      return { ...assembly.completion(), timing: { firstTokenMs, totalMs: 0, attempts: 1 } };
    } finally {
      watch.close();
    }
  }

  return {
    id,
    family,
    abilities,
    calls,
    generate: (messages, options = {}) =>
      createGeneration(({ signal }) =>
        answer(
          { messages, options },
          options.signal === undefined ? signal : AbortSignal.any([options.signal, signal]),
        ),
      ),
  };
}

/** @param number of the call, from 1 */
async function completionFor(answers: MockAnswers, call: MockCall, number: number): Promise<MockCompletion> {
  const answer = await pick(answers, call, number);
  return typeof answer === 'string' ? { text: answer } : answer;
}

function pick(answers: MockAnswers, call: MockCall, number: number): MockAnswer | Promise<MockAnswer> {
  if (typeof answers === 'function') return answers(call.messages, call.options);
  if (!isList(answers)) return answers;
  const answer = answers[number - 1];
  if (answer !== undefined) return answer;
  throw new GlyphError({
    kind: 'model',
    operation: 'ask the mock model',
    expected: `at most ${answers.length} calls, since it was given so many answers`,
    actual: `call ${number}`,
    hint: 'give it more answers, or a function',
  });
}

/** `Array.isArray` does not narrow read-only lists. */
const isList = (answers: MockAnswer | readonly MockAnswer[]): answers is readonly MockAnswer[] =>
  Array.isArray(answers);

function* piecesOf(completion: Omit<MockCompletion, 'error'>): Generator<WirePiece> {
  const { text = '', reasoning = '', toolCalls = [], usage, finishReason = 'stop' } = completion;
  for (const part of cut(reasoning)) yield { type: 'reasoning', text: part };
  for (const part of cut(text)) yield { type: 'text', text: part };
  for (const call of toolCalls) yield { type: 'tool-call', call };
  if (usage !== undefined) yield { type: 'usage', usage };
  yield { type: 'finish', reason: finishReason };
}

/** Pieces of a few characters, none cut in two. */
function* cut(text: string): Generator<string> {
  for (const [piece] of text.matchAll(/.{1,8}/gsu)) yield piece;
}

const aborted = (signal: AbortSignal) =>
  new GlyphError({
    kind: 'aborted',
    operation: 'generate an answer',
    expected: 'to run to its end',
    actual: 'a cancellation',
    cause: signal.reason,
  });
