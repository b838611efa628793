/** Where exact strings stand: the page and the line a model is told to look at. */
import type { ExactSpan } from './find-exact.ts';

interface Span {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

export interface SidecarPage {
  readonly number: number;
  /** UTF-16 code units of the text. */
  readonly span: Span;
  readonly lines: readonly Span[];
}

export interface Place {
  readonly span: ExactSpan;
  /** The page's number. */
  readonly page: number;
  /** 1 for the page's first line. */
  readonly line: number;
}

/** A string with all its places; the index of each place's line counts over all pages. */
export interface FoundString {
  readonly string: string;
  readonly places: Place[];
  readonly lines: number[];
}

export interface Found {
  readonly strings: readonly FoundString[];
  readonly placeCount: number;
  /** The lines of all pages. */
  readonly lines: readonly Span[];
}

/**
 * Every span that begins on one of the pages is a place: on the last line that begins at or before it. Strings are in
 * order of their first place. Spans must be in order, pages may be in any.
 */
export function findPlaces(text: string, pages: readonly SidecarPage[], spans: readonly ExactSpan[]): Found {
  const byString = new Map<string, FoundString>();
  const lines: Span[] = [];
  let placeCount = 0;
  let next = 0;
  for (const page of pages.toSorted((a, b) => a.span.start - b.span.start)) {
    const pageLines = page.lines.length === 0 ? [page.span] : page.lines;
    let line = 0;
    while (next < spans.length && spans[next]!.start < page.span.start) next++;
    for (; next < spans.length && spans[next]!.start < page.span.end; next++) {
      const span = spans[next]!;
      while (line + 1 < pageLines.length && pageLines[line + 1]!.start <= span.start) line++;
      const string = text.slice(span.start, span.end);
      let found = byString.get(string);
      if (found === undefined) {
        found = { string, places: [], lines: [] };
        byString.set(string, found);
      }
      found.places.push({ span, page: page.number, line: line + 1 });
      found.lines.push(lines.length + line);
      placeCount++;
    }
    for (const each of pageLines) lines.push(each);
  }
  return { strings: [...byString.values()], placeCount, lines };
}
