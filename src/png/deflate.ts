/**
 * Tokens → a deflate block with codes of its own (RFC 1951, 3.2.7). The twin of `assembly/deflate.ts`, whose limits on
 * the lengths of codes it shares; both yield the same bytes.
 */
import type { BitWriter } from './bit-writer.ts';
import { buildCode, type Code } from './huffman.ts';
import { none, type Tokens, tokenFields } from './lz.ts';
import {
  distanceExtraBits,
  distanceOfBin,
  distanceSymbol,
  lengthExtraBits,
  lengthSymbol,
} from './symbols.ts';

const literalLimit = 13;
const distanceLimit = 12;
const headerLimit = 7;

const endOfBlock = 256;
const literalSymbols = 286;
const distanceSymbols = 30;
const headerSymbols = 19;

/** Order in which the lengths of the code lengths' own codes are written. */
const headerOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

export function writeBlock(writer: BitWriter, tokens: Tokens, place: 'inner' | 'last'): void {
  const literals = buildCode(literalSymbolCounts(tokens.literalCounts), literalLimit);
  const distances = buildCode(distanceSymbolCounts(tokens.distanceCounts), distanceLimit);
  writer.put(place === 'last' ? 1 : 0, 1);
  writer.put(2, 2); // codes of the block's own
  writeCodes(writer, literals.lengths, distances.lengths);
  writeTokens(writer, tokens, literals, distances);
  writer.put(literals.codes[endOfBlock]!, literals.lengths[endOfBlock]!);
}

function literalSymbolCounts(binCounts: Uint32Array): Uint32Array {
  const counts = new Uint32Array(literalSymbols);
  for (let bin = 0; bin < none; bin++) counts[bin < 256 ? bin : lengthSymbol(bin - 256)]! += binCounts[bin]!;
  counts[endOfBlock] = 1;
  return counts;
}

function distanceSymbolCounts(binCounts: Uint32Array): Uint32Array {
  const counts = new Uint32Array(distanceSymbols);
  for (let bin = 0; bin < none; bin++) counts[distanceSymbol(distanceOfBin(bin))]! += binCounts[bin]!;
  return counts;
}

/** The two codes' lengths, run-length coded, themselves in a Huffman code. */
function writeCodes(writer: BitWriter, literalLengths: Uint8Array, distanceLengths: Uint8Array): void {
  const literals = usedSymbols(literalLengths, 257);
  const distances = usedSymbols(distanceLengths, 1);
  const runs = runsOf([...literalLengths.subarray(0, literals), ...distanceLengths.subarray(0, distances)]);
  const counts = new Uint32Array(headerSymbols);
  for (const { symbol } of runs) counts[symbol]!++;
  const { codes, lengths } = buildCode(counts, headerLimit);
  const order = headerOrder.slice(
    0,
    usedSymbols(
      Uint8Array.from(headerOrder, symbol => lengths[symbol]!),
      4,
    ),
  );
  writer.put(literals - 257, 5);
  writer.put(distances - 1, 5);
  writer.put(order.length - 4, 4);
  for (const symbol of order) writer.put(lengths[symbol]!, 3);
  for (const { symbol, extra, extraBits } of runs) {
    writer.put(codes[symbol]!, lengths[symbol]!);
    writer.put(extra, extraBits);
  }
}

/** How many symbols there are up to the last used one, at least `least`. */
function usedSymbols(lengths: Uint8Array, least: number): number {
  let size = lengths.length;
  while (size > least && lengths[size - 1] === 0) size--;
  return size;
}

interface Run {
  readonly symbol: number;
  readonly extra: number;
  readonly extraBits: number;
}

/** Code lengths as symbols: themselves, 16 (the last one 3 to 6 times), 17 and 18 (3 to 10, 11 to 138 zeros). */
function runsOf(lengths: readonly number[]): Run[] {
  const runs: Run[] = [];
  for (let i = 0; i < lengths.length; ) {
    const value = lengths[i]!;
    let left = 0;
    for (; i < lengths.length && lengths[i] === value; i++) left++;
    if (value === 0) {
      for (; left >= 11; left -= Math.min(left, 138))
        runs.push({ symbol: 18, extra: Math.min(left, 138) - 11, extraBits: 7 });
      if (left >= 3) {
        runs.push({ symbol: 17, extra: left - 3, extraBits: 3 });
        left = 0;
      }
    } else {
      runs.push({ symbol: value, extra: 0, extraBits: 0 });
      left--;
      for (; left >= 3; left -= Math.min(left, 6))
        runs.push({ symbol: 16, extra: Math.min(left, 6) - 3, extraBits: 2 });
    }
    for (; left > 0; left--) runs.push({ symbol: value, extra: 0, extraBits: 0 });
  }
  return runs;
}

function writeTokens(writer: BitWriter, tokens: Tokens, literals: Code, distances: Code): void {
  const { fields, count } = tokens;
  for (let at = 0; at < count * tokenFields; at += tokenFields) {
    const first = fields[at]!;
    const second = fields[at + 1]!;
    if (first !== none) writer.put(literals.codes[first]!, literals.lengths[first]!);
    if (second === none) continue;
    if (second < 256) {
      writer.put(literals.codes[second]!, literals.lengths[second]!);
      continue;
    }
    const length = second - 256;
    const distance = fields[at + 2]!;
    const symbol = lengthSymbol(length);
    const extraBits = lengthExtraBits(length);
    writer.put(literals.codes[symbol]!, literals.lengths[symbol]!);
    writer.put(length & ((1 << extraBits) - 1), extraBits);
    const far = distanceSymbol(distance);
    const farBits = distanceExtraBits(distance);
    writer.put(distances.codes[far]!, distances.lengths[far]!);
    writer.put(distance & ((1 << farBits) - 1), farBits);
  }
}
