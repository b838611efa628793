/** Citations: marks such as `[p3:12-14]` in an answer, mapped back to characters of the source. */
import type { PagedDocument } from './paged-document.ts';
import { findPlace } from './places.ts';

export interface Citation {
  /** The mark in the answer. */
  readonly mark: { readonly start: number; readonly end: number };
  /** Its name; of joined documents that of the one cited. */
  readonly document: string;
  readonly page: number;
  /** Undefined where the model named only the page. */
  readonly lines: { readonly first: number; readonly last: number } | undefined;
  /** UTF-16 code units of the document as given. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Citations {
  readonly citations: readonly Citation[];
  /** Marks that name a page or lines that do not exist, as written. */
  readonly broken: readonly string[];
}

/** Asks a model for marks. */
export const citeInstruction =
  'After each claim name where you read it, as [p3:12-14] for lines 12 to 14 of page 3, counted from the top of the page, or as [p3] if you are not sure of the lines.';

const marks = /\[\s*(?:p|page|pp)[^[\]]{1,200}\]/giu;
const place = /(?:(?:p|page|pp)\.?\s*)?(\d{1,7})(?:\s*:\s*(\d{1,7})(?:\s*[-–—]\s*(\d{1,7}))?)?/giu;
const onlyPlaces = /^\[[\s\d:;,.–—-]*(?:(?:p|page|pp)[\s\d:;,.–—-]*)+\]$/iu;

/** Every place an answer cites, in order; one mark may name several. */
export function findCitations(answer: string, documents: readonly PagedDocument[]): Citations {
  const citations: Citation[] = [];
  const broken: string[] = [];
  for (const { 0: mark, index } of answer.matchAll(marks)) {
    if (!onlyPlaces.test(mark)) continue;
    for (const [, page, first, last] of mark.matchAll(place)) {
      const found = findPlace(documents, Number(page), numberOf(first), numberOf(last ?? first));
      if (found === undefined) {
        broken.push(mark);
        continue;
      }
      const { name: document, lines, start, end, text } = found;
      citations.push({
        mark: { start: index, end: index + mark.length },
        document,
        page: found.page.number,
        lines,
        start,
        end,
        text,
      });
    }
  }
  return { citations, broken };
}

const numberOf = (digits: string | undefined) => (digits === undefined ? undefined : Number(digits));
