/** The usage an answer tells, read from its bytes as they pass, by the same readers that `model/` reads answers with. */
import { createParser, type EventSourceParser } from 'eventsource-parser';
import type { Usage, Wire, WirePiece } from '../model/index.ts';

export interface UsageReader {
  /** Never throws: an answer it cannot read is none of the proxy's business. */
  push(chunk: Uint8Array): void;
  end(): Usage | null;
}

/** Of an answer that comes whole, and of one event. */
const maxCharacters = 4_000_000;

export function createUsageReader(wire: Wire, headers: Headers): UsageReader {
  const type = headers.get('content-type') ?? '';
  if (headers.has('content-encoding') || !/json|event-stream/.test(type)) return unread;
  return type.includes('event-stream') ? streamReader(wire) : wholeReader(wire);
}

const unread: UsageReader = { push() {}, end: () => null };

function streamReader(wire: Wire): UsageReader {
  const decoder = new TextDecoder();
  const usage = new UsageSum();
  const answer = wire.startReading();
  let parser: EventSourceParser | undefined = createParser({
    onEvent: ({ event, data }) => usage.add(answer.readEvent({ event, data })),
    onError: stop,
    maxBufferSize: maxCharacters,
  });
  function stop(): void {
    parser = undefined;
  }
  function feed(text: string): void {
    try {
      parser?.feed(text);
    } catch {
      stop(); // not as the format promises
    }
  }
  return {
    push: chunk => feed(decoder.decode(chunk, { stream: true })),
    end() {
      feed(`${decoder.decode()}\n\n`);
      return usage.value();
    },
  };
}

function wholeReader(wire: Wire): UsageReader {
  const decoder = new TextDecoder();
  const usage = new UsageSum();
  let text: string | undefined = '';
  return {
    push(chunk) {
      if (text === undefined) return;
      text += decoder.decode(chunk, { stream: true });
      if (text.length > maxCharacters) text = undefined;
    },
    end() {
      try {
        if (text !== undefined) usage.add(wire.readWhole(JSON.parse(text)));
      } catch {
        return null; // an error, a count of tokens, or another format
      }
      return usage.value();
    },
  };
}

class UsageSum {
  #usage: Partial<Usage> | undefined;

  add(pieces: readonly WirePiece[]): void {
    for (const piece of pieces) if (piece.type === 'usage') this.#usage = { ...this.#usage, ...piece.usage };
  }

  value(): Usage | null {
    if (this.#usage === undefined) return null;
    return { inputTokens: 0, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 0, ...this.#usage };
  }
}
