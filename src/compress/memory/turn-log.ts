/**
 * `turns.jsonl`: every turn as it was appended, one sealed line each. It is the one file that cannot be derived from
 * another, so a line is on the disk before its turn counts as appended, and no line is ever changed.
 */
import { GlyphError } from '../../base/index.ts';
import type { Message } from '../../model/index.ts';
import { asLogged, readTurn } from './read-turn.ts';
import { seal, unseal } from './sealed.ts';
import type { MemoryStore } from './store.ts';

const logName = 'turns.jsonl';
const lineEnd = 0x0a;

export class TurnLog {
  readonly #store: MemoryStore;
  readonly #turns: Message[];
  /** Bytes of confirmed lines; the file may be longer by what a crash or a failed write left. */
  #byteLength: number;

  constructor(store: MemoryStore, turns: Message[], byteLength: number) {
    this.#store = store;
    this.#turns = turns;
    this.#byteLength = byteLength;
  }

  get turns(): readonly Message[] {
    return this.#turns;
  }

  /** @returns the turns as logged */
  async append(turns: readonly Message[]): Promise<readonly Message[]> {
    const logged = turns.map(asLogged);
    if (logged.length === 0) return logged;
    const first = this.#turns.length;
    const lines = logged.map((message, i) => `${seal({ index: first + i, message })}\n`);
    const bytes = new TextEncoder().encode(lines.join(''));
    try {
      await this.#store.append(logName, this.#byteLength, bytes);
    } catch (error) {
      await this.#takeBack();
      throw error;
    }
    this.#byteLength += bytes.length;
    this.#turns.push(...logged);
    return logged;
  }

  /** Cuts off what a failed write left, so that it does not come back as turns when the log is read again. */
  async #takeBack(): Promise<void> {
    try {
      await this.#store.append(logName, this.#byteLength, new Uint8Array());
    } catch {
      // The failure of the write is the one to report; the next write cuts it off.
    }
  }
}

/**
 * Reads the log. A damaged last line was never confirmed, unless the disk is at fault, and does not count.
 * @throws GlyphError kind `io` for damage before the last line, `input` for a turn of an unknown shape
 */
export async function openTurnLog(store: MemoryStore): Promise<TurnLog> {
  const bytes = (await store.read(logName)) ?? new Uint8Array();
  const decoder = new TextDecoder();
  const turns: Message[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(lineEnd, at);
    const record = end < 0 ? undefined : unseal(decoder.decode(bytes.subarray(at, end)));
    if (record === undefined) {
      if (end >= 0 && end + 1 < bytes.length) throw damaged(turns.length + 1);
      return new TurnLog(store, turns, at);
    }
    if (record['index'] !== turns.length) throw damaged(turns.length + 1);
    turns.push(readTurn(record['message'], `read line ${turns.length + 1} of ${logName}`));
    at = end + 1;
  }
  return new TurnLog(store, turns, bytes.length);
}

const damaged = (line: number) =>
  new GlyphError({
    kind: 'io',
    operation: `read ${logName}`,
    expected: 'each line as it was written',
    actual: `line ${line} changed, with lines after it`,
    hint: `restore the file, or remove its lines from ${line} on and lose those turns`,
  });
