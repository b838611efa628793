/**
 * Longest common subsequence, 32 cells of the table in one operation (Crochemore et al., "A fast and practical
 * bit-vector algorithm for the longest common subsequence problem", 2001; Hyyrö 2004). Bit j of row i is clear where
 * the table grows from cell j to cell j + 1; kept rows are enough to walk back.
 */
import { GlyphError } from '../../base/index.ts';

/** Kept rows take one bit a cell: 256 MiB at most. */
const maxTracedCells = 2 ** 31;

export function lcsLength(a: Int32Array, b: Int32Array): number {
  const table = startTable(b);
  for (const symbol of a) table.advance(symbol);
  let length = 0;
  for (const word of table.row) length += 32 - bitCount(word);
  return length;
}

export interface LcsTrace {
  /** One longest common subsequence, from its end. */
  readonly symbols: readonly number[];
  /** Cells walked from the table's last corner to its edge. */
  readonly stepCount: number;
}

/**
 * One longest common subsequence: where several are, the one that drops the end of `b` before the end of `a`.
 * @throws GlyphError kind `input` where the two are too long
 */
export function traceLcs(a: Int32Array, b: Int32Array): LcsTrace {
  if (a.length * b.length > maxTracedCells) throw tooLong(a.length, b.length);
  const table = startTable(b);
  const { length } = table.row;
  const rows = new Uint32Array(a.length * length);
  for (let i = 0; i < a.length; i++) {
    table.advance(a[i]!);
    rows.set(table.row, i * length);
  }
  const symbols: number[] = [];
  let stepCount = 0;
  for (let i = a.length - 1, j = b.length - 1; i >= 0 && j >= 0; stepCount++) {
    if (a[i] === b[j]) {
      symbols.push(a[i]!);
      i--;
      j--;
    } else if ((rows[i * length + (j >>> 5)]! >>> (j & 31)) & 1) j--;
    else i--;
  }
  return { symbols, stepCount };
}

interface Table {
  readonly row: Uint32Array;
  /** The next row: of this symbol of `a`. */
  advance(symbol: number): void;
}

function startTable(b: Int32Array): Table {
  const places = new Map<number, number[]>();
  for (let j = 0; j < b.length; j++) {
    const list = places.get(b[j]!);
    if (list === undefined) places.set(b[j]!, [j]);
    else list.push(j);
  }
  const row = new Uint32Array(Math.ceil(b.length / 32)).fill(0xffffffff);
  const matches = new Uint32Array(row.length);
  const advance = (symbol: number) => {
    const list = places.get(symbol);
    if (list === undefined) return;
    for (const j of list) matches[j >>> 5]! |= 1 << (j & 31);
    let carry = 0;
    for (let k = list[0]! >>> 5; k < row.length; k++) {
      const before = row[k]!;
      const match = matches[k]!;
      const sum = before + ((before & match) >>> 0) + carry;
      carry = sum > 0xffffffff ? 1 : 0;
      row[k] = sum | 0 | (before & ~match);
    }
    for (const j of list) matches[j >>> 5] = 0;
  };
  return { row, advance };
}

function bitCount(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

const tooLong = (a: number, b: number) =>
  new GlyphError({
    kind: 'input',
    operation: 'compare two sequences',
    expected: `lengths with a product of at most ${maxTracedCells}`,
    actual: `${a} and ${b}`,
  });
