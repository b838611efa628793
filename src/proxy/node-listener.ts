/**
 * A `Request → Response` function as a listener of Node's HTTP server. An answer that breaks breaks the connection too:
 * a client must never take half an answer for a whole one.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

export type Fetch = (request: Request) => Response | Promise<Response>;

export function nodeListener(fetch: Fetch): RequestListener {
  return (incoming, outgoing) => {
    handle(fetch, incoming, outgoing).catch(() => outgoing.destroy());
  };
}

async function handle(fetch: Fetch, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const left = new AbortController();
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) left.abort();
  });
  incoming.on('error', () => {}); // told to whoever reads the body
  const request = requestOf(incoming, left.signal);
  if (request === undefined) {
    outgoing.writeHead(400).end();
    return;
  }
  const response = await fetch(request);
  const reader = response.body?.getReader();
  if (left.signal.aborted) return void (await reader?.cancel());
  outgoing.writeHead(response.status, response.statusText, headerPairs(response.headers));
  if (reader === undefined) {
    outgoing.end();
    return;
  }
  outgoing.flushHeaders();
  const leaving = once(left.signal);
  leaving.then(() => reader.cancel()).catch(() => {}); // what broke is reported by the reading below
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (!outgoing.write(value)) {
      await Promise.race([leaving, new Promise<void>(resolve => outgoing.once('drain', () => resolve()))]);
    }
    if (left.signal.aborted) return;
  }
  outgoing.end();
}

const once = (signal: AbortSignal): Promise<void> =>
  new Promise(resolve => signal.addEventListener('abort', () => resolve(), { once: true }));

/** Undefined for what no `Request` can be, e.g. another way to write the address. */
function requestOf(incoming: IncomingMessage, signal: AbortSignal): Request | undefined {
  const { method = 'GET', url = '/', headers: given, rawHeaders } = incoming;
  try {
    const headers = new Headers();
    for (let i = 0; i < rawHeaders.length; i += 2) headers.append(rawHeaders[i]!, rawHeaders[i + 1]!);
    const hasBody = given['content-length'] !== undefined || given['transfer-encoding'] !== undefined;
    const init = { method, headers, signal, ...(hasBody ? { body: bodyOf(incoming), duplex: 'half' } : {}) };
    return new Request(new URL(url, `http://${given.host ?? 'localhost'}`), init);
  } catch {
    return undefined;
  }
}

function bodyOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  const chunks = incoming[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
    },
    { highWaterMark: 0 },
  );
}

/** Fields of one name apart, as cookies must be. */
const headerPairs = (headers: Headers): string[] => [...headers].flat();
