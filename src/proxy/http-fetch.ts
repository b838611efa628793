/**
 * An HTTP request as Node's own client sends it. `fetch` would decode bodies, follow redirects and wait 300 s at most;
 * a proxy must pass all of it on as it is.
 */
import {
  type ClientRequest,
  request as httpRequest,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http';
import { request as httpsRequest } from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface HttpInit {
  readonly method: string;
  readonly headers: Headers;
  readonly body: Uint8Array | ReadableStream<Uint8Array> | null;
  readonly signal: AbortSignal;
}

/** Rejects where no answer begins; a body that breaks makes its stream fail. */
export type HttpFetch = (url: string, init: HttpInit) => Promise<Response>;

export const httpFetch: HttpFetch = async (url, init) => {
  try {
    return await send(url, init);
  } catch (error) {
    // A kept connection that the server was just closing: nothing was read of the request.
    const isStale = error instanceof StaleConnection && !(init.body instanceof ReadableStream);
    if (!isStale || init.signal.aborted) throw error instanceof StaleConnection ? error.cause : error;
    return send(url, init);
  }
};

class StaleConnection extends Error {}

function send(url: string, { method, headers, body, signal }: HttpInit): Promise<Response> {
  const target = new URL(url);
  const options: RequestOptions = { method, headers: headerList(headers), signal };
  return new Promise((resolve, reject) => {
    const open = target.protocol === 'https:' ? httpsRequest : httpRequest;
    const request = open(target, options, incoming => {
      try {
        resolve(toResponse(incoming));
      } catch (error) {
        incoming.destroy();
        reject(error);
      }
    });
    request.on('error', (error: NodeJS.ErrnoException) => {
      const isStale = request.reusedSocket && error.code === 'ECONNRESET';
      reject(isStale ? new StaleConnection('stale', { cause: error }) : error);
    });
    sendBody(request, body);
  });
}

/** Fields of one name stay apart, as they came. */
function headerList(headers: Headers): Record<string, string> {
  return Object.fromEntries(headers);
}

function sendBody(request: ClientRequest, body: HttpInit['body']): void {
  if (body === null) request.end();
  else if (body instanceof Uint8Array) request.end(body);
  // An error of either side ends both; the request's own listener reports it.
  else pipeline(Readable.from(chunksOf(body)), request).catch(error => request.destroy(error));
}

async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    reader.cancel().catch(() => {}); // the sender is gone already
  }
}

/** Statuses whose answers have no body. */
const bodiless = new Set([204, 205, 304]);

function toResponse(incoming: IncomingMessage): Response {
  const headers = new Headers();
  for (let i = 0; i < incoming.rawHeaders.length; i += 2) {
    headers.append(incoming.rawHeaders[i]!, incoming.rawHeaders[i + 1]!);
  }
  const status = incoming.statusCode ?? 502;
  if (bodiless.has(status)) {
    incoming.resume();
    return new Response(null, { status, headers });
  }
  return new Response(toStream(incoming), { status, headers, statusText: incoming.statusMessage ?? '' });
}

/** Read only as fast as the client takes it. */
function toStream(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  const chunks = incoming[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel() {
        incoming.destroy();
      },
    },
    { highWaterMark: 0 },
  );
}
