/**
 * The one interface of every model: messages in, a completion out, whole or as it is written. Vendors, the mock, the
 * embedded reader and readers that only transcribe all offer it, and all run one conformance suite.
 */
import type { Message, ReasoningPart, Tool, ToolCallPart } from './message.ts';

export interface Usage {
  /** Input tokens billed at the full price: without those read from or written to a cache. */
  readonly inputTokens: number;
  readonly cachedInputTokens: number;
  readonly cacheWriteTokens: number;
  /** With those of the reasoning. */
  readonly outputTokens: number;
  /** Part of `outputTokens`, where the vendor tells. */
  readonly reasoningTokens?: number;
}

export type FinishReason =
  /** The model ended its answer, or met a stop string. */
  | 'stop'
  /** `maxTokens` or the context was full: the answer is cut. */
  | 'length'
  | 'tool-calls'
  /** The vendor's filter or the model refused. */
  | 'refusal'
  /** The server named none, or one unknown here. */
  | 'unknown';

export interface Timing {
  /** From the call to the first token, ms; with retries and waits. Undefined when there was none. */
  readonly firstTokenMs: number | undefined;
  /** From the call to the end, ms. */
  readonly totalMs: number;
  /** Requests made: 1 without a retry. */
  readonly attempts: number;
}

export interface Completion {
  /** The answer without reasoning. */
  readonly text: string;
  readonly reasoning: readonly ReasoningPart[];
  readonly toolCalls: readonly ToolCallPart[];
  /** Undefined where the server told none. */
  readonly usage: Usage | undefined;
  readonly finishReason: FinishReason;
  readonly timing: Timing;
  /** The model as the server names it. */
  readonly model: string;
}

/** A piece of an answer as it is written. */
export type Delta =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'reasoning'; readonly text: string }
  | { readonly type: 'tool-call'; readonly call: ToolCallPart };

/**
 * A running call. Await it for the whole completion, or iterate it for the pieces; after iterating, awaiting gives the
 * completion without another request. The request is sent when the first of both happens.
 */
export interface Generation extends AsyncIterable<Delta>, PromiseLike<Completion> {}

export interface GenerateOptions {
  /** Upper limit of output tokens; the profile's or vendor's default otherwise. */
  readonly maxTokens?: number | undefined;
  readonly temperature?: number | undefined;
  readonly topP?: number | undefined;
  readonly topK?: number | undefined;
  readonly stop?: readonly string[] | undefined;
  readonly seed?: number | undefined;
  readonly tools?: readonly Tool[] | undefined;
  readonly toolChoice?: 'auto' | 'none' | 'required' | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What a model can do, so that callers ask a property and never a name. */
export interface Abilities {
  /** `answer`: questions over text and images. `transcribe`: only the text of one image. */
  readonly task: 'answer' | 'transcribe';
  readonly tools: 'yes' | 'no';
  /** How it likes a request laid out: Glyph was trained with all images before the question. */
  readonly partOrder: 'as-given' | 'images-first';
  /** Images a request may hold, where the model itself sets a limit. */
  readonly imagesPerRequest?: number;
  /** The instruction that makes it transcribe a page; a general one otherwise. */
  readonly transcribePrompt?: string;
}

export interface Model {
  /** Provider and name, e.g. "openai:gpt-4.1"; never holds a key. */
  readonly id: string;
  /** The name that token rules and prices go by, e.g. "gpt-4.1". */
  readonly family: string;
  readonly abilities: Abilities;
  /**
   * @throws through the generation: `ModelError` for what the server did, `GlyphError` kind `config` for options that
   * do not hold, `aborted` when the signal fires
   */
  generate(messages: readonly Message[], options?: GenerateOptions): Generation;
}
