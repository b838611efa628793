/**
 * What was sent before: for each conversation the parts of its last request, as a chain of hashes, and which of them
 * went as pages. A request that goes on from there has that much in the vendor's cache, and its pages stay pages.
 */
import { createHash } from 'node:crypto';

export interface Sent {
  /** Parts of that request, which are the first ones of this. */
  readonly parts: number;
  /** Indexes of those that were pages. */
  readonly paged: ReadonlySet<number>;
  readonly at: number;
}

export class Conversations {
  readonly #capacity: number;
  readonly #sent = new Map<string, Sent>();

  constructor(capacity = 2000) {
    this.#capacity = capacity;
  }

  /** The longest beginning that was sent before. */
  find(chain: readonly string[]): Sent | undefined {
    for (let i = chain.length - 1; i >= 0; i--) {
      const sent = this.#sent.get(chain[i]!);
      if (sent !== undefined) return sent;
    }
    return undefined;
  }

  remember(chain: readonly string[], paged: ReadonlySet<number>, at: number): void {
    const key = chain.at(-1);
    if (key === undefined) return;
    this.#sent.delete(key);
    this.#sent.set(key, { parts: chain.length, paged, at });
    for (const oldest of this.#sent.keys()) {
      if (this.#sent.size <= this.#capacity) break;
      this.#sent.delete(oldest);
    }
  }
}

/** Each entry names all parts up to it. @param seed what a vendor's cache is apart by, e.g. the model */
export function chainOf(seed: string, hashes: readonly string[]): string[] {
  let last = seed;
  return hashes.map(hash => {
    last = createHash('sha256').update(last).update(hash).digest('hex');
    return last;
  });
}
