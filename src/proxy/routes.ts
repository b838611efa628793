/** Which addresses have bodies that are edited, and to which upstream everything else goes. */
import {
  anthropicEditor,
  anthropicWire,
  type BodyEditor,
  geminiEditor,
  geminiWire,
  openaiChatEditor,
  openaiChatWire,
  openaiResponsesEditor,
  openaiResponsesWire,
  type Wire,
} from '../model/index.ts';
import type { UpstreamName } from './settings.ts';

export interface EditRoute {
  /** As Hono writes paths. */
  readonly pattern: string;
  readonly upstream: UpstreamName;
  readonly editor: BodyEditor;
  /** Reads the answer's usage. */
  readonly wire: Wire;
  /** `count`: tokens are only counted, so nothing is cached upstream. */
  readonly use: 'answer' | 'count';
}

const anthropic = { upstream: 'anthropic', editor: anthropicEditor, wire: anthropicWire } as const;

export const editRoutes: readonly EditRoute[] = [
  {
    pattern: '/v1/chat/completions',
    upstream: 'openai',
    editor: openaiChatEditor,
    wire: openaiChatWire,
    use: 'answer',
  },
  {
    pattern: '/v1/responses',
    upstream: 'openai',
    editor: openaiResponsesEditor,
    wire: openaiResponsesWire,
    use: 'answer',
  },
  { pattern: '/v1/messages', ...anthropic, use: 'answer' },
  { pattern: '/v1/messages/count_tokens', ...anthropic, use: 'count' },
  {
    pattern: '/v1beta/models/:call{[^/]+:(?:generateContent|streamGenerateContent)}',
    upstream: 'gemini',
    editor: geminiEditor,
    wire: geminiWire,
    use: 'answer',
  },
];

/** The upstream of any other address: by its path, else by the header that only one vendor's clients send. */
export function upstreamOf(path: string, headers: Headers): UpstreamName {
  if (/^\/(v1beta|v1alpha|upload)\b/.test(path) || headers.has('x-goog-api-key')) return 'gemini';
  const isAnthropic = path.startsWith('/v1/messages') || headers.has('anthropic-version');
  return isAnthropic || headers.has('x-api-key') ? 'anthropic' : 'openai';
}

/** Gemini names the model in the address: ".../models/gemini-3-pro:generateContent". */
export function modelInPath(path: string): string | undefined {
  const name = /\/models\/([^/:]+):/.exec(path)?.[1];
  return name === undefined ? undefined : decodeURIComponent(name);
}

/** A segment that ends the base and begins the path, such as a version, is written once. */
export function upstreamUrl(base: string, path: string, search: string): string {
  const { origin, pathname } = new URL(base);
  const start = pathname.replace(/\/+$/, '');
  const first = /^\/[^/]+/.exec(path)?.[0] ?? '';
  const rest = first !== '' && start.endsWith(first) ? path.slice(first.length) : path;
  return `${origin}${start}${rest}${search}`;
}

/** Where a client of a known format sends its requests, and which of the proxy's addresses this one is for. */
export interface Format {
  /** e.g. "https://api.openai.com/v1"; what stands before the format's own addresses */
  readonly base: string;
  /** e.g. "/v1/chat/completions"; with its query */
  readonly path: string;
}

const ownPaths =
  /^(.*)(\/(?:chat\/completions|responses|messages|messages\/count_tokens|models\/[^/]+:\w+))$/;

/** Undefined for an address of no known format. */
export function formatOf({ origin, pathname, search }: URL): Format | undefined {
  const [, before, own] = ownPaths.exec(pathname) ?? [];
  if (before === undefined || own === undefined) return undefined;
  const version = own.startsWith('/models/') ? '/v1beta' : '/v1';
  return { base: `${origin}${before}`, path: `${version}${own}${search}` };
}
