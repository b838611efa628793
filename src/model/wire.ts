/**
 * What a vendor's folder offers: convert messages to a request, and read its answer, streamed or whole, as neutral
 * pieces. One engine (`http-model.ts`) does the rest for all of them: sending, retries, time-outs, bounds, timing.
 */
import type { Message, ToolCallPart } from './message.ts';
import type { FinishReason, GenerateOptions, Usage } from './model.ts';

export interface WireRequest {
  /** Added to the base URL, e.g. "/chat/completions". */
  readonly path: string;
  /** Without credentials. */
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** A server-sent event. */
export interface ServerEvent {
  readonly event?: string | undefined;
  readonly data: string;
}

/** What an answer is made of, in the order it comes. */
export type WirePiece =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'reasoning'; readonly text: string; readonly opaque?: unknown }
  /** A whole call: the adapter collects its fragments. */
  | { readonly type: 'tool-call'; readonly call: ToolCallPart }
  /** Later ones replace the fields they name. */
  | { readonly type: 'usage'; readonly usage: Partial<Usage> }
  | { readonly type: 'finish'; readonly reason: FinishReason }
  | { readonly type: 'model'; readonly model: string }
  /** The last piece of a stream: without it the stream was cut. */
  | { readonly type: 'end' };

/** Reads one answer; holds what spans events. */
export interface WireReader {
  /** @throws ModelError failure `malformed-response`, or what an error event of the vendor says */
  readEvent(event: ServerEvent): readonly WirePiece[];
}

export interface Wire {
  /** For error messages, e.g. "OpenAI Chat Completions". */
  readonly title: string;
  request(model: string, messages: readonly Message[], options: GenerateOptions, mode: WireMode): WireRequest;
  startReading(): WireReader;
  /** The pieces of an answer that came whole. @throws ModelError as `readEvent` */
  readWhole(json: unknown): readonly WirePiece[];
  /** Headers that carry the key. */
  credentials(key: string): Readonly<Record<string, string>>;
}

/** `stream`: as it is written. `whole`: for servers that cannot. */
export type WireMode = 'stream' | 'whole';
