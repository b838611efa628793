/** From a page and its lines to the characters of the source they show, and their text. */
import { type DensePage, type PagedDocument, pageText } from './paged-document.ts';

export interface FoundPlace {
  readonly document: PagedDocument;
  readonly page: DensePage;
  /** Undefined for a whole page. */
  readonly lines: { readonly first: number; readonly last: number } | undefined;
  /** The document, or of joined ones the one in which it begins. */
  readonly name: string;
  /** UTF-16 code units of that document as given. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Lines are counted from 1 and cut to those the page has; undefined for a page or lines that do not exist. */
export function findPlace(
  documents: readonly PagedDocument[],
  number: number,
  firstLine?: number,
  lastLine = firstLine,
): FoundPlace | undefined {
  for (const document of documents) {
    const page = document.pages.find(each => each.number === number);
    if (page === undefined) continue;
    if (firstLine === undefined || lastLine === undefined) {
      const { start, end } = page.span;
      const text = pageText(document, page);
      return { document, page, lines: undefined, ...givenSpan(document, start, end), text };
    }
    const first = page.lines[firstLine - 1];
    const last = Math.min(lastLine, page.lines.length);
    if (first === undefined || last < firstLine) return undefined;
    const end = page.lines[last - 1]!.end;
    const text = document.source.text.slice(first.start, end);
    return {
      document,
      page,
      lines: { first: firstLine, last },
      ...givenSpan(document, first.start, end),
      text,
    };
  }
  return undefined;
}

/** In the joined document that holds the beginning; an end beyond it is cut. */
function givenSpan({ name, parts = [], toGiven }: PagedDocument, shownStart: number, shownEnd: number) {
  const [start, end] = [toGiven(shownStart), toGiven(shownEnd)];
  const part = parts.findLast(each => each.start <= start) ?? parts[0];
  if (part === undefined) return { name, start, end };
  const within = (offset: number) => Math.min(Math.max(offset, part.start), part.end) - part.start;
  return { name: part.name, start: within(start), end: within(end) };
}
