/** What a proxy is told: where requests go, what becomes pages, and the bounds of everything it holds or waits for. */
import type { CompressOptions, DrawEffects } from '../compress/index.ts';
import type { BodyImage } from '../model/index.ts';
import type { HttpFetch } from './http-fetch.ts';
import type { RequestRecord } from './record.ts';

/** Base URLs, one a wire format: credentials of a format go nowhere else. */
export interface Upstreams {
  readonly openai: string;
  readonly anthropic: string;
  readonly gemini: string;
}

export type UpstreamName = keyof Upstreams;

export const officialUpstreams: Upstreams = {
  openai: 'https://api.openai.com',
  anthropic: 'https://api.anthropic.com',
  gemini: 'https://generativelanguage.googleapis.com',
};

export interface Settings {
  /** Answers of the model at the end of a conversation whose surroundings stay text. */
  readonly recentRounds: number;
  /** What is old is settled every so many answers only, so that between two steps nothing sent before changes. */
  readonly roundsPerStep: number;
  /** Shorter texts stay text. */
  readonly minCharacters: number;
  /** A text this long before the last one of a user's message is taken for a document. */
  readonly minDocumentCharacters: number;
  /** Answers still to come that a lost cache must pay back in; more in a conversation that has lasted longer. */
  readonly minRoundsAhead: number;
  /** Since the last request, after which a vendor's cache counts as cold. */
  readonly cacheLifeMs: number;
  /** Bodies above it pass as they come. */
  readonly maxBodyBytes: number;
  /** Of all bodies held at once; a body for which there is no room passes as it comes. */
  readonly maxHeldBytes: number;
  /** Of pages kept for the next turn. */
  readonly pageCacheBytes: number;
  readonly maxTransforms: number;
  readonly transformTimeoutMs: number;
  /** Without a byte from upstream. */
  readonly idleTimeoutMs: number;
  readonly totalTimeoutMs: number;
}

export const defaultSettings: Settings = {
  recentRounds: 2,
  roundsPerStep: 4,
  minCharacters: 3000,
  minDocumentCharacters: 8000,
  minRoundsAhead: 8,
  cacheLifeMs: 5 * 60_000,
  maxBodyBytes: 64_000_000,
  maxHeldBytes: 256_000_000,
  pageCacheBytes: 256_000_000,
  maxTransforms: 4,
  transformTimeoutMs: 10_000,
  idleTimeoutMs: 10 * 60_000,
  totalTimeoutMs: 60 * 60_000,
};

export interface ProxyOptions extends Pick<DrawEffects, 'loadFont'>, Pick<CompressOptions, 'config'> {
  readonly upstreams: Upstreams;
  /** Asked of every client as `x-glyph-token`, where the proxy can be reached by others. */
  readonly token?: string | undefined;
  readonly settings?: Partial<Settings> | undefined;
  /** Node's own unless given. */
  readonly fetch?: HttpFetch | undefined;
  /**
   * `server` (the default): for clients elsewhere, so failures are answered with a status and keys of other formats are
   * kept back. `in-process`: as `fetch`, which throws and sends all it is given.
   */
  readonly use?: 'server' | 'in-process' | undefined;
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
  /** One a request, when its answer has ended. Never holds a body or a key. */
  readonly onRecord?: ((record: RequestRecord) => void) | undefined;
  /** Asked for every request; while it says `off`, all of them go on as they came. */
  readonly compression?: (() => 'on' | 'off') | undefined;
  /** For those who want to see what became pages, too: such text stays in memory until the answer has ended. */
  readonly onPages?: ((record: RequestRecord, parts: readonly PagedPart[]) => void) | undefined;
}

/** A part of a request that went as pages. */
export interface PagedPart {
  readonly name: string;
  readonly text: string;
  /** What went beside its pages. */
  readonly texts: readonly string[];
  readonly images: readonly BodyImage[];
}
