/**
 * Match finding for deflate (RFC 1951), built for rows of text pixels: no branch depends on the data but for blank
 * stretches and the few long matches, since a branch guessed wrong costs as much as a token. For a tile of positions,
 * `lookUp` finds each one's last equal four bytes within the window and how far they match, at most 16; `decide` turns
 * the lengths at a position and the next into a move, 16 positions at a time; `parseTile` follows the moves and writes
 * tokens. `src/png/lz.ts` is the twin and yields the same tokens.
 *
 * A token is four u16: a literal or none; a literal, a match length (256 + length - 3) or none; for a match its
 * distance less one, and the bin of that distance. "None" is 512. So a literal that a longer match follows, or two
 * literals, take one step here and one when they are written.
 */
import {
  binTableLength,
  distanceCountsOffset,
  hashTable,
  literalCounts,
  lookahead,
  matchDistances,
  matchLengths,
  moves,
  tileLength,
} from './tables';

export const none: u32 = 512;
const windowLength: usize = 32768;
/** Positions are kept modulo 65536 and distances modulo the window: what an old entry yields is compared anyway. */
const distanceMask: usize = windowLength - 1;
const longestMatch: u32 = 258;
const shortestMatch: i8 = 4;
/** Length that `lookUp` stops at; longer matches are measured when they are taken. */
const measured: u32 = 16;

/** A move: bytes to advance in the low bits, and these. */
const fromNext: u32 = 0x20; // the match begins at the next position, after a literal
const withLiteral: u32 = 0x40; // the token's first field is a literal
const isLong: u32 = 0x80;
const advanceMask: u32 = 0x1f;

/** Address of the table entry of four bytes (Knuth's multiplicative hash, 15 bits). */
@inline
function entryOf(table: usize, fourBytes: u32): usize {
  return table + (<usize>(fourBytes * 0x9e3779b1 >> 17) << 1);
}

/** Enters the position after `before` in the table; returns the last one's distance, less one. */
@inline
function enter(entry: usize, before: usize): usize {
  const last = <usize>load<u16>(entry);
  store<u16>(entry, <u16>(before + 1));
  return (before - last) & distanceMask;
}

@inline
function equalBytes(a: v128, b: v128): u32 {
  return <u32>i8x16.bitmask(i8x16.eq(a, b));
}

/** Bytes that are equal from `here` and from `there` on, at most 16. */
@inline
function matchLength(here: v128, there: usize): u8 {
  return <u8>ctz(~equalBytes(here, v128.load(there)));
}

/**
 * Looks up the positions from `from` to `to`, eight at a time. Eight within a run of `background` are taken to match
 * the byte before them: only the first needs a test.
 */
function lookUp(from: usize, to: usize, index: usize, background: u32): void {
  const table = hashTable();
  const blank = <u64>background * 0x0101010101010101;
  const blankEntry = entryOf(table, <u32>blank);
  let lengths = matchLengths() + index;
  let distances = matchDistances() + (index << 1);
  for (let p = from; p < to; p += 8, lengths += 8, distances += 16) {
    const a = load<u64>(p);
    const b = load<u64>(p, 4);
    if (((a ^ blank) | (b ^ blank)) == 0) {
      v128.store(distances, i8x16.splat(0));
      store<u64>(lengths, 0x1010101010101000 | (load<u8>(p - 1) == <u8>background ? measured : 0));
      store<u16>(blankEntry, <u16>(p + 7));
      continue;
    }
    const d0 = enter(entryOf(table, <u32>a), p - 1);
    store<u16>(distances, <u16>d0);
    store<u8>(lengths, matchLength(v128.load(p), p - 1 - d0));
    const d1 = enter(entryOf(table, <u32>(a >> 8)), p);
    store<u16>(distances, <u16>d1, 2);
    store<u8>(lengths, matchLength(v128.load(p, 1), p - d1), 1);
    const d2 = enter(entryOf(table, <u32>(a >> 16)), p + 1);
    store<u16>(distances, <u16>d2, 4);
    store<u8>(lengths, matchLength(v128.load(p, 2), p + 1 - d2), 2);
    const d3 = enter(entryOf(table, <u32>(a >> 24)), p + 2);
    store<u16>(distances, <u16>d3, 6);
    store<u8>(lengths, matchLength(v128.load(p, 3), p + 2 - d3), 3);
    const d4 = enter(entryOf(table, <u32>b), p + 3);
    store<u16>(distances, <u16>d4, 8);
    store<u8>(lengths, matchLength(v128.load(p, 4), p + 3 - d4), 4);
    const d5 = enter(entryOf(table, <u32>(b >> 8)), p + 4);
    store<u16>(distances, <u16>d5, 10);
    store<u8>(lengths, matchLength(v128.load(p, 5), p + 4 - d5), 5);
    const d6 = enter(entryOf(table, <u32>(b >> 16)), p + 5);
    store<u16>(distances, <u16>d6, 12);
    store<u8>(lengths, matchLength(v128.load(p, 6), p + 5 - d6), 6);
    const d7 = enter(entryOf(table, <u32>(b >> 24)), p + 6);
    store<u16>(distances, <u16>d7, 14);
    store<u8>(lengths, matchLength(v128.load(p, 7), p + 6 - d7), 7);
  }
}

/** Measures the last positions before the end again: their matches end there, and those in background were guessed. */
function measureAtEnd(tile: usize, to: usize, end: usize): void {
  for (let p = max<usize>(tile, end - measured + 1); p < to; p++) {
    const distance = <usize>load<u16>(matchDistances() + ((p - tile) << 1));
    const length = matchLength(v128.load(p), p - 1 - distance);
    store<u8>(matchLengths() + (p - tile), min<u8>(length, <u8>(end - p)));
  }
}

/** Moves of a tile: the longer match of the position and the next, the earlier one if equal, else two literals. */
function decide(): void {
  const lengths = matchLengths();
  const out = moves();
  const tooShort = i8x16.splat(shortestMatch - 1);
  for (let i: usize = 0; i < tileLength; i += 16) {
    let here = v128.load(lengths + i);
    let next = v128.load(lengths + i, 1);
    here = v128.and(here, i8x16.gt_s(here, tooShort));
    next = v128.and(next, i8x16.gt_s(next, tooShort));
    const takesNext = i8x16.gt_s(next, here);
    const length = i8x16.max_u(here, next);
    const isLiteral = i8x16.eq(length, i8x16.splat(0));
    // A comparison that holds is -1, so this adds the literal before the match.
    const advance = i8x16.max_u(i8x16.sub(length, takesNext), i8x16.splat(2));
    const literal = v128.and(v128.or(isLiteral, takesNext), i8x16.splat(<i8>withLiteral));
    const long = v128.and(i8x16.eq(length, i8x16.splat(<i8>measured)), i8x16.splat(<i8>isLong));
    const place = v128.and(takesNext, i8x16.splat(<i8>fromNext));
    v128.store(out + i, v128.or(v128.or(advance, literal), v128.or(long, place)));
  }
}

@inline
function count(table: usize, bin: u32): void {
  const at = table + (<usize>bin << 2);
  store<u32>(at, load<u32>(at) + 1);
}

/** Bin of a distance less one: fine for near ones, by 128 for others; no deflate symbol spans two bins' border. */
@inline
function binOf(distance: u32): u32 {
  return select<u32>(distance, 256 + (distance >> 7), <u32>(distance < 256));
}

@inline
function writeToken(out: usize, first: u32, second: u32, distance: u32, bin: u32, counts: usize): void {
  store<u16>(out, <u16>first);
  store<u16>(out, <u16>second, 2);
  store<u16>(out, <u16>distance, 4);
  store<u16>(out, <u16>bin, 6);
  count(counts, first);
  count(counts, second);
  count(counts + distanceCountsOffset, bin);
}

/** Length of a match of which four bytes are known to be equal, 64 bytes a step: most end within the first. */
function lengthOfLong(p: usize, distance: u32, end: usize): u32 {
  const limit = min<u32>(longestMatch, <u32>(end - p));
  let length: u32 = 4;
  let step: u32;
  do {
    const here = p + length;
    const there = here - 1 - distance;
    const a = equalBytes(v128.load(here), v128.load(there));
    const b = equalBytes(v128.load(here, 16), v128.load(there, 16));
    const c = equalBytes(v128.load(here, 32), v128.load(there, 32));
    const d = equalBytes(v128.load(here, 48), v128.load(there, 48));
    step = <u32>ctz(~(<u64>(a | b << 16) | <u64>(c | d << 16) << 32));
    length += step;
  } while (step == 64 && length < limit);
  return min<u32>(length, limit);
}

let tokensEnd: usize = 0;

/**
 * Follows moves until a long one, appending their tokens from `tokensEnd` on; returns where it stopped. It is kept apart
 * from long moves, and its tables' addresses come as arguments, so that all it needs stays in registers.
 */
function followShortMoves(from: usize, toMove: usize, toDistance: usize, counts: usize): usize {
  let p = from;
  let out = tokensEnd;
  for (let move = <u32>load<u8>(toMove + p); move < isLong; move = <u32>load<u8>(toMove + p)) {
    const skip = move >> 5;
    const advance = move & advanceMask;
    const distance = <u32>load<u16>(toDistance + ((p + (skip & 1)) << 1));
    const first = select<u32>(<u32>load<u8>(p), none, move & withLiteral);
    const second = select<u32>(253 + advance - (skip & 1), <u32>load<u8>(p, 1), <u32>(advance > 2));
    const bin = select<u32>(binOf(distance), none, <u32>(advance > 2));
    writeToken(out, first, second, distance, bin, counts);
    out += 8;
    p += advance;
  }
  tokensEnd = out;
  return p;
}

/** Follows the moves of a tile from `from` to `end` or beyond, appends their tokens, returns where it stopped. */
function parseTile(tile: usize, from: usize, end: usize, dataEnd: usize): usize {
  const toMove = moves() - tile;
  const toDistance = matchDistances() - (tile << 1);
  const counts = literalCounts();
  // Long moves after the end stop `followShortMoves`.
  v128.store(toMove + end, i8x16.splat(-128));
  v128.store(toMove + end, i8x16.splat(-128), 16);
  if (from >= end) return from;
  let p = followShortMoves(from, toMove, toDistance, counts);
  while (p < end) {
    const move = <u32>load<u8>(toMove + p);
    const match = p + (move >> 5 & 1);
    const distance = <u32>load<u16>(toDistance + (match << 1));
    const first = select<u32>(<u32>load<u8>(p), none, move & withLiteral);
    const length = lengthOfLong(match, distance, dataEnd);
    writeToken(tokensEnd, first, 253 + length, distance, binOf(distance), counts);
    tokensEnd += 8;
    p = match + length;
    if (p < end) p = followShortMoves(p, toMove, toDistance, counts);
  }
  return p;
}

/** Enters the window before a block in the table, as `lookUp` does. */
function enterHistory(from: usize, to: usize, background: u32): void {
  const table = hashTable();
  const blank = <u64>background * 0x0101010101010101;
  for (let p = from; p < to; p += 8) {
    const a = load<u64>(p);
    const b = load<u64>(p, 4);
    if (((a ^ blank) | (b ^ blank)) == 0) {
      store<u16>(entryOf(table, <u32>blank), <u16>(p + 7));
      continue;
    }
    for (let i: u64 = 0; i < 4; i++) store<u16>(entryOf(table, <u32>(a >> (i << 3))), <u16>(p + <usize>i));
    for (let i: u64 = 0; i < 4; i++) store<u16>(entryOf(table, <u32>(b >> (i << 3))), <u16>(p + 4 + <usize>i));
  }
}

/**
 * Tokens of the bytes from `start` to `end`, with their counts in the tables; returns the tokens' end. `start` is a
 * multiple of the window length: an empty entry, 0, then means `start` itself, never a byte before it. Bytes of the
 * window before `start` are used when `hasHistory` is 1. Up to 80 bytes after `end` are read, 16 must be zero.
 */
export function tokenise(start: usize, end: usize, tokens: usize, background: u32, hasHistory: u32): usize {
  memory.fill(literalCounts(), 0, 2 * binTableLength);
  memory.fill(hashTable(), 0, 0x10000);
  if (hasHistory) enterHistory(start - windowLength, start, background);
  writeToken(tokens, load<u8>(start), none, 0, none, literalCounts());
  tokensEnd = tokens + 8;
  let p = start + 1;
  for (let tile = start; tile < end; tile += tileLength) {
    const to = min<usize>(tile + tileLength + lookahead, end);
    if (tile == start) lookUp(tile, to, 0, background);
    else {
      store<u64>(matchLengths(), load<u64>(matchLengths() + tileLength));
      v128.store(matchDistances(), v128.load(matchDistances() + 2 * tileLength));
      lookUp(tile + lookahead, to, lookahead, background);
    }
    if (to + measured > end) measureAtEnd(tile, to, end);
    decide();
    p = parseTile(tile, p, min<usize>(tile + tileLength, end - 1), end);
  }
  if (p < end) {
    writeToken(tokensEnd, load<u8>(p), none, 0, none, literalCounts());
    tokensEnd += 8;
  }
  return tokensEnd;
}
