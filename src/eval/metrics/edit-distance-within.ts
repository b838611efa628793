/**
 * Levenshtein distance of texts that are alike, or that they are not: columns of 32 rows at a time as bits (Myers 1999,
 * Hyyrö 2003), and of these only what a distance within the limit can still lead through (Ukkonen 1985). Nearly equal
 * pages take a few per cent of the full table, different ones a quarter where the limit is half their length.
 */
import { codePointsOf } from './symbols.ts';

const wordRows = 32;
const firstLimit = 64;

/** In code points; undefined where it is above `limit`. */
export function editDistanceWithin(a: string, b: string, limit: number): number | undefined {
  const [rows, columns] = [codePointsOf(a), codePointsOf(b)];
  if (rows.length === 0 || columns.length === 0) {
    const distance = Math.max(rows.length, columns.length);
    return distance <= limit ? distance : undefined;
  }
  const bits = bitsOf(rows);
  // A narrow band is tried first: it settles what is nearly equal.
  for (let tried = Math.min(firstLimit, limit); ; tried = Math.min(8 * tried, limit)) {
    const distance = distanceInBand(rows.length, columns, bits, tried);
    if (distance !== undefined || tried >= limit) return distance;
  }
}

/** Of each symbol the rows it stands in, a bit each. */
function bitsOf(rows: Int32Array): ReadonlyMap<number, Int32Array> {
  const words = Math.ceil(rows.length / wordRows);
  const bits = new Map<number, Int32Array>();
  for (const [i, symbol] of rows.entries()) {
    let own = bits.get(symbol);
    if (own === undefined) {
      own = new Int32Array(words);
      bits.set(symbol, own);
    }
    own[i >>> 5]! |= 1 << (i & 31);
  }
  return bits;
}

function distanceInBand(
  rowCount: number,
  columns: Int32Array,
  bits: ReadonlyMap<number, Int32Array>,
  limit: number,
): number | undefined {
  const words = Math.ceil(rowCount / wordRows);
  const nowhere = new Int32Array(words);
  // Where a row's number is one more, or one less, than that of the row above it.
  const [more, less] = [new Int32Array(words).fill(-1), new Int32Array(words)];
  /** The number in each word's last row. */
  const scores = Int32Array.from({ length: words }, (_, word) => (word + 1) * wordRows);
  let first = 0;
  let last = Math.min(words - 1, Math.floor(limit / wordRows));

  for (let column = 0; column < columns.length; column++) {
    const matches = bits.get(columns[column]!) ?? nowhere;
    const diagonal = rowCount - columns.length + column;
    // What stands above the band is never less than one more a column.
    let across = 1;
    for (let word = first; word <= last; word++) across = step(word, matches[word]!, across);
    if (last < words - 1 && scores[last]! - wordRows + away(last + 1, diagonal) <= limit) {
      last++;
      more[last] = -1;
      less[last] = 0;
      scores[last] = scores[last - 1]! - across + wordRows;
      step(last, matches[last]!, across);
    }
    // A path may still come down from above the first row.
    const isOpenAbove = column + 1 + Math.abs(diagonal + 1) <= limit;
    while (last >= first && !(last === 0 && isOpenAbove) && !isAlive(last, diagonal)) last--;
    while (first <= last && !isOpenAbove && !isAlive(first, diagonal)) first++;
    if (first > last) return undefined;
  }
  if (last < words - 1) return undefined;
  let distance = scores[last]!;
  // The last word may have rows beyond the text.
  for (let row = words * wordRows - 1; row >= rowCount; row--) {
    const bit = 1 << (row & 31);
    if (more[last]! & bit) distance--;
    else if (less[last]! & bit) distance++;
  }
  return distance <= limit ? distance : undefined;

  /** One column further. @param across of the row above, from this column's left to it; @returns that of its last row */
  function step(word: number, matching: number, across: number): number {
    const [up, down] = [more[word]!, less[word]!];
    const vertical = matching | down;
    const equal = across < 0 ? matching | 1 : matching;
    const horizontal = (((equal & up) + up) ^ up) | equal;
    let plus = down | ~(horizontal | up);
    let minus = up & horizontal;
    const out = (plus >>> 31) - (minus >>> 31);
    plus = (plus << 1) | (across > 0 ? 1 : 0);
    minus = (minus << 1) | (across < 0 ? 1 : 0);
    more[word] = minus | ~(vertical | plus);
    less[word] = plus & vertical;
    scores[word]! += out;
    return out;
  }

  /** Whether a path within the limit can lead through one of its rows: each is at most 31 less than the last. */
  function isAlive(word: number, diagonal: number): boolean {
    return scores[word]! - (wordRows - 1) + away(word, diagonal) <= limit;
  }
}

/** Rows between a word and the diagonal that ends in the last row and column. */
function away(word: number, diagonal: number): number {
  const top = word * wordRows;
  return Math.max(0, top - diagonal, diagonal - (top + wordRows - 1));
}
