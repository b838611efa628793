/**
 * A document as pages: its text, which characters each page and line shows, and a way to draw pages at any dpi. Text
 * becomes pages by the renderer; whoever opens PDF files offers the same.
 */

export interface Span {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

export interface SourcePage {
  /** 1 for the document's first page. */
  readonly number: number;
  /** UTF-16 code units of the source's text. */
  readonly span: Span;
  readonly lines: readonly Span[];
}

export interface PageImage {
  readonly number: number;
  readonly bytes: Uint8Array;
  readonly mediaType: 'image/png';
  readonly widthPx: number;
  readonly heightPx: number;
}

export interface DrawRequest {
  readonly dpi: number;
  readonly signal?: AbortSignal | undefined;
}

export interface PageSource {
  /** What the document is called, e.g. "report.pdf". */
  readonly name: string;
  readonly text: string;
  /** Where pages show more than their text, as those of a PDF file, they are never replaced by it to save tokens. */
  readonly shows: 'its-text' | 'more-than-text';
  /** Dots per inch of a dense page. */
  readonly dpi: number;
  readonly pages: readonly SourcePage[];
  /** The pages of these numbers, in ascending order. */
  draw(numbers: readonly number[], request: DrawRequest): AsyncIterable<PageImage>;
}
