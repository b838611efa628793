/** A real HTTP server on this machine that a test tells what to answer, in pieces as awkward as it likes. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly method: string | undefined;
  /** Path and query. */
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

/** @param closed resolves when the connection is gone or the answer is out */
export type Answer = (response: ServerResponse, closed: Promise<void>) => void | Promise<void>;

export interface Loopback {
  readonly origin: string;
  readonly received: Received[];
  /** Connections opened so far. */
  readonly connections: number;
  /** One answer a request, in this order; the last one stays. */
  answerWith(...answers: readonly Answer[]): void;
  close(): Promise<void>;
}

export async function startLoopback(): Promise<Loopback> {
  const received: Received[] = [];
  let answers: Answer[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString() || 'null');
    received.push({ method: request.method, url: request.url, headers: request.headers, body });
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    const closed = new Promise<void>(resolve => {
      response.once('close', resolve);
    });
    response.on('error', () => {}); // the client may leave at any time
    await answer?.(response, closed);
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  let connections = 0;
  server.on('connection', () => {
    connections++;
  });
  return {
    origin: `http://127.0.0.1:${port}`,
    received,
    get connections() {
      return connections;
    },
    answerWith(...next) {
      received.length = 0;
      answers = [...next];
    },
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A whole answer. */
export const json =
  (body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Answer =>
  response => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };

export interface Cutting {
  /** Bytes of each piece, in turn. */
  readonly sizes?: readonly number[];
  /** Breaks the connection after so many bytes. */
  readonly breakAfter?: number;
  readonly contentType?: string;
}

/** A stream in small pieces, cut anywhere, inside of characters too; each leaves in a turn of its own. */
export const stream =
  (text: string, cutting: Cutting = {}): Answer =>
  async response => {
    const { sizes = [61, 7, 113], breakAfter, contentType = 'text/event-stream' } = cutting;
    const bytes = Buffer.from(text).subarray(0, breakAfter);
    response.writeHead(200, { 'content-type': contentType });
    for (let start = 0, turn = 0; start < bytes.length; turn++) {
      const size = sizes[turn % sizes.length]!;
      response.write(bytes.subarray(start, start + size));
      start += size;
      await nextTurn();
    }
    if (breakAfter === undefined) response.end();
    else response.destroy();
  };

/** Lets everything go on that can. */
export const nextTurn = (): Promise<void> =>
  new Promise(resolve => {
    setImmediate(resolve);
  });

/** Sends for ever, as fast as it is read. @param onSent is told the bytes of each block */
export const flood =
  (status: number, onSent: (byteLength: number) => void): Answer =>
  async (response, closed) => {
    let isOpen = true;
    closed.then(() => {
      isOpen = false;
    });
    response.writeHead(status, { 'content-type': 'application/json' });
    const block = Buffer.alloc(65_536, 'x');
    while (isOpen) {
      onSent(block.length);
      if (!response.write(block)) {
        await Promise.race([new Promise(resolve => response.once('drain', resolve)), closed]);
      }
    }
  };

/** Begins an answer and never ends it. */
export const hang =
  (text = ''): Answer =>
  response => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(text === '' ? ': wait\n\n' : text);
  };

/** Takes the request and says nothing. */
export const silence: Answer = () => {};
