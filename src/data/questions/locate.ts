/** From spans of a text to the pages and lines that show them. */
import type { Span, TextPage } from '../draw.ts';

export interface LineRange {
  /** From 1. */
  readonly page: number;
  /** From 1, on the page. */
  readonly first: number;
  readonly last: number;
}

/** Undefined where a part of the span is on none of the pages. */
export function locate(pages: readonly TextPage[], { start, end }: Span): readonly LineRange[] | undefined {
  const [firstPage, lastPage] = [pages[0], pages.at(-1)];
  if (firstPage === undefined || lastPage === undefined) return undefined;
  if (start < firstPage.span.start || end > lastPage.span.end) return undefined;
  const ranges: LineRange[] = [];
  for (const { number, lines } of pages) {
    const first = lines.findIndex(line => line.end > start && line.start < end);
    const last = lines.findLastIndex(line => line.end > start && line.start < end);
    if (first >= 0) ranges.push({ page: number, first: first + 1, last: last + 1 });
  }
  return ranges.length === 0 ? undefined : ranges;
}

/** e.g. "[p2:14-15]", as answers cite lines */
export const markOf = ({ page, first, last }: LineRange): string =>
  first === last ? `[p${page}:${first}]` : `[p${page}:${first}-${last}]`;
