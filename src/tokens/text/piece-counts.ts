/**
 * Tokens of short pieces seen before. A piece is its own key, packed into one open-addressed table of numbers: no string
 * is made to look it up, and what is looked up most lies in few cache lines.
 */

/** In UTF-16 units; longer pieces are not kept. */
export const longestKept = 14;

const slotBits = 17;
/** Half the table; then it starts anew. */
const mostKept = 1 << (slotBits - 1);

/** Numbers a piece: two units each, then its length in the low byte and its tokens above; 0 there where it is free. */
const slotLength = 8;
const factsAt = slotLength - 1;

export class PieceCounts {
  readonly #slots = new Int32Array(slotLength << slotBits);
  #kept = 0;
  /** The piece looked up last, as in its slot, and where that is. */
  readonly #piece = new Int32Array(slotLength);
  #at = 0;

  /** Tokens of the piece from `start` to `end`, at most `longestKept` units; 0 where it is not kept. */
  find(text: string, start: number, end: number): number {
    const slots = this.#slots;
    const piece = this.#piece;
    const length = end - start;
    let words = 0;
    let hash = length;
    for (let i = start; i < end; i += 2) {
      const word = text.charCodeAt(i) | (i + 1 < end ? text.charCodeAt(i + 1) << 16 : 0);
      piece[words++] = word;
      hash = Math.imul(hash ^ word ^ (hash >>> 15), 0x9e3779b1);
    }
    let at = (hash >>> (32 - slotBits)) * slotLength;
    for (;;) {
      const facts = slots[at + factsAt]!;
      if (facts === 0) break;
      if ((facts & 0xff) === length) {
        let same = 0;
        while (same < words && slots[at + same] === piece[same]) same++;
        if (same === words) return facts >>> 8;
      }
      at = (at + slotLength) & (slots.length - 1);
    }
    piece[factsAt] = length;
    this.#at = at;
    return 0;
  }

  /** Keeps the tokens of the piece looked up last, of which `find` has said 0. */
  keep(tokens: number): void {
    this.#slots.set(this.#piece, this.#at);
    this.#slots[this.#at + factsAt]! |= tokens << 8;
    this.#kept++;
    if (this.#kept < mostKept) return;
    this.#slots.fill(0);
    this.#kept = 0;
  }
}
