/**
 * Where on the pages a token is read from or, for text outside them, where it would stand. A row's mark puts the cursor
 * at the row's beginning, each character moves it on by the width of one, as a typewriter does: what the decoder reads
 * next stands where the cursor is, at the same distance in every line. Everything follows from the tokens and the pages' type.
 */
import type { ReaderConfig } from './config.ts';
import { mostPages, mostRows, specialId, type Vocabulary } from './vocabulary.ts';

/** In patches: a page's rows follow those of the page before; text of prompts and answers stands above the first page. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

export interface Cursor {
  /** After the tokens taken so far. */
  readonly place: Place;
  take(token: number): void;
}

/** Far enough from the first row of the first page. */
export const outside: Place = { row: -8, column: 0 };

const nextRow = specialId('next-row');
const firstPage = specialId('page-1');
const firstRow = specialId('row-1');
const pageEnd = specialId('page-end');
const patch = specialId('patch');

/** Rows from the beginning of one page to that of the next. */
export const rowsBetweenPages = mostRows;

/** @param pages with the widths of their type, by number; of others it is the config's */
export function createCursor(
  config: ReaderConfig,
  vocabulary: Vocabulary,
  pages: readonly { readonly advancePx: number }[] = [],
): Cursor {
  let { advancePx } = config;
  let top = 0;
  let place = outside;
  return {
    get place() {
      return place;
    },
    take(token) {
      if (token >= firstPage && token < firstPage + mostPages) {
        top = (token - firstPage) * rowsBetweenPages;
        advancePx = pages[token - firstPage]?.advancePx ?? config.advancePx;
        place = { row: top, column: 0 };
      } else if (token >= firstRow && token < firstRow + mostRows) {
        place = { row: top + token - firstRow, column: 0 };
      } else if (token === nextRow) {
        place = { row: place.row + 1, column: 0 };
      } else if (token === pageEnd || (token < firstPage && token !== patch)) {
        place = outside;
      } else if (token !== patch) {
        const { row, column } = place;
        const widthPx = vocabulary.charactersIn(token) * advancePx;
        place = { row, column: column + widthPx / config.patchWidthPx };
      }
    },
  };
}
