/**
 * What a recorded exchange with a vendor holds, so that one conformance suite runs for all wires: the request as it
 * must be sent, the answer as the vendor streams it and as it gives it whole, and the neutral result of both.
 */
import type { Message } from '../message.ts';
import type { Completion, GenerateOptions } from '../model.ts';
import type { ModelFailure } from '../model-error.ts';
import type { Wire, WireRequest } from '../wire.ts';

/** A completion without what depends on the clock. */
export type ExpectedCompletion = Omit<Completion, 'timing'>;

export interface Exchange {
  readonly messages: readonly Message[];
  readonly options?: GenerateOptions;
  /** What `wire.request` must return, in either mode. */
  readonly request: { readonly stream: WireRequest; readonly whole: WireRequest };
  /** The body of a streamed answer: server-sent events. */
  readonly stream: string;
  /** The body of a whole answer, before JSON. */
  readonly whole: unknown;
  readonly expected: ExpectedCompletion;
}

/** An answer that is no good, and what it must be called. */
export interface BadAnswer {
  readonly title: string;
  readonly body: unknown;
  readonly expected: ModelFailure;
}

/** An answer with an HTTP status of its own. */
export interface ErrorAnswer extends BadAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * What a vendor's folder records in `test/exchanges.ts`. `stream` and `whole` of one exchange say the same, so both
 * must give `expected`.
 */
export interface WireExchanges {
  readonly wire: Wire;
  /** The name that is sent. */
  readonly model: string;
  /**
   * Text and usage, from a request with a system message, text, one image and `maxTokens`. The answer holds characters
   * of several bytes ("naïve 日本 🙂"), since the suite cuts streams inside of them, and comes in several pieces.
   */
  readonly answer: Exchange;
  /** The second turn of a call of a tool: call and result in the request, another call (of two fragments or more) in the answer. */
  readonly toolCall: Exchange;
  /** Reasoning before the text, with what the vendor wants back on the next turn. */
  readonly reasoning: Exchange;
  /** Cut off by `maxTokens`. */
  readonly length: Exchange;
  /** Whole answers of status 200 without what an answer must hold: no choice, no candidate, an error object. */
  readonly badWhole: readonly BadAnswer[];
  /** Streams, as text, that close properly but say an error or lack what they must hold. */
  readonly badStreams: readonly (BadAnswer & { readonly body: string })[];
  /** The vendor's own error bodies: at least one of credentials, rate limit and too long a context. */
  readonly errors: readonly ErrorAnswer[];
}
