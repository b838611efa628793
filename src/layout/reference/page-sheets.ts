/**
 * Turns placed paragraphs into pages. Page and line spans tile the source, so a page is held back until the next line,
 * wherever it stands, tells where its last line's gap ends.
 */
import type { RenderConfig } from '../../config/index.ts';
import { createGlyphBuffer } from '../glyph-buffer.ts';
import type { Gap, GlyphBuffer, Line, PageBox, Rect } from '../page-box.ts';
import type { BrokenLine } from './broken-line.ts';
import type { PlacedParagraph } from './flow.ts';
import type { Metrics } from './fonts.ts';
import { paragraphRects } from './paragraph-rects.ts';
import { drawLine, fitLine, losesIndent } from './place.ts';
import type { Units } from './units.ts';

interface Sheet {
  readonly number: number;
  /** Where its first line starts; unknown while it has none. */
  start: number | undefined;
  readonly lines: Line[];
  readonly glyphs: GlyphBuffer;
  readonly rects: Rect[];
  readonly missing: Map<number, number>;
}

export class PageSheets {
  readonly #text: string;
  readonly #config: RenderConfig;
  readonly #metrics: Metrics;
  /** Pages whose end is not known yet; the last one is being filled. */
  #open: Sheet[];
  /** End of the last line so far, and the line itself while its gap is not known. */
  #end = 0;
  #pending: { line: Line; sheet: Sheet } | undefined;
  #spanStart = 0;

  constructor(text: string, config: RenderConfig, metrics: Metrics) {
    this.#text = text;
    this.#config = config;
    this.#metrics = metrics;
    this.#open = [newSheet(1, 1024)];
  }

  get #current(): Sheet {
    return this.#open[this.#open.length - 1]!;
  }

  startPage(): void {
    const { number, glyphs } = this.#current;
    this.#open.push(newSheet(number + 1, glyphs.count + 256));
  }

  add({ paragraph, lineCount, bottomPt }: PlacedParagraph): void {
    const config = this.#config;
    const sheet = this.#current;
    const heightPt = lineCount * config.lineHeight;
    const topPt = config.pageSize[1] - bottomPt - heightPt;
    sheet.rects.push(...paragraphRects(config, topPt, heightPt));
    let leftPt = config.marginX + config.framePadding + config.leftIndent;
    let indentPt = paragraph.firstLineIndentPt;
    const { units } = paragraph;
    for (const [index, line] of paragraph.lines(lineCount).entries()) {
      const isLast = index === lineCount - 1 && paragraph.lastLine === 'natural';
      const fit = fitLine(line, units, config.alignment, isLast ? 'short' : 'full');
      if (index === 0 && fit.wordSpacePt !== 0 && losesIndent(config.alignment, paragraph.fragments)) {
        leftPt -= indentPt;
      }
      const xPt = leftPt + indentPt + fit.shiftPt;
      const baselinePt = topPt + config.fontSize + index * config.lineHeight;
      const pen = { xPt, baselinePt, wordSpacePt: fit.wordSpacePt };
      this.#note(sheet, line, units, pen);
      drawLine(line, units, pen, this.#metrics, sheet.glyphs, sheet.missing);
      indentPt = 0;
    }
  }

  #note(
    sheet: Sheet,
    line: BrokenLine,
    units: Units,
    pen: Pick<Line, 'xPt' | 'baselinePt' | 'wordSpacePt'>,
  ): void {
    const [from, to] = sourceSpan(line, units);
    const start = Math.max(from, this.#end);
    const end = Math.max(to, start);
    this.#settle(start);
    sheet.start ??= start;
    this.#pending = { line: { start, end, gap: 'none', ...pen }, sheet };
    this.#end = end;
  }

  /** Settles the gap of the last line so far, now that the next one starts at `nextStart`. */
  #settle(nextStart: number): void {
    if (this.#pending === undefined) return;
    const { line, sheet } = this.#pending;
    sheet.lines.push({ ...line, gap: gapOf(this.#text, line.end, nextStart) });
    this.#pending = undefined;
  }

  /** Pages that are complete. */
  *take(): Generator<PageBox> {
    while (this.#open.length > 1 && this.#current.start !== undefined) {
      const next = this.#open.find((sheet, index) => index > 0 && sheet.start !== undefined)!;
      yield this.#box(this.#open.shift()!, next.start!, { isLast: false });
    }
  }

  /** The pages left at the end of the text. */
  *finish(): Generator<PageBox> {
    if (this.#pending !== undefined) {
      const { line, sheet } = this.#pending;
      sheet.lines.push({ ...line, gap: 'end' });
      this.#pending = undefined;
    }
    for (const [index, sheet] of this.#open.entries()) {
      const next = this.#open.slice(index + 1).find(later => later.start !== undefined);
      yield this.#box(sheet, next?.start ?? this.#text.length, { isLast: index === this.#open.length - 1 });
    }
    this.#open = [];
  }

  #box(
    { number, lines, glyphs, rects, missing }: Sheet,
    end: number,
    { isLast }: { isLast: boolean },
  ): PageBox {
    const span = { start: this.#spanStart, end };
    this.#spanStart = end;
    return { number, isLast, span, lines, glyphs, rects, missing };
  }
}

function newSheet(number: number, glyphCount: number): Sheet {
  const glyphs = createGlyphBuffer(glyphCount);
  return { number, start: undefined, lines: [], glyphs, rects: [], missing: new Map() };
}

/** What a line draws of the source; for an empty line the place where it stands. */
function sourceSpan({ runs, anchor }: BrokenLine, units: Units): [start: number, end: number] {
  if (runs.length > 0) {
    return [units.from[runs[0]!]!, units.to[runs[runs.length - 2]! - 1]!];
  }
  const at = anchor < units.length ? units.from[anchor]! : (units.to[units.length - 1] ?? 0);
  return [at, at];
}

function gapOf(text: string, start: number, end: number): Gap {
  if (start === end) return 'none';
  for (let i = start; i < end; i++) {
    if (text.charCodeAt(i) === 0x0a) return 'newline';
  }
  return 'space';
}
