/**
 * The page being filled. Lines come in reading order; the builder gives each a place, starts columns and pages as they
 * run full, draws backgrounds and borders behind paragraphs, and hands out each finished page.
 */
import type { RenderConfig } from '../config/index.ts';
import { glyphIdOf, isMissing } from '../font/index.ts';
import { type Frame, frameOf } from './frame.ts';
import { createGlyphBuffer, reserveGlyphs } from './glyph-buffer.ts';
import type { Gap, GlyphBuffer, Line, PageBox, Rect } from './page-box.ts';
import type { StripSlice } from './strip.ts';

/**
 * Glyphs of one broken line, still at their natural places. A class, because V8 gives literals whose numbers are whole in
 * one place and not in another a shape that it converts at each use; that took a third of the time to lay out code.
 */
export class BrokenLine {
  readonly start: number;
  readonly end: number;
  readonly gap: Gap;
  readonly wordSpacePt: number;
  /** From the left edge of the column to the left edge of the line, pt. */
  readonly offsetPt: number;
  readonly slice: StripSlice;

  constructor(
    start: number,
    end: number,
    gap: Gap,
    wordSpacePt: number,
    offsetPt: number,
    slice: StripSlice,
  ) {
    this.start = start;
    this.end = end;
    this.gap = gap;
    this.wordSpacePt = wordSpacePt;
    this.offsetPt = offsetPt;
    this.slice = slice;
  }
}

/** Sets the line at the top of a finished page from the lines that were added to it. */
export interface PageHeader {
  addLine(start: number, end: number): void;
  setHeader(page: { readonly number: number }): StripSlice;
}

/** Room made at first: about what a dense page holds, since growing copies. */
const denseGlyphs = 12_288;

/** Tolerance when asking whether one more line fits, pt: sums of line heights are not exact. */
const epsilonPt = 1e-6;

export class PageBuilder {
  readonly frame: Frame;
  readonly #config: RenderConfig;
  readonly #header: PageHeader | undefined;
  readonly #paragraphsHaveBox: boolean;
  /** Whether backgrounds join from paragraph to paragraph, so that blank lines have them too. */
  readonly #boxesTouch: boolean;
  #number = 0;
  #spanStart = 0;
  #column = 0;
  #yPt: number;
  #lines: Line[] = [];
  #glyphs: GlyphBuffer;
  #rects: Rect[] = [];
  #missing = new Map<number, number>();
  #boxTopPt: number | undefined;
  #finished: PageBox[] = [];

  constructor(config: RenderConfig, header: PageHeader | undefined) {
    this.#config = config;
    this.#header = header;
    this.frame = frameOf(config);
    this.#yPt = this.frame.topPt;
    this.#glyphs = createGlyphBuffer(denseGlyphs);
    this.#paragraphsHaveBox = config.paraBgColor !== config.pageBgColor || config.borderWidth > 0;
    const gaps = config.borderWidth + config.spaceBefore + config.spaceAfter;
    this.#boxesTouch = this.#paragraphsHaveBox && gaps === 0;
  }

  /** Pages completed since the last call. */
  takePages(): PageBox[] {
    const pages = this.#finished;
    if (pages.length > 0) this.#finished = [];
    return pages;
  }

  startParagraph(): void {
    if (this.#yPt > this.frame.topPt) this.#yPt += this.#config.spaceBefore;
  }

  endParagraph(): void {
    this.#closeBox();
    this.#yPt += this.#config.spaceAfter;
  }

  addLine(line: BrokenLine): void {
    const { frame } = this;
    const config = this.#config;
    if (this.#yPt + config.lineHeight > frame.bottomPt + epsilonPt && this.#yPt > frame.topPt) {
      this.#closeBox();
      this.#nextColumn(line.start);
    }
    this.#header?.addLine(line.start, line.end);
    if (line.start < line.end ? this.#paragraphsHaveBox : this.#boxesTouch) this.#boxTopPt ??= this.#yPt;
    const xPt = frame.columnsPt[this.#column]! + line.offsetPt;
    const baselinePt = this.#yPt + config.fontSize;
    const { start, end, gap, wordSpacePt } = line;
    this.#lines.push({ start, end, gap, xPt, baselinePt, wordSpacePt });
    this.#write(line.slice, xPt, baselinePt, wordSpacePt);
    this.#yPt += config.lineHeight;
  }

  #write(slice: StripSlice, xPt: number, baselinePt: number, wordSpacePt: number): void {
    const { strip, from, to, startPt, startSpaces } = slice;
    const { key: keys, startPt: starts, spacesBefore, ink, risePt } = strip;
    const glyphs = this.#glyphs;
    reserveGlyphs(glyphs, to - from);
    const { key: outKeys, xPt: outX, yPt: outY, ink: outInk } = glyphs;
    const offsetPt = xPt - startPt;
    const pxPerPt = this.#config.dpi / 72;
    let out = glyphs.count;
    for (let i = from; i < to; i++, out++) {
      const key = keys[i]!;
      const rise = risePt[i]!;
      outKeys[out] = key;
      outX[out] = offsetPt + starts[i]! + wordSpacePt * (spacesBefore[i]! - startSpaces);
      // Whole pixels: a mark keeps its distance to the letter, whose baseline is drawn on a whole pixel too.
      outY[out] = rise === 0 ? baselinePt : baselinePt - Math.round(rise * pxPerPt) / pxPerPt;
      outInk[out] = ink[i]!;
      if (isMissing(key)) {
        const codePoint = glyphIdOf(key);
        this.#missing.set(codePoint, (this.#missing.get(codePoint) ?? 0) + 1);
      }
    }
    glyphs.count = out;
  }

  /** Completes the last page; the source ends at `end`. */
  finish(end: number): void {
    this.#closeBox();
    const last = this.#lines.pop();
    if (last === undefined) return;
    this.#lines.push({ ...last, gap: 'end' });
    this.#finishPage(end, { isLast: true });
  }

  #nextColumn(start: number): void {
    this.#column++;
    this.#yPt = this.frame.topPt;
    if (this.#column === this.frame.columnsPt.length) {
      this.#finishPage(start, { isLast: false });
      this.#column = 0;
    }
  }

  #finishPage(end: number, { isLast }: { isLast: boolean }): void {
    this.#number++;
    const lines = this.#lines;
    const span = { start: this.#spanStart, end };
    if (this.#header !== undefined) {
      const xPt = this.frame.columnsPt[0]!;
      const baselinePt = this.frame.topPt - this.#config.lineHeight + this.#config.fontSize;
      this.#write(this.#header.setHeader({ number: this.#number }), xPt, baselinePt, 0);
    }
    const page = { number: this.#number, isLast, span, lines, glyphs: this.#glyphs, rects: this.#rects };
    this.#finished.push({ ...page, missing: this.#missing });
    this.#spanStart = end;
    this.#lines = [];
    if (!isLast) this.#glyphs = createGlyphBuffer(this.#glyphs.count + 1024);
    this.#rects = [];
    this.#missing = new Map();
  }

  /** Background and border behind the lines of the current paragraph that stand in the current column. */
  #closeBox(): void {
    if (this.#boxTopPt === undefined) return;
    const { paraBgColor, pageBgColor, paraBorderColor, borderWidth, borderPadding } = this.#config;
    const xPt = this.frame.columnsPt[this.#column]! + this.#config.leftIndent - borderPadding;
    const yPt = this.#boxTopPt - borderPadding;
    const indents = this.#config.leftIndent + this.#config.rightIndent;
    const widthPt = this.frame.columnWidthPt - indents + 2 * borderPadding;
    const heightPt = this.#yPt - this.#boxTopPt + 2 * borderPadding;
    this.#boxTopPt = undefined;
    if (paraBgColor !== pageBgColor) {
      const last = this.#rects.at(-1);
      const joins = borderWidth === 0 && last?.xPt === xPt && last.yPt + last.heightPt >= yPt - epsilonPt;
      if (joins && last !== undefined)
        this.#rects[this.#rects.length - 1] = { ...last, heightPt: yPt + heightPt - last.yPt };
      else this.#rects.push({ xPt, yPt, widthPt, heightPt, color: paraBgColor });
    }
    if (borderWidth > 0) {
      const color = paraBorderColor;
      const [w, left, top] = [borderWidth, xPt - borderWidth / 2, yPt - borderWidth / 2];
      this.#rects.push(
        { xPt: left, yPt: top, widthPt: widthPt + w, heightPt: w, color },
        { xPt: left, yPt: top + heightPt, widthPt: widthPt + w, heightPt: w, color },
        { xPt: left, yPt: top, widthPt: w, heightPt: heightPt + w, color },
        { xPt: left + widthPt, yPt: top, widthPt: w, heightPt: heightPt + w, color },
      );
    }
  }
}
