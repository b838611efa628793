/**
 * Byte-pair merging, counted: the adjacent pair of lowest rank is merged, leftmost first, until no pair is in the
 * vocabulary. Short pieces by scanning for the lowest rank, long ones (a million spaces are one piece) over a linked
 * list and a heap, in steps the caller may pause between. Bytes are held in strings, one character a byte.
 * Source: tiktoken `byte_pair_merge`.
 */

/** Rank of each token, by its bytes as a string of characters 0 to 255. */
export interface Vocabulary {
  readonly ranks: ReadonlyMap<string, number>;
  /** Bytes of the longest token. */
  readonly longest: number;
}

/** Pieces up to this many bytes are merged by scanning. */
export const shortPiece = 128;

const noRank = 0x7fffffff;
const encoder = new TextEncoder();

/** A vocabulary from tokens in rank order: text, or bytes where they are not UTF-8; holes are unused ranks. */
export function vocabularyOf(tokens: readonly (string | readonly number[] | undefined)[]): Vocabulary {
  const ranks = new Map<string, number>();
  let longest = 0;
  tokens.forEach((token, rank) => {
    if (token === undefined) return;
    const bytes = typeof token === 'string' ? toBytes(token) : String.fromCharCode(...token);
    ranks.set(bytes, rank);
    longest = Math.max(longest, bytes.length);
  });
  return { ranks, longest };
}

/** The UTF-8 bytes of `text` as characters 0 to 255; a lone surrogate becomes U+FFFD. */
export function toBytes(text: string): string {
  for (let i = 0; i < text.length; i += 1) if (text.charCodeAt(i) > 0x7f) return encoded(text);
  return text;
}

function encoded(text: string): string {
  const bytes = encoder.encode(text);
  let out = '';
  for (let i = 0; i < bytes.length; i += 4096) out += String.fromCharCode(...bytes.subarray(i, i + 4096));
  return out;
}

const starts = new Int32Array(shortPiece + 1);
const pairRanks = new Int32Array(shortPiece + 1);

/** Tokens of a piece of 1 to `shortPiece` bytes. */
export function countShortPiece(bytes: string, { ranks }: Vocabulary): number {
  let parts = bytes.length;
  for (let i = 0; i < parts; i += 1) {
    starts[i] = i;
    pairRanks[i] = i + 1 < parts ? (ranks.get(bytes.slice(i, i + 2)) ?? noRank) : noRank;
  }
  starts[parts] = bytes.length;
  // starts[parts] is the end of the last part, so the pair at i spans starts[i] to starts[i + 2].
  const rankAt = (i: number) =>
    i + 2 <= parts ? (ranks.get(bytes.slice(starts[i], starts[i + 2])) ?? noRank) : noRank;
  for (;;) {
    let lowest = noRank;
    let at = -1;
    for (let i = 0; i < parts - 1; i += 1) {
      if (pairRanks[i]! < lowest) {
        lowest = pairRanks[i]!;
        at = i;
      }
    }
    if (at < 0) return parts;
    starts.copyWithin(at + 1, at + 2, parts + 1);
    pairRanks.copyWithin(at + 1, at + 2, parts);
    parts -= 1;
    pairRanks[at] = rankAt(at);
    if (at > 0) pairRanks[at - 1] = rankAt(at - 1);
  }
}

/** Merges and heap moves between two pauses: some milliseconds. */
const stepsPerPause = 20_000;

/** Tokens of a piece of any length, with a pause after every so many steps. */
export function* countLongPiece(bytes: string, vocabulary: Vocabulary): Generator<void, number> {
  const { length } = bytes;
  const { ranks, longest } = vocabulary;
  const next = new Int32Array(length);
  const previous = new Int32Array(length);
  const rankOf = new Int32Array(length).fill(noRank);
  const heap = new MergeHeap(length);
  let steps = 0;
  let parts = length;

  const end = (at: number) => (next[at]! < length ? next[next[at]!]! : length);
  const rankPair = (at: number) => {
    if (next[at]! >= length) return noRank;
    const to = end(at);
    return to - at > longest ? noRank : (ranks.get(bytes.slice(at, to)) ?? noRank);
  };
  const offer = (at: number) => {
    const rank = rankPair(at);
    rankOf[at] = rank;
    if (rank !== noRank) heap.push(rank, at);
  };

  for (let at = 0; at < length; at += 1) {
    next[at] = at + 1;
    previous[at] = at - 1;
  }
  for (let at = 0; at < length; at += 1) {
    offer(at);
    if (++steps % stepsPerPause === 0) yield;
  }
  for (let top = heap.pop(); top !== undefined; top = heap.pop()) {
    if (++steps % stepsPerPause === 0) yield;
    const { rank, at } = top;
    // A stale entry: the pair has been merged away or grown since.
    if (rankOf[at] !== rank) continue;
    const swallowed = next[at]!;
    next[at] = next[swallowed]!;
    if (next[at]! < length) previous[next[at]!] = at;
    rankOf[swallowed] = noRank;
    parts -= 1;
    offer(at);
    if (previous[at]! >= 0) offer(previous[at]!);
  }
  return parts;
}

/** A binary heap of (rank, position), lowest rank first, then leftmost; both packed into one number. */
class MergeHeap {
  #keys: Float64Array;
  #size = 0;

  constructor(capacity: number) {
    this.#keys = new Float64Array(Math.max(16, capacity));
  }

  push(rank: number, at: number): void {
    if (this.#size === this.#keys.length) {
      const grown = new Float64Array(this.#keys.length * 2);
      grown.set(this.#keys);
      this.#keys = grown;
    }
    const keys = this.#keys;
    const key = rank * 0x80000000 + at;
    let hole = this.#size;
    this.#size += 1;
    while (hole > 0) {
      const parent = (hole - 1) >>> 1;
      if (keys[parent]! <= key) break;
      keys[hole] = keys[parent]!;
      hole = parent;
    }
    keys[hole] = key;
  }

  pop(): { rank: number; at: number } | undefined {
    if (this.#size === 0) return undefined;
    const keys = this.#keys;
    const top = keys[0]!;
    this.#size -= 1;
    const last = keys[this.#size]!;
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= this.#size) break;
      if (child + 1 < this.#size && keys[child + 1]! < keys[child]!) child += 1;
      if (keys[child]! >= last) break;
      keys[hole] = keys[child]!;
      hole = child;
    }
    keys[hole] = last;
    return { rank: Math.floor(top / 0x80000000), at: top % 0x80000000 };
  }
}
