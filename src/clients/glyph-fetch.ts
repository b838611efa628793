/**
 * The proxy without a port: a `fetch` that sends long material of a known request as pages, for any client that takes a
 * `fetch` of one's own. Everything else, and everything the transform cannot do, goes on as it came.
 */
import type { RenderConfig } from '../config/index.ts';
import { loadFont } from '../node/index.ts';
import { createProxy, formatOf, type HttpFetch, type RequestRecord, type Settings } from '../proxy/index.ts';

export interface GlyphFetchOptions {
  /** Asked in the end; the run-time's own unless given. */
  readonly fetch?: Fetch | undefined;
  /** Of pages; by the model's family unless given. */
  readonly config?: RenderConfig | undefined;
  /** What becomes pages, and the bounds of it. */
  readonly settings?: Partial<Settings> | undefined;
  /** One a request: what was decided, why, and what it saved or lost. */
  readonly onRecord?: ((record: RequestRecord) => void) | undefined;
}

type Fetch = typeof globalThis.fetch;

/** Keeps pages from turn to turn, so make one for a client, not one for a request. */
export function glyphFetch({ fetch = globalThis.fetch, ...options }: GlyphFetchOptions = {}): Fetch {
  const proxies = new Map<string, ReturnType<typeof createProxy>>();
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const format = formatOf(url);
    if (format === undefined) return fetch(input, init);
    const { base, path } = format;
    let proxy = proxies.get(base);
    if (proxy === undefined) {
      const upstreams = { openai: here, anthropic: here, gemini: here };
      proxy = createProxy({ ...options, upstreams, loadFont, fetch: askAt(base, fetch), use: 'in-process' });
      proxies.set(base, proxy);
    }
    return proxy.fetch(new Request(new URL(path, here), input instanceof Request ? input : init));
  };
}

/** Never asked: the address that the client meant is put in its place. */
const here = 'http://glyph.invalid';

const askAt =
  (base: string, fetch: Fetch): HttpFetch =>
  (url, { method, headers, body, signal }) => {
    const { pathname, search } = new URL(url);
    const content = body === null ? {} : { body: body as BodyInit };
    const init = { method, headers, signal, ...content, duplex: 'half' };
    return fetch(`${base}${pathname.replace(/^\/v1(?:beta)?/, '')}${search}`, init);
  };
