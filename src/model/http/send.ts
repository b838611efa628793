/** One request and its answer as pieces: the status, the content type, the stream or the whole, all within limits. */

import { ModelError } from '../model-error.ts';
import { excerptOf } from '../parse-answer.ts';
import { statusError } from '../status-error.ts';
import type { Wire, WireMode, WirePiece } from '../wire.ts';
import { boundedChunks, readBeginning, readText } from './bounded-body.ts';
import { networkError } from './network-error.ts';
import { readEvents } from './read-events.ts';
import { retryAfterMs } from './retry.ts';
import type { Watch } from './watch.ts';

export interface Timeouts {
  /** Until the answer begins: with `whole` that is until it is written. Node's `fetch` waits 300 s at most. */
  readonly connectMs: number;
  /** Between two pieces of the body. */
  readonly idleMs: number;
  /** The call, with all retries and waits. */
  readonly totalMs: number;
}

export interface Post {
  readonly wire: Wire;
  readonly mode: WireMode;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly redirect: 'error' | 'follow';
  readonly body: string;
  readonly keyVariable: string | undefined;
  readonly timeouts: Timeouts;
  readonly maxAnswerBytes: number;
  readonly fetch: typeof fetch;
  readonly now: () => number;
}

const maxErrorBytes = 64 * 1024;
/** Characters of one server-sent event; a last event may repeat the whole answer. */
const maxEventCharacters = 4 * 1024 * 1024;
/** How long a server may leave the connection open after the last piece. */
const closingMs = 1000;

/** @throws ModelError, or the reason of the watch's signal */
export async function* send(post: Post, watch: Watch): AsyncGenerator<WirePiece> {
  const response = await connect(post, watch);
  const { idleMs } = post.timeouts;
  const limits = {
    maxBytes: post.maxAnswerBytes,
    idleMs,
    watch,
    tooLarge: () => tooLarge(post),
    tooSlow: () => tooSlow(post, 'more of the answer', idleMs),
    broken: (cause: unknown) => networkError(post.wire.title, cause),
  };
  if (!response.ok) {
    const chunks = boundedChunks(response, { ...limits, maxBytes: Number.POSITIVE_INFINITY });
    throw statusError(post.wire.title, {
      status: response.status,
      // The status counts, even if the body breaks.
      body: await readBeginning(chunks, maxErrorBytes).catch(() => ''),
      retryAfterMs: retryAfterMs(response.headers, post.now()),
      keyVariable: post.keyVariable,
    });
  }
  const chunks = boundedChunks(response, limits);
  const contentType = response.headers.get('content-type') ?? '';
  if (isStream(contentType, post.mode)) yield* readStream(post, chunks, watch);
  else yield* readWhole(post, await readText(chunks), contentType);
}

/** What came decides: some servers cannot stream, others cannot but. */
function isStream(contentType: string, mode: WireMode): boolean {
  if (contentType.includes('text/event-stream')) return true;
  return mode === 'stream' && !/json|html/.test(contentType);
}

async function connect(post: Post, watch: Watch): Promise<Response> {
  const { url, headers, body, redirect, timeouts } = post;
  watch.setLimit(timeouts.connectMs, () => tooSlow(post, 'the beginning of an answer', timeouts.connectMs));
  try {
    const answer = post.fetch(url, { method: 'POST', headers, body, redirect, signal: watch.signal });
    return await watch.within(
      answer.catch((cause: unknown) => {
        throw networkError(post.wire.title, cause);
      }),
    );
  } finally {
    watch.clearLimit();
  }
}

function* readWhole(post: Post, text: string, contentType: string): Generator<WirePiece> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new ModelError({
      failure: 'malformed-response',
      operation: `read an answer of ${post.wire.title}`,
      expected: 'JSON',
      actual:
        text.trim() === '' ? 'an empty body' : `other text${contentType === '' ? '' : ` (${contentType})`}`,
      bodyExcerpt: excerptOf(text),
      ...(contentType.includes('html') ? { hint: 'is the base URL that of an API?' } : {}),
    });
  }
  yield* post.wire.readWhole(json);
}

async function* readStream(
  post: Post,
  chunks: AsyncGenerator<Uint8Array>,
  watch: Watch,
): AsyncGenerator<WirePiece> {
  const reader = post.wire.startReading();
  let isFinished = false;
  for await (const event of readEvents(chunks, maxEventCharacters, () => tooLarge(post))) {
    for (const piece of reader.readEvent(event)) {
      yield piece;
      isFinished ||= piece.type === 'finish';
      if (piece.type !== 'end') continue;
      await drain(chunks, watch);
      return;
    }
  }
  if (isFinished) return; // said why it ended and closed properly, without the format's last event
  throw new ModelError({
    failure: 'malformed-response',
    operation: `read an answer of ${post.wire.title}`,
    expected: 'a stream to its last event',
    actual: 'a stream that was cut',
  });
}

/** Reads to the end of the body after the last piece, so that the connection can serve again. */
async function drain(chunks: AsyncGenerator<Uint8Array>, watch: Watch): Promise<void> {
  const timer = setTimeout(() => watch.stop(new Error('not closed in time')), closingMs);
  try {
    while (!(await chunks.next()).done);
  } catch {
    // The answer is complete; how the connection ends does not matter.
  } finally {
    clearTimeout(timer);
  }
}

const tooLarge = ({ wire, maxAnswerBytes }: Post) =>
  new ModelError({
    failure: 'oversized-response',
    operation: `read an answer of ${wire.title}`,
    expected: `at most ${maxAnswerBytes} bytes, and ${maxEventCharacters} in one event`,
    actual: 'more',
  });

const tooSlow = ({ wire }: Post, what: string, ms: number) =>
  new ModelError({
    failure: 'timeout',
    operation: `ask ${wire.title}`,
    expected: `${what} within ${ms} ms`,
    actual: 'nothing',
  });
