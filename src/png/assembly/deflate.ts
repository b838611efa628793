/**
 * Tokens → a deflate block with codes of its own (RFC 1951, 3.2.7). Codes are short enough that all bits of a token fit
 * 64, so a token is written in one step without a branch. `src/png/deflate.ts` is the twin and yields the same bytes.
 */
import { buildCode, codeOf, countOf, lengthOf, setCount } from './huffman';
import { none } from './lz';
import {
  distanceBits,
  distanceCountsOffset,
  distanceSymbols,
  header,
  headerSymbols,
  literalBits,
  literalCounts,
  literalSymbols,
} from './tables';

/** 7 bits left over, two literals' codes, 5 + 13 extra bits and a distance's code: 7 + 13 + 13 + 5 + 12 + 13 = 63. */
const literalLimit: u32 = 13;
const distanceLimit: u32 = 12;
const headerLimit: u32 = 7;

const endOfBlock: u32 = 256;
const literalSymbolCount: u32 = 286;
const distanceSymbolCount: u32 = 30;
const headerSymbolCount: u32 = 19;

/** Bits not yet written, fewer than 8 between calls, and where they go. */
let bits: u64 = 0;
let bitCount: u64 = 0;
let out: usize = 0;

export function beginBits(): void {
  bits = 0;
  bitCount = 0;
}

function put(value: u32, length: u32): void {
  bits |= <u64>value << bitCount;
  bitCount += length;
  store<u64>(out, bits);
  out += <usize>(bitCount >> 3);
  bits >>= bitCount & 56;
  bitCount &= 7;
}

/** Writes what is left of the last byte; returns the end of the output. */
export function flushBits(): usize {
  if (bitCount > 0) put(0, 8 - <u32>bitCount);
  return out;
}

/** Symbol of a match length less 3. */
function lengthSymbol(x: u32): u32 {
  if (x == 255) return 285;
  if (x < 8) return 257 + x;
  const top = 31 - clz(x);
  return 257 + 4 * (top - 1) + (x >> (top - 2) & 3);
}

function lengthExtraBits(x: u32): u32 {
  return x == 255 || x < 8 ? 0 : 29 - clz(x);
}

/** Symbol of a distance less one. */
function distanceSymbol(x: u32): u32 {
  if (x < 4) return x;
  const top = 31 - clz(x);
  return 2 * top + (x >> (top - 1) & 1);
}

function distanceExtraBits(x: u32): u32 {
  return x < 4 ? 0 : 30 - clz(x);
}

/** The smallest distance less one that falls in a bin. */
function distanceOfBin(bin: u32): u32 {
  return bin < 256 ? bin : (bin - 256) << 7;
}

/** Appends a block to `target`; returns the end of its whole bytes. */
export function writeBlock(tokens: usize, tokensEnd: usize, target: usize, isLast: u32): usize {
  out = target;
  countSymbols();
  buildCode(literalSymbols(), literalSymbolCount, literalLimit);
  buildCode(distanceSymbols(), distanceSymbolCount, distanceLimit);
  put(isLast, 1);
  put(2, 2); // codes of the block's own
  writeCodes();
  fillLiteralBits();
  fillDistanceBits();
  writeTokens(tokens, tokensEnd);
  put(codeOf(literalSymbols(), endOfBlock), lengthOf(literalSymbols(), endOfBlock));
  return out;
}

/** Counts of deflate's symbols from those of the tokens' bins. */
function countSymbols(): void {
  const literals = literalSymbols();
  const distances = distanceSymbols();
  const bins = literalCounts();
  memory.fill(literals, 0, 288 * 8);
  memory.fill(distances, 0, 32 * 8);
  for (let bin: u32 = 0; bin < none; bin++) {
    const symbol = bin < 256 ? bin : lengthSymbol(bin - 256);
    setCount(literals, symbol, countOf(literals, symbol) + load<u32>(bins + (bin << 2)));
    const distance = distanceSymbol(distanceOfBin(bin));
    const count = load<u32>(bins + distanceCountsOffset + (bin << 2));
    setCount(distances, distance, countOf(distances, distance) + count);
  }
  setCount(literals, endOfBlock, 1);
}

/** The two codes' lengths, run-length coded, themselves in a Huffman code. */
function writeCodes(): void {
  const literals = usedSymbols(literalSymbols(), literalSymbolCount, 257);
  const distances = usedSymbols(distanceSymbols(), distanceSymbolCount, 1);
  // Runs as pairs of u8, symbol and extra value, after the lengths themselves.
  const lengths = header();
  for (let i: u32 = 0; i < literals; i++) store<u8>(lengths + i, <u8>lengthOf(literalSymbols(), i));
  for (let i: u32 = 0; i < distances; i++) store<u8>(lengths + literals + i, <u8>lengthOf(distanceSymbols(), i));
  const runs = lengths + 320;
  const runsEnd = findRuns(lengths, lengths + literals + distances, runs);

  memory.fill(headerSymbols(), 0, 32 * 8);
  for (let run = runs; run < runsEnd; run += 2) {
    setCount(headerSymbols(), load<u8>(run), countOf(headerSymbols(), load<u8>(run)) + 1);
  }
  buildCode(headerSymbols(), headerSymbolCount, headerLimit);
  let lengthCount = headerSymbolCount;
  while (lengthCount > 4 && lengthOf(headerSymbols(), headerOrder(lengthCount - 1)) == 0) lengthCount--;
  put(literals - 257, 5);
  put(distances - 1, 5);
  put(lengthCount - 4, 4);
  for (let i: u32 = 0; i < lengthCount; i++) put(lengthOf(headerSymbols(), headerOrder(i)), 3);
  for (let run = runs; run < runsEnd; run += 2) {
    const symbol = load<u8>(run);
    put(codeOf(headerSymbols(), symbol), lengthOf(headerSymbols(), symbol));
    if (symbol == 16) put(load<u8>(run, 1), 2);
    else if (symbol == 17) put(load<u8>(run, 1), 3);
    else if (symbol == 18) put(load<u8>(run, 1), 7);
  }
}

/** How many symbols there are up to the last used one, at least `least`. */
function usedSymbols(symbols: usize, size: u32, least: u32): u32 {
  while (size > least && lengthOf(symbols, size - 1) == 0) size--;
  return size;
}

/** Order in which the code lengths' own lengths are written: 16, 17, 18, 0, 8, 7, 9, 6, 10, … 1, 15. */
function headerOrder(i: u32): u32 {
  if (i < 3) return 16 + i;
  if (i == 3) return 0;
  return i & 1 ? 7 - ((i - 5) >> 1) : 8 + ((i - 4) >> 1);
}

function findRuns(from: usize, to: usize, runs: usize): usize {
  let p = from;
  while (p < to) {
    const value = load<u8>(p);
    const start = p;
    while (p < to && load<u8>(p) == value) p++;
    let left = <u32>(p - start);
    if (value == 0) {
      while (left >= 11) {
        const length = min<u32>(left, 138);
        runs = writeRun(runs, 18, length - 11);
        left -= length;
      }
      if (left >= 3) {
        runs = writeRun(runs, 17, left - 3);
        left = 0;
      }
    } else {
      runs = writeRun(runs, value, 0);
      left--;
      while (left >= 3) {
        const length = min<u32>(left, 6);
        runs = writeRun(runs, 16, length - 3);
        left -= length;
      }
    }
    for (; left > 0; left--) runs = writeRun(runs, value, 0);
  }
  return runs;
}

@inline
function writeRun(runs: usize, symbol: u32, extra: u32): usize {
  store<u8>(runs, <u8>symbol);
  store<u8>(runs, <u8>extra, 1);
  return runs + 2;
}

/** For each bin of literals and lengths its code with the extra bits, and how many bits that is. */
function fillLiteralBits(): void {
  const table = literalBits();
  const symbols = literalSymbols();
  for (let bin: u32 = 0; bin < 256; bin++) {
    store<u32>(table + (bin << 2), codeOf(symbols, bin) << 8 | lengthOf(symbols, bin));
    const symbol = lengthSymbol(bin);
    const extraBits = lengthExtraBits(bin);
    const length = lengthOf(symbols, symbol);
    const code = (bin & ((1 << extraBits) - 1)) << length | codeOf(symbols, symbol);
    store<u32>(table + ((256 + bin) << 2), code << 8 | (length + extraBits));
  }
  store<u32>(table + (none << 2), 0);
}

/** For each bin of distances its code, the code's length and the number of extra bits. */
function fillDistanceBits(): void {
  const table = distanceBits();
  const symbols = distanceSymbols();
  for (let bin: u32 = 0; bin < none; bin++) {
    const distance = distanceOfBin(bin);
    const symbol = distanceSymbol(distance);
    const lengths = lengthOf(symbols, symbol) << 8 | distanceExtraBits(distance);
    store<u32>(table + (bin << 2), codeOf(symbols, symbol) << 16 | lengths);
  }
  store<u32>(table + (none << 2), 0);
}

function writeTokens(tokens: usize, tokensEnd: usize): void {
  const literals = literalBits();
  const distances = distanceBits();
  let buffer = bits;
  let length = bitCount;
  let target = out;
  for (let token = tokens; token < tokensEnd; token += 8) {
    const first = load<u32>(literals + (<usize>load<u16>(token) << 2));
    const second = load<u32>(literals + (<usize>load<u16>(token, 2) << 2));
    const distance = load<u32>(distances + (<usize>load<u16>(token, 6) << 2));
    const extraBits = <u64>(distance & 31);
    const extra = <u64>load<u16>(token, 4) & (((<u64>1) << extraBits) - 1);
    const firstLength = <u64>(first & 31);
    const secondLength = <u64>(second & 31);
    const distanceLength = <u64>(distance >> 8 & 31);
    let value = extra << distanceLength | <u64>(distance >> 16);
    value = value << secondLength | <u64>(second >> 8);
    value = value << firstLength | <u64>(first >> 8);
    buffer |= value << length;
    length += firstLength + secondLength + distanceLength + extraBits;
    store<u64>(target, buffer);
    target += <usize>(length >> 3);
    buffer >>= length & 56;
    length &= 7;
  }
  bits = buffer;
  bitCount = length;
  out = target;
}
