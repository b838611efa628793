/** A real upstream that keeps the bytes it is sent and holds edited bodies against the vendors' shapes, and the proxy before it on a real port, as `glyph serve` runs it. */
import assert from 'node:assert/strict';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import type { Answer } from '../../model/test/loopback.ts';
import { loadFont } from '../../node/index.ts';
import { createProxy, listen, type RequestRecord } from '../index.ts';
import type { ProxyOptions } from '../settings.ts';
import { vendorFaults } from './vendor-shapes.ts';

interface Received {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly bytes: Buffer;
}

export interface Upstream {
  readonly origin: string;
  readonly received: Received[];
  /** Requests whose connection went away before the answer was whole. */
  readonly left: Promise<void>;
  /** One answer a request, in this order; the last one stays. */
  answerWith(...answers: readonly Answer[]): void;
}

/** What stands before pages. */
const hasPages = / is on (this image|these \d+ images, pages)/;

export async function startUpstream(t: TestContext): Promise<Upstream> {
  const received: Received[] = [];
  const faults: string[] = [];
  let answers: Answer[] = [];
  let tellLeft = () => {};
  const left = new Promise<void>(resolve => {
    tellLeft = resolve;
  });
  const server = createServer(async (request, response) => {
    const closed = new Promise<void>(resolve => {
      response.once('close', () => {
        if (!response.writableFinished) tellLeft();
        resolve();
      });
    });
    response.on('error', () => {});
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk);
    } catch {
      return; // the proxy left while it sent
    }
    const { method, url, headers } = request;
    const bytes = Buffer.concat(chunks);
    received.push({ method, url, headers, bytes });
    if (hasPages.test(bytes.toString()))
      faults.push(...vendorFaults(url ?? '', JSON.parse(bytes.toString())));
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    await answer?.(response, closed);
  });
  const origin = await open(server, t);
  t.after(() => assert.deepEqual(faults, [], 'what the vendor would refuse'));
  return {
    origin,
    received,
    left,
    answerWith(...next) {
      received.length = 0;
      answers = [...next];
    },
  };
}

export interface RunningProxy {
  readonly origin: string;
  readonly records: RequestRecord[];
  /** The next record; records are written when an answer has ended. */
  nextRecord(): Promise<RequestRecord>;
}

export async function startProxy(
  t: TestContext,
  upstream: Upstream,
  options: Partial<ProxyOptions> = {},
): Promise<RunningProxy> {
  const records: RequestRecord[] = [];
  let taken = 0;
  let wake = () => {};
  const app = createProxy({
    upstreams: { openai: upstream.origin, anthropic: upstream.origin, gemini: upstream.origin },
    loadFont,
    onRecord(record) {
      records.push(record);
      wake();
    },
    ...options,
    // Loaded machines take their time over the first page.
    settings: { transformTimeoutMs: 60_000, ...options.settings },
  });
  const server = await listen(app.fetch, { host: '127.0.0.1', port: 0 });
  t.after(async () => {
    server.closeNow();
    await server.close();
  });
  return {
    origin: server.origin,
    records,
    async nextRecord() {
      while (records.length <= taken) {
        await new Promise<void>(resolve => {
          wake = resolve;
        });
      }
      return records[taken++]!;
    },
  };
}

async function open(server: ReturnType<typeof createServer>, t: TestContext): Promise<string> {
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  t.after(
    () =>
      new Promise<void>(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Prose of so many characters, another one for each seed. */
export function prose(characters: number, seed = 0): string {
  const words =
    'the river ran slowly past old houses where children played until evening came and lamps were lit'.split(
      ' ',
    );
  let text = '';
  for (let i = seed; text.length < characters; i++) {
    text += `${words[(i * 7 + seed) % words.length]}${i % 13 === 12 ? '.\n' : ' '}`;
  }
  return text.slice(0, characters);
}
