/** Answers that look as if the pages were refused, and for which models nothing is imaged for a while after one. */
import { createParser } from 'eventsource-parser';
import type { Wire, WirePiece } from '../model/index.ts';
import { type At, readBeginning, type Verdict } from './read-beginning.ts';

/** Statuses that speak of the body; those of keys, addresses and rates do not. */
const statuses = new Set([400, 413, 415, 422]);
const pattern =
  /image|vision|multimodal|modalit|media|too (large|long|many|big)|payload|exceed|unsupported|content (type|part|block)/i;

export type RefusalReading =
  | { readonly isRefusal: true }
  /** The answer as it came, to be read from the start. */
  | { readonly isRefusal: false; readonly response: Response };

/** An answer that says nothing for so long is passed on: its client waits for a sign of life. */
const mostSilenceMs = 5000;

/** Of a request with pages: errors that speak of them, and answers that end in a refusal before they say anything. */
export async function readRefusal(response: Response, wire: Wire): Promise<RefusalReading> {
  const { status, headers, body } = response;
  const isError = statuses.has(status);
  const type = headers.get('content-type') ?? '';
  const isStream = type.includes('event-stream');
  if (body === null || headers.has('content-encoding') || !(isError || status === 200)) {
    return { isRefusal: false, response };
  }
  const verdictOf = isError ? errorVerdict(status) : isStream ? streamVerdict(wire) : wholeVerdict(wire);
  const beginning = await readBeginning(body, verdictOf, mostSilenceMs);
  if (beginning.verdict === 'refusal') {
    await beginning.rest.cancel().catch(() => {}); // it may have broken before
    return { isRefusal: true };
  }
  return { isRefusal: false, response: new Response(beginning.rest, response) };
}

/** An error of more bytes than are read speaks of what it was sent. */
const errorVerdict = (status: number) => (bytes: Uint8Array, at: At) => {
  if (at === 'full') return 'refusal';
  if (at === 'middle') return undefined;
  return status === 413 || pattern.test(Buffer.from(bytes).toString()) ? 'refusal' : 'answer';
};

const wholeVerdict = (wire: Wire) => (bytes: Uint8Array, at: At) => {
  if (at === 'middle') return undefined;
  if (at === 'full') return 'answer';
  return tried(() => verdictIn(wire.readWhole(JSON.parse(Buffer.from(bytes).toString()))));
};

function streamVerdict(wire: Wire) {
  const answer = wire.startReading();
  const decoder = new TextDecoder();
  let verdict: Verdict | undefined;
  const parser = createParser({
    onEvent({ event, data }) {
      verdict ??= verdictIn(answer.readEvent({ event, data }));
    },
  });
  let seen = 0;
  return (bytes: Uint8Array, at: At) => {
    const fresh = bytes.subarray(seen);
    seen = bytes.length;
    const read = tried(() => {
      parser.feed(decoder.decode(fresh, { stream: true }));
      return verdict;
    });
    return read ?? (at === 'middle' ? undefined : 'answer');
  };
}

/** What cannot be read is for the client to see. */
function tried(read: () => Verdict | undefined): Verdict | undefined {
  try {
    return read();
  } catch {
    return 'answer';
  }
}

/** A refusal that comes before, or in a whole answer beside, what was said. */
function verdictIn(pieces: readonly WirePiece[]): Verdict | undefined {
  if (pieces.some(piece => piece.type === 'finish' && piece.reason === 'refusal')) return 'refusal';
  const says = (type: WirePiece['type']) =>
    ['text', 'reasoning', 'tool-call', 'finish', 'end'].includes(type);
  return pieces.some(({ type }) => says(type)) ? 'answer' : undefined;
}

export class Refusals {
  readonly #restMs: number;
  readonly #until = new Map<string, number>();

  constructor(restMs: number) {
    this.#restMs = restMs;
  }

  add(model: string, nowMs: number): void {
    this.#until.set(model, nowMs + this.#restMs);
  }

  has(model: string, nowMs: number): boolean {
    const until = this.#until.get(model);
    if (until === undefined) return false;
    if (until > nowMs) return true;
    this.#until.delete(model);
    return false;
  }
}
