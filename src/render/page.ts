/** One finished page: PNG bytes and everything a caller may ask of it without decoding them. */
import type { Line, PageBox } from '../layout/index.ts';
import type { InkBox } from '../raster/index.ts';

/** What drawing adds to a laid-out page. */
export interface DrawnPage {
  readonly png: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Smallest box around all glyphs, px; undefined on a page without ink. */
  readonly inkBox: InkBox | undefined;
}

export interface RenderedPage extends DrawnPage {
  /** 1 for the first page. */
  readonly number: number;
  readonly isLast: boolean;
  /** Characters of the source this page shows, UTF-16 code units; the spans of all pages tile the source. */
  readonly span: { readonly start: number; readonly end: number };
  readonly lines: readonly Line[];
  /** Code points drawn as a box because no font has them, with how often. */
  readonly missing: ReadonlyMap<number, number>;
}

export function toRenderedPage(box: PageBox, drawn: DrawnPage): RenderedPage {
  const { number, isLast, span, lines, missing } = box;
  return { number, isLast, span, lines, missing, ...drawn };
}
