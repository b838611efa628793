/** Sends a request on, edited or not, and brings its answer back as it comes; a record of both is written at the end. */
import { GlyphError } from '../base/index.ts';
import { type Exchange, openExchange } from './exchange.ts';
import { failure } from './failure.ts';
import { decisionHeader, requestHeaders, responseHeaders } from './headers.ts';
import { httpFetch } from './http-fetch.ts';
import type { ProxyState } from './proxy-state.ts';
import type { Decision, RequestRecord } from './record.ts';
import { readRefusal } from './refusals.ts';
import { relay } from './relay.ts';
import { type EditRoute, upstreamUrl } from './routes.ts';
import type { UpstreamName } from './settings.ts';
import type { Transformed } from './transform.ts';
import { createUsageReader } from './usage-reader.ts';

export interface Visit {
  readonly request: Request;
  readonly upstream: UpstreamName;
  readonly url: string;
  readonly proxy: ProxyState;
  readonly startMs: number;
  readonly transformMs: number;
}

export function startVisit(request: Request, upstream: UpstreamName, proxy: ProxyState): Visit {
  const { pathname, search } = new URL(request.url);
  const url = upstreamUrl(proxy.options.upstreams[upstream], pathname, search);
  return { request, upstream, url, proxy, startMs: proxy.now(), transformMs: 0 };
}

interface Sent {
  readonly response: Response;
  readonly decision: Decision;
}

export async function send(
  visit: Visit,
  body: Uint8Array | ReadableStream<Uint8Array> | null,
  transformed: Transformed,
  route?: EditRoute,
): Promise<Response> {
  const { request, proxy } = visit;
  const { idleTimeoutMs: idleMs, totalTimeoutMs: totalMs } = proxy.settings;
  const exchange = openExchange(proxy.options.fetch ?? httpFetch, request.signal, { idleMs, totalMs });
  const closeCount = proxy.metrics.open();
  const finish = (
    how: Pick<RequestRecord, 'upstreamStatus' | 'firstByteMs' | 'ended' | 'usage'>,
    decision: Decision,
  ) => {
    exchange.close();
    closeCount();
    report(visit, transformed, decision, how);
  };
  let sent: Sent;
  try {
    sent = await ask(visit, exchange, body, transformed, route);
  } catch (error) {
    finish(
      { upstreamStatus: null, firstByteMs: null, ended: 'no-answer', usage: null },
      transformed.decision,
    );
    if (!(error instanceof GlyphError)) throw error;
    if (proxy.options.use === 'in-process') throw error.cause ?? error;
    return failure(/silent|too long/.test(error.actual) ? 504 : 502, error.message);
  }
  const { response, decision } = sent;
  const headers = responseHeaders(response.headers);
  headers.set(decisionHeader, `${decision.outcome}; reason=${decision.reason}`);
  const { status, statusText } = response;
  const firstByteMs = proxy.now() - visit.startMs;
  const end = (ended: RequestRecord['ended'], usage: RequestRecord['usage']) =>
    finish({ upstreamStatus: status, firstByteMs, ended, usage }, decision);
  if (response.body === null) {
    end('complete', null);
    return new Response(null, { status, statusText, headers });
  }
  const usage = route === undefined ? undefined : createUsageReader(route.wire, response.headers);
  const stream = relay(response.body, {
    idleMs,
    onChunk: chunk => usage?.push(chunk),
    onEnd: ended => end(ended, usage?.end() ?? null),
    abort: exchange.abort,
  });
  return new Response(stream, { status, statusText, headers });
}

async function ask(
  { request, upstream, url, proxy }: Visit,
  exchange: Exchange,
  body: Uint8Array | ReadableStream<Uint8Array> | null,
  transformed: Transformed,
  route: EditRoute | undefined,
): Promise<Sent> {
  const { method } = request;
  const askWith = (content: typeof body) => {
    const length = content instanceof Uint8Array ? content.length : undefined;
    const headers = requestHeaders(
      request.headers,
      proxy.options.use === 'in-process' ? 'any' : upstream,
      length,
    );
    // Plain, so that usage can be read as it passes.
    if (route !== undefined) headers.set('accept-encoding', 'identity');
    return exchange.ask(url, { method, headers, body: content });
  };
  const { decision, pieces } = transformed;
  const response = await askWith(pieces === undefined ? body : encode(pieces));
  const remember = (as: 'decided' | 'text', { ok }: Response) => {
    if (ok && route?.use === 'answer') transformed.remember(as);
  };
  if (decision.outcome === 'passed') {
    remember('decided', response);
    return { response, decision };
  }
  const reading = route === undefined ? undefined : await readRefusal(response, route.wire);
  if (reading?.isRefusal !== true) {
    remember('decided', response);
    return { response: reading?.response ?? response, decision };
  }
  const again = await askWith(body);
  remember('text', again);
  if (again.ok) proxy.refusals.add(transformed.model ?? '', proxy.now());
  return { response: again, decision: { outcome: 'passed', reason: 'refused-upstream' } };
}

function encode(pieces: readonly string[]): Uint8Array {
  const byteLength = pieces.reduce((sum, piece) => sum + Buffer.byteLength(piece), 0);
  const bytes = Buffer.allocUnsafe(byteLength);
  let at = 0;
  for (const piece of pieces) at += bytes.write(piece, at);
  return bytes;
}

function report(
  { request, proxy, startMs, transformMs }: Visit,
  { model, tokens, parts, pages, pageBytes, paged }: Transformed,
  decision: Decision,
  how: Pick<RequestRecord, 'upstreamStatus' | 'firstByteMs' | 'ended' | 'usage'>,
): void {
  const isImaged = decision.outcome === 'imaged';
  const { textTokens, textCost } = tokens;
  const untouched = { textTokens, sentTokens: textTokens, visionTokens: 0, textCost, sentCost: textCost };
  const record: RequestRecord = {
    time: new Date(startMs).toISOString(),
    route: new URL(request.url).pathname,
    model,
    decision: decision.outcome,
    reason: decision.reason,
    ...(isImaged
      ? { ...tokens, parts, pages, pageBytes }
      : { ...untouched, parts: 0, pages: 0, pageBytes: 0 }),
    transformMs: Math.round(transformMs * 10) / 10,
    totalMs: proxy.now() - startMs,
    ...how,
  };
  proxy.metrics.add(record);
  proxy.options.onRecord?.(record);
  proxy.options.onPages?.(record, isImaged ? paged : []);
}
