/**
 * The result of layout: pages as numbers only. Lines say which characters of the source they show; glyphs say what
 * to draw where. Everything is structured-cloneable, so a page can be drawn in another thread.
 */

/** What the characters between one line's end and the next line's start are: all white space or invisible. */
export type Gap =
  /** No character: the line was broken inside a word or between ideographs. */
  | 'none'
  /** White space swallowed by a soft line break. */
  | 'space'
  /** A line break of the source, with trailing white space. */
  | 'newline'
  /** What is left at the end of the source. */
  | 'end';

/** One line of text. Offsets are UTF-16 code units of the source as read. */
export interface Line {
  readonly start: number;
  /** Exclusive. `start === end` is an empty line. */
  readonly end: number;
  /** What stands between `end` and the next line's `start`, on this page or the next. */
  readonly gap: Gap;
  /** Left edge of the first glyph, pt from the page's left edge. */
  readonly xPt: number;
  /** Baseline, pt from the page's top edge. */
  readonly baselinePt: number;
  /** Added to each space to fit or fill the line, pt; negative when squeezed. */
  readonly wordSpacePt: number;
}

/** A filled rectangle under the text, pt from the page's top left corner. */
export interface Rect {
  readonly xPt: number;
  readonly yPt: number;
  readonly widthPt: number;
  readonly heightPt: number;
  readonly color: string;
}

/** Glyphs to draw, as parallel arrays of length `count` (the arrays may be longer). */
export interface GlyphBuffer {
  count: number;
  /** `font index * 2^24 + glyph id`; see `GlyphKey` in `font/`. */
  key: Uint32Array;
  /** Pen position, pt from the page's left edge. */
  xPt: Float32Array;
  /** Baseline, pt from the page's top edge. */
  yPt: Float32Array;
  /** 1 for a newline mark, 0 for text. */
  ink: Uint8Array;
}

export interface PageBox {
  /** 1 for the first page. */
  readonly number: number;
  readonly isLast: boolean;
  /** Characters of the source this page shows; the spans of all pages tile the source. */
  readonly span: { readonly start: number; readonly end: number };
  readonly lines: readonly Line[];
  readonly glyphs: GlyphBuffer;
  readonly rects: readonly Rect[];
  /** Code points drawn as a box because no font has them, with how often. */
  readonly missing: ReadonlyMap<number, number>;
}
