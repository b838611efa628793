/** A part that may become pages: drawn, priced and with its exact strings found, before anything is decided. */

import type { PagedReason, Place } from './decision.ts';
import { type ExactSpan, findExact, type SidecarPage } from './exact/index.ts';
import type { NamedSpan } from './join-texts.ts';
import type { Meter } from './meter.ts';
import type { PageImage, PageSource, Span } from './page-source.ts';

export interface DensePage {
  /** In the whole, from 1. */
  readonly number: number;
  /** In its document, from 1. */
  readonly sourceNumber: number;
  readonly span: Span;
  readonly lines: readonly Span[];
  /** Undefined for a page that must not be shown, e.g. a drawn one with a secret on it. */
  readonly image: PageImage | undefined;
  /** Of the image with its markers and label, or of the text that stands for it. */
  readonly tokens: number;
}

export interface PagedDocument {
  readonly place: Place;
  readonly name: string;
  readonly reason: PagedReason;
  /** With the text as shown: secrets replaced. */
  readonly source: PageSource;
  /** Offset in the shown text → offset in the text as given. */
  toGiven(offset: number): number;
  readonly pages: readonly DensePage[];
  readonly exact: readonly ExactSpan[];
  readonly textTokens: number;
  /** The texts it was joined from, in offsets of the text as given. */
  readonly parts?: readonly NamedSpan[] | undefined;
}

export interface OpenRequest {
  readonly place: Place;
  readonly name: string;
  readonly reason: PagedReason;
  readonly source: PageSource;
  toGiven(offset: number): number;
  readonly textTokens: number;
  readonly carriesExact: boolean;
  /** Pages, by their number in the source, that must not be drawn. */
  readonly hidden: ReadonlySet<number>;
  readonly meter: Meter;
  readonly labelTokens: number;
  readonly signal?: AbortSignal | undefined;
}

/** Its pages numbered from 1. @throws GlyphError kind `tokens` where the model refuses a page of this size */
export async function openDocument(request: OpenRequest): Promise<PagedDocument> {
  const { source, hidden, meter, labelTokens, signal } = request;
  const images = new Map<number, PageImage>();
  const shown = source.pages.map(page => page.number).filter(number => !hidden.has(number));
  for await (const image of source.draw(shown, { dpi: source.dpi, signal })) images.set(image.number, image);
  const pages = source.pages.map(({ number: sourceNumber, span, lines }): DensePage => {
    const image = images.get(sourceNumber);
    const content =
      image === undefined
        ? meter.countText(source.text.slice(span.start, span.end))
        : meter.countImage(image);
    return { number: sourceNumber, sourceNumber, span, lines, image, tokens: content + labelTokens };
  });
  const exact = request.carriesExact ? findExact(source.text) : [];
  const { place, name, reason, textTokens, toGiven } = request;
  return { place, name, reason, source, toGiven, pages, exact, textTokens };
}

/** The pages as the sidecar of exact strings wants them. */
export const sidecarPages = (pages: readonly DensePage[]): SidecarPage[] =>
  pages.map(({ number, span, lines }) => ({ number, span, lines }));

/** The text a page shows. */
export const pageText = ({ source }: PagedDocument, { span }: DensePage): string =>
  source.text.slice(span.start, span.end);

/** The same where it stands for the page: an exact string that goes on overleaf stays whole. */
export function wholeText(document: PagedDocument, page: DensePage): string {
  const last = spansOn(document, [page]).at(-1);
  return document.source.text.slice(page.span.start, Math.max(page.span.end, last?.end ?? 0));
}

/** The documents with their pages numbered through. */
export function numberThrough(documents: readonly PagedDocument[]): PagedDocument[] {
  let before = 0;
  return documents.map(document => {
    const offset = before;
    before += document.pages.length;
    const pages = document.pages.map(page => ({ ...page, number: offset + page.sourceNumber }));
    return { ...document, pages };
  });
}

/** Exact strings that begin between the first of these pages and the end of the last; pages are in order. */
export function spansOn({ exact }: PagedDocument, pages: readonly DensePage[]): readonly ExactSpan[] {
  const [first, last] = [pages[0], pages.at(-1)];
  if (first === undefined || last === undefined) return [];
  const from = firstAtLeast(exact, first.span.start);
  return exact.slice(from, firstAtLeast(exact, last.span.end));
}

/** By bisection: documents may hold many pages and very many strings. */
function firstAtLeast(spans: readonly ExactSpan[], offset: number): number {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (spans[middle]!.start < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
