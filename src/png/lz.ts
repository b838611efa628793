/**
 * Match finding for deflate (RFC 1951), built for rows of text pixels: the last equal four bytes of each position, one
 * position of lookahead, no chains. The twin of `assembly/lz.ts`, which explains the tokens and yields the same ones;
 * where that finds lengths for all positions at once, this measures those that are asked for.
 */
import { windowLength } from './compressor.ts';

/** Stands in a token for "no literal", "no match". */
export const none = 512;
/** A token: literal, literal or match length, distance less one, bin of that distance. */
export const tokenFields = 4;

const tileLength = 4096;
const lookahead = 8;
const distanceMask = windowLength - 1;
const longestMatch = 258;
const shortestMatch = 4;
/** Length that two matches are compared up to. */
const measured = 16;
const unmeasured = 255;
const matchBase = 253; // field of a match of length 3 is 256

export interface Tokens {
  readonly fields: Uint16Array;
  count: number;
  /** How often a value stands in a token's first two fields. */
  readonly literalCounts: Uint32Array;
  readonly distanceCounts: Uint32Array;
}

/** One bin for each of 512 values and one for "none". */
export const bins = 513;

export class MatchFinder {
  readonly #lastPosition = new Uint16Array(0x8000);
  readonly #lengths = new Uint8Array(tileLength + 2 * lookahead);
  readonly #distances = new Uint16Array(tileLength + 2 * lookahead);
  readonly #bytes: Uint8Array;
  readonly #words: Int32Array;
  #background = 0;
  #end = 0;

  /** `bytes`: the window, then the block; its buffer's bytes from the first on. */
  constructor(bytes: Uint8Array<ArrayBuffer>) {
    this.#bytes = bytes;
    this.#words = new Int32Array(bytes.buffer, 0, bytes.length >> 2);
  }

  /**
   * Tokens of the bytes from `windowLength` to `end`; those before count as history in every block but the first.
   * Sixteen bytes after `end` must be zero.
   */
  tokenise(end: number, background: number, history: 'none' | 'window', tokens: Tokens): void {
    const start = windowLength;
    this.#background = background;
    this.#end = end;
    this.#lastPosition.fill(0);
    tokens.literalCounts.fill(0);
    tokens.distanceCounts.fill(0);
    tokens.count = 0;
    if (history === 'window') this.#enterHistory();
    writeToken(tokens, this.#bytes[start]!, none, 0, none);
    let p = start + 1;
    for (let tile = start; tile < end; tile += tileLength) {
      const to = Math.min(tile + tileLength + lookahead, end);
      if (tile === start) this.#lookUp(tile, to, 0);
      else {
        this.#lengths.copyWithin(0, tileLength, tileLength + lookahead);
        this.#distances.copyWithin(0, tileLength, tileLength + lookahead);
        this.#lookUp(tile + lookahead, to, lookahead);
      }
      p = this.#parse(tile, p, Math.min(tile + tileLength, end - 1), tokens);
    }
    if (p < end) writeToken(tokens, this.#bytes[p]!, none, 0, none);
  }

  /** Whether the twelve bytes from `p`, a multiple of four, are all background. */
  #isBlank(p: number): boolean {
    const blank = Math.imul(this.#background, 0x01010101);
    const word = p >> 2;
    return this.#words[word] === blank && this.#words[word + 1] === blank && this.#words[word + 2] === blank;
  }

  #entryAt(p: number): number {
    const bytes = this.#bytes;
    const fourBytes = bytes[p]! | (bytes[p + 1]! << 8) | (bytes[p + 2]! << 16) | (bytes[p + 3]! << 24);
    return Math.imul(fourBytes, 0x9e3779b1) >>> 17;
  }

  /** Eight positions within background are taken to match the byte before them: only the first needs a test. */
  #lookUp(from: number, to: number, index: number): void {
    const lengths = this.#lengths;
    const distances = this.#distances;
    let i = index;
    for (let block = from; block < to; block += 8) {
      if (this.#isBlank(block)) {
        lengths.fill(measured, i, i + 8);
        distances.fill(0, i, i + 8);
        if (this.#bytes[block - 1] !== this.#background) lengths[i] = 0;
        this.#lastPosition[this.#entryAt(block)] = block + 7;
        i += 8;
        continue;
      }
      for (let p = block; p < block + 8; p++, i++) {
        const entry = this.#entryAt(p);
        distances[i] = (p - 1 - this.#lastPosition[entry]!) & distanceMask;
        lengths[i] = unmeasured;
        this.#lastPosition[entry] = p;
      }
    }
  }

  #enterHistory(): void {
    for (let block = 0; block < windowLength; block += 8) {
      if (this.#isBlank(block)) this.#lastPosition[this.#entryAt(block)] = block + 7;
      else for (let p = block; p < block + 8; p++) this.#lastPosition[this.#entryAt(p)] = p;
    }
  }

  /** Length of the match found at `p`, up to `measured`; 0 when too short to use. Near the end nothing is guessed. */
  #lengthAt(p: number, index: number): number {
    const guessed = this.#lengths[index]!;
    const limit = Math.min(measured, this.#end - p);
    const isKnown = guessed !== unmeasured && limit === measured;
    const length = isKnown ? guessed : this.#measure(p, this.#distances[index]!, 0, limit);
    return length < shortestMatch ? 0 : length;
  }

  /** Equal bytes at `p` and `distance + 1` before it, counted on from `length` up to `limit`. */
  #measure(p: number, distance: number, length: number, limit: number): number {
    const bytes = this.#bytes;
    const there = p - 1 - distance;
    let equal = length;
    while (equal < limit && bytes[p + equal] === bytes[there + equal]) equal++;
    return equal;
  }

  #parse(tile: number, from: number, end: number, tokens: Tokens): number {
    const bytes = this.#bytes;
    let p = from;
    while (p < end) {
      const index = p - tile;
      const here = this.#lengthAt(p, index);
      const next = this.#lengthAt(p + 1, index + 1);
      if (here === 0 && next === 0) {
        writeToken(tokens, bytes[p]!, bytes[p + 1]!, 0, none);
        p += 2;
        continue;
      }
      const skip = next > here ? 1 : 0;
      const match = p + skip;
      const distance = this.#distances[index + skip]!;
      let length = Math.max(here, next);
      if (length === measured) {
        length = this.#measure(match, distance, shortestMatch, Math.min(longestMatch, this.#end - match));
      }
      writeToken(tokens, skip === 1 ? bytes[p]! : none, matchBase + length, distance, binOf(distance));
      p = match + length;
    }
    return p;
  }
}

/** Bin of a distance less one: fine for near ones, by 128 for others; no deflate symbol spans two bins' border. */
function binOf(distance: number): number {
  return distance < 256 ? distance : 256 + (distance >> 7);
}

function writeToken(tokens: Tokens, first: number, second: number, distance: number, bin: number): void {
  const at = tokens.count++ * tokenFields;
  tokens.fields[at] = first;
  tokens.fields[at + 1] = second;
  tokens.fields[at + 2] = distance;
  tokens.fields[at + 3] = bin;
  tokens.literalCounts[first]!++;
  tokens.literalCounts[second]!++;
  tokens.distanceCounts[bin]!++;
}
