/**
 * The character classes the tokenizers' split patterns are written in, one bit each, from tables built on first use.
 * White space is Unicode's White_Space, as in the reference (Rust): JavaScript's `\s` differs at U+0085 and U+FEFF.
 * A lone surrogate is `other`, like the U+FFFD it becomes in UTF-8.
 */

/** Lu and Lt. */
export const upper = 1;
/** Ll. */
export const lower = 2;
/** Lm and Lo, which the o200k pattern lets stand on either side of a case change. */
export const uncased = 4;
export const mark = 8;
export const number = 16;
/** White space except line feed and carriage return. */
const space = 32;
/** Line feed and carriage return. */
export const newline = 64;
const other = 128;

export const letter = upper | lower | uncased;
export const whitespace = space | newline;
/** `[^\s\p{L}\p{N}]` */
export const punctuation = mark | other;
/** `[^\r\n\p{L}\p{N}]` */
export const wordPrefix = mark | space | other;

const patterns: readonly (readonly [bit: number, runs: RegExp])[] = [
  [upper, /[\p{Lu}\p{Lt}]+/gu],
  [lower, /\p{Ll}+/gu],
  [uncased, /[\p{Lm}\p{Lo}]+/gu],
  [mark, /\p{M}+/gu],
  [number, /\p{N}+/gu],
  [space, /\p{White_Space}+/gu],
  [newline, /[\r\n]+/gu],
];

/** In the table of UTF-16 units only: half of a character, or a lone half. */
export const surrogate = 0;

const planes: (Uint8Array | undefined)[] = [];

/** The class bit of the character that starts at `at`. */
export function classAt(text: string, at: number): number {
  const is = unitClasses()[text.charCodeAt(at)]!;
  if (is !== surrogate) return is;
  const code = text.codePointAt(at)!;
  return code < 0x10000 ? other : planeTable(code >>> 16)[code & 0xffff]!;
}

/** UTF-16 units of the character that starts at `at`: 1 or 2. */
export function unitsAt(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0xd800 && unit <= 0xdbff && text.codePointAt(at)! > 0xffff ? 2 : 1;
}

/** The class bit of each UTF-16 unit, `surrogate` for one that is no character. */
export function unitClasses(): Uint8Array {
  return planes[0] ?? planeTable(0);
}

function planeTable(plane: number): Uint8Array {
  const known = planes[plane];
  if (known !== undefined) return known;
  const table = new Uint8Array(0x10000).fill(other);
  const unitsEach = plane === 0 ? 1 : 2;
  const blockSize = 0x1000;
  for (let start = 0; start < 0x10000; start += blockSize) {
    let block = '';
    for (let i = start; i < start + blockSize; i += 1) block += String.fromCodePoint(plane * 0x10000 + i);
    for (const [bit, runs] of patterns) {
      for (const run of block.matchAll(runs)) {
        const from = start + run.index / unitsEach;
        table.fill(bit, from, from + run[0].length / unitsEach);
      }
    }
  }
  if (plane === 0) table.fill(surrogate, 0xd800, 0xe000);
  planes[plane] = table;
  return table;
}
