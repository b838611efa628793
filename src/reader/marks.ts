/**
 * Marks such as `[p1:14]`: how text names a row of a page before the reader, and the two tokens, page and row, that the
 * reader knows it by. A mark leads the text of its row and stands at the beginning of a line of text; the line break
 * before it and the space after it belong to it.
 */
import { mostPages, mostRows, type SpecialToken } from './vocabulary.ts';

/** Both from 1; the page among those of the prompt. */
export interface RowMark {
  readonly page: number;
  readonly row: number;
}

/** A row's text with the space or newline that ends it. */
export interface MarkedRow extends RowMark {
  readonly text: string;
}

/** e.g. "[p1:14]" */
export const markText = ({ page, row }: RowMark): string => `[p${page}:${row}]`;

/** @param before the mark before it in the same answer */
export function markTokens({ page, row }: RowMark, before?: RowMark): readonly SpecialToken[] {
  if (before?.page !== page) return [`page-${page}`, `row-${row}`];
  return [row === before.row + 1 ? 'next-row' : `row-${row}`];
}

export interface MarkedText {
  /** Undefined for what stands before the first mark. */
  readonly mark: RowMark | undefined;
  /** Exactly as it stands; empty for a mark alone. */
  readonly text: string;
}

const marks = /(?:^|\n)\[p([1-9]\d?):([1-9]\d?)\] ?/g;

/** A text by its marks; marks of pages and rows that have no token stay text, and so do ranges. */
export function splitMarks(text: string): readonly MarkedText[] {
  const parts: MarkedText[] = [];
  let mark: RowMark | undefined;
  let at = 0;
  const close = (end: number) => {
    if (mark !== undefined || end > at) parts.push({ mark, text: text.slice(at, end) });
  };
  for (const { 0: whole, 1: page, 2: row, index } of text.matchAll(marks)) {
    const found: RowMark = { page: Number(page), row: Number(row) };
    if (found.page > mostPages || found.row > mostRows) continue;
    close(index);
    mark = found;
    at = index + whole.length;
  }
  close(text.length);
  return parts;
}
