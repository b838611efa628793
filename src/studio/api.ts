/** What the studio's server and its web app say to each other; nothing here runs, so both may import it. */
import type { GlyphError } from '../base/index.ts';
import type { RenderConfig } from '../config/index.ts';
import type { Usage } from '../model/index.ts';
import type { RequestRecord } from '../proxy/index.ts';

/** Where everything of the studio but its page stands, so that no address of an upstream is taken. */
export const studioBase = '/studio';
export const apiBase = `${studioBase}/api`;

/** What went wrong. */
export interface Failure {
  /** In English. */
  readonly message: string;
  /** What the message is put together from, where it is a `GlyphError`'s. */
  readonly parts?: FailureParts | undefined;
}

export interface FailureParts extends Pick<GlyphError, 'operation' | 'expected' | 'actual' | 'hint'> {}

/** The body of an answer that is none. */
export interface FailureBody extends Pick<Failure, 'parts'> {
  readonly error: string;
}

/** `GET about` */
export interface About {
  readonly version: string;
  /** Models that can be asked from here, the first one unless another is chosen; never a key. */
  readonly models: readonly AskableModel[];
  /** Whether a folder with runs was named. */
  readonly runs: 'named' | 'none';
  /** Whether texts and pages of requests are kept for a while, to be looked at. */
  readonly bodies: 'kept' | 'not-kept';
}

export interface AskableModel {
  /** As `--model` takes it, e.g. "openai:gpt-4.1". */
  readonly spec: string;
  /** As token rules and prices call it. */
  readonly family: string;
  /** `embedded`: on this machine, without a key. */
  readonly kind: 'embedded' | 'served';
}

/** `GET sample`: a document to begin with, and what may be asked about it. */
export interface SampleDocument {
  readonly name: string;
  readonly text: string;
  readonly questions: readonly string[];
}

/** `POST text`: the text of a file that was sent as bytes. */
export interface DocumentText {
  readonly name: string;
  readonly text: string;
}

/** `POST ask`: one column. */
export interface AskRequest {
  readonly model: string;
  readonly reads: 'text' | 'pages';
  readonly name: string;
  readonly text: string;
  readonly question: string;
  /** By the model's family unless given. */
  readonly config?: Partial<RenderConfig> | undefined;
}

export interface AskCitation {
  readonly page: number;
  readonly lines: { readonly first: number; readonly last: number } | null;
  /** UTF-16 code units of the document. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The answer to `POST ask`, a JSON value a line. Milliseconds count from the request's arrival. */
export type AskEvent =
  | { readonly type: 'waiting' }
  | ({ readonly type: 'prepared' } & AskPrepared)
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'reasoning'; readonly text: string }
  /** Tokens written so far, of a reader that shows its answer only when it is whole. */
  | { readonly type: 'written'; readonly tokens: number }
  | ({ readonly type: 'done' } & AskDone)
  | ({ readonly type: 'failed' } & Failure);

export interface AskPrepared {
  readonly prepareMs: number;
  /** Of the whole document as text, in the tokenizer named. */
  readonly tokensBefore: number;
  /** As it goes to the model. */
  readonly tokensAfter: number;
  readonly tokenizer: string;
  readonly pages: number;
  /** The config pages were drawn with; null where the document goes as text. */
  readonly config: RenderConfig | null;
  /** Why it is as it is, where that is not what was asked for. */
  readonly note: 'stays-text' | 'passages' | 'rows' | null;
}

export interface AskDone {
  readonly text: string;
  /** Whether what it says stands in what it cites; only some readers are checked. */
  readonly supported: 'yes' | 'no' | 'unchecked';
  readonly citations: readonly AskCitation[];
  readonly usage: Usage | null;
  readonly costUsd: number | null;
  readonly firstTokenMs: number | null;
  readonly totalMs: number;
  readonly finishReason: string;
}

/** `GET runs` */
export interface RunEntry {
  /** Relative to the folder that was named, with "/". */
  readonly path: string;
  readonly kind: 'eval' | 'search' | 'report';
  readonly title: string;
  /** e.g. the model and the arms with their scores. */
  readonly details: readonly string[];
  readonly state: 'complete' | 'partial';
  /** ISO 8601, of its last change. */
  readonly changedAt: string;
}

/** A request of the proxy, numbered from 1. */
export interface TrafficEntry extends RequestRecord {
  readonly id: number;
  /** Whether its texts and pages can be looked at. */
  readonly bodies: 'kept' | 'not-kept';
}

/** The events of `GET traffic`, server-sent. */
export type TrafficEvent =
  | { readonly type: 'start'; readonly entries: readonly TrafficEntry[]; readonly compression: 'on' | 'off' }
  | { readonly type: 'entry'; readonly entry: TrafficEntry }
  | { readonly type: 'compression'; readonly compression: 'on' | 'off' };

/** `GET traffic/ID`: a part of a request that went as pages. */
export interface ShownPart {
  readonly name: string;
  readonly text: string;
  /** What went beside its pages. */
  readonly texts: readonly string[];
  /** Data of images, base64. */
  readonly images: readonly { readonly mediaType: string; readonly base64: string }[];
}
