/**
 * Which line ends of a hard-wrapped text were put there only for want of room: those where the next line's first word
 * would not have fitted. Headings, verse, lists, indented and marked-up lines keep theirs.
 */
import { breakPairs } from './break-pairs.ts';
import { characterClass, GLUE, HANGUL, IDEOGRAPH, NEWLINE, OPEN_WIDE, SPACE, TAB } from './classes.ts';

/** A line without its line end, as a place in a text, UTF-16 code units; `end` is exclusive. */
export interface LineSpan {
  readonly start: number;
  readonly end: number;
}

/** No text is wrapped wider than this, columns. */
export const maxWidth = 120;
/** How far lines of real books fall short of the width or exceed it, as a part of it. */
const tolerance = 1 / 8;

export const isWide = (unitClass: number) => unitClass >= IDEOGRAPH && unitClass <= OPEN_WIDE;
export const isBlank = (unitClass: number) => unitClass >= SPACE && unitClass <= NEWLINE;

export const classAt = (text: string, index: number) => characterClass[text.charCodeAt(index)]!;

/** Counts the columns of a stretch of text in a fixed-width editor. */
export type ColumnCounter = (text: string, span: LineSpan) => number;

/** For text without wide characters. */
export const narrowColumns: ColumnCounter = (_, { start, end }) => end - start;

/** Wide characters count two. */
export const wideColumns: ColumnCounter = (text, { start, end }) => {
  let columns = end - start;
  for (let i = start; i < end; i++) {
    if (isWide(classAt(text, i))) columns++;
  }
  return columns;
};

/** Where a line's first word ends, or as many ideographs as may not be parted. */
export function firstWordEnd(text: string, { start, end }: LineSpan): number {
  const last = Math.min(end, start + maxWidth);
  let before = classAt(text, start);
  for (let i = start + 1; i < last; i++) {
    const after = classAt(text, i);
    if (isBlank(after) || breakPairs[(before << 4) | after] === 1) return i;
    before = after;
  }
  return last;
}

/**
 * Whether a soft line end between these two UTF-16 code units is drawn as a space. Between Chinese or Japanese
 * characters it is nothing (CSS Text 4, segment break transformation), beside white space there is one already.
 */
export function softNewlineIsSpace(before: number, after: number): boolean {
  const first = characterClass[before];
  const second = characterClass[after];
  if (first === SPACE || first === TAB || first === GLUE) return false;
  if (second === undefined || isBlank(second)) return false;
  const isCjk = (unitClass: number | undefined) =>
    unitClass !== undefined && isWide(unitClass) && unitClass !== HANGUL;
  return !(isCjk(first) && isCjk(second));
}

/** List items, headings, quotations, tables, comments, rules, markup: lines that begin something of their own. */
const ownLine =
  /^(?:[-*+\u2022\u2023\u25e6]\s|\(?\d{1,2}[.)]\s|\[\d+\]|#|>|\||<\/?[a-zA-Z!]|\/\/|\/\*|```|[-=_*~.]{3}|\+[-=])/;
/** Lines after which another begins in any case. */
const closedLine = /^(?:#|>|\||<\/?[a-zA-Z!]|\/\/|```|[-=_*~]{3,}\s*$)/;

const isLatinLetter = (unit: number) => (unit | 32) >= 0x61 && (unit | 32) <= 0x7a;

function matchesStart(text: string, { start, end }: LineSpan, pattern: RegExp): boolean {
  if (isLatinLetter(text.charCodeAt(start))) return false;
  return pattern.test(text.slice(start, Math.min(end, start + 16)));
}

/** A line without the white space at its end. */
export function trimmed(text: string, { start, end }: LineSpan): LineSpan {
  let last = end;
  while (last > start && isBlank(classAt(text, last - 1))) last--;
  return { start, end: last };
}

/** How full a line is: its columns, and what they were with the next line's first word added. */
export interface Fill {
  readonly columns: number;
  readonly reach: number;
}

/** The fill of a line that may go on in the next, or undefined where blank, indented or marked-up lines forbid it. */
export function fillOf(
  text: string,
  line: LineSpan,
  next: LineSpan,
  columnsOf: ColumnCounter,
): Fill | undefined {
  if (next.start >= next.end || isBlank(classAt(text, next.start))) return undefined;
  const visible = trimmed(text, line);
  if (visible.start >= visible.end) return undefined;
  if (matchesStart(text, next, ownLine) || matchesStart(text, visible, closedLine)) return undefined;
  const last = text.charCodeAt(visible.end - 1);
  if (last === 0x5c) return undefined; // a backslash at the end: code or a deliberate break
  const columns = columnsOf(text, visible);
  const gap = softNewlineIsSpace(last, text.charCodeAt(next.start)) ? 1 : 0;
  const firstWord = { start: next.start, end: firstWordEnd(text, next) };
  return { columns, reach: columns + gap + columnsOf(text, firstWord) };
}

/** Whether the line end between two neighbouring lines is soft in a text set `width` columns wide. */
export function joinsNext(
  text: string,
  line: LineSpan,
  next: LineSpan,
  width: number,
  columnsOf: ColumnCounter = wideColumns,
): boolean {
  const slack = width * tolerance;
  if (line.end - line.start > 2 * width) return false; // spares long lines the closer look
  const fill = fillOf(text, line, next, columnsOf);
  return fill !== undefined && fill.columns <= width + slack && fill.reach > width - slack;
}
