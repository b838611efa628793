/**
 * Paragraphs of plain left-to-right characters, one glyph each: Latin, Greek, Cyrillic, symbols, ideographs, kana and
 * Hangul syllables. One pass measures, finds break opportunities and breaks greedily, over numbers only; almost all
 * text takes this path, so it sets the speed of layout. Breaks: at single spaces and tabs, as the published renderer;
 * around ideographs by UAX #14 with kinsoku; inside a word only when the word is wider than a line.
 */
import { glyphKey, missingFontIndex } from '../font/index.ts';
import {
  breakPairs,
  CONTROL,
  characterClass,
  GLUE,
  IDEOGRAPH,
  IGNORABLE,
  NEWLINE,
  type Paragraph,
  SPACE,
  softNewlineIsSpace,
  TAB,
  WORD,
  ZERO_WIDTH_SPACE,
} from '../text/index.ts';
import { type LayoutContext, lineOffset, wordSpaceOf } from './context.ts';
import { Cut } from './cut.ts';
import { afterLastNewline, type NewlineMark } from './newline-mark.ts';
import type { Gap } from './page-box.ts';
import { BrokenLine } from './page-builder.ts';
import { Strip } from './strip.ts';

/** Pen after the first `glyphs` glyphs of a strip. */
const endPt = (strip: Strip, glyphs: number): number =>
  glyphs < strip.count ? strip.startPt[glyphs]! : strip.penPt;

/** 1 for classes whose characters are drawn one to one. */
const isDrawn = Uint8Array.from({ length: 16 }, (_, c) =>
  c === WORD || c === GLUE || c >= IDEOGRAPH ? 1 : 0,
);

/** Breaks simple paragraphs into lines; keeps its buffers from one paragraph to the next. */
export class SimpleBreaker {
  readonly #context: LayoutContext;
  readonly #mark: NewlineMark | undefined;
  #strip = new Strip(1024);
  #paragraph!: Paragraph;
  #isFirstLine = true;
  #hasTab = false;
  readonly #lineStart = new Cut();
  /** The last place where this line could end; good while `#hasCut`. */
  readonly #lastCut = new Cut();
  #hasCut = false;
  readonly #scratch = new Cut();

  constructor(context: LayoutContext, mark: NewlineMark | undefined) {
    this.#context = context;
    this.#mark = mark;
  }

  /** Lays out a paragraph that has visible characters only up to `visibleEnd`. */
  setParagraph(paragraph: Paragraph, visibleEnd: number, gap: Gap): void {
    const glyphsPerCharacter = Math.max(1, this.#mark?.keys.length ?? 1);
    this.#strip = this.#strip.reset(visibleEnd * glyphsPerCharacter);
    this.#paragraph = paragraph;
    this.#isFirstLine = paragraph.isStart;
    this.#hasTab = false;
    this.#lineStart.setHere(this.#strip, 0, 0);
    this.#hasCut = false;
    this.#setCharacters(paragraph.text, visibleEnd);
    this.#emitLine(this.#scratch.setHere(this.#strip, visibleEnd, visibleEnd), gap);
  }

  #widthPt(): number {
    return this.#isFirstLine ? this.#context.firstWidthPt : this.#context.otherWidthPt;
  }

  #setCharacters(text: string, visibleEnd: number): void {
    const { fonts } = this.#context;
    let i = 0;
    while (i < visibleEnd) {
      const unit = text.charCodeAt(i);
      switch (characterClass[unit]) {
        case SPACE:
        case NEWLINE:
          i = this.#setSpaces(text, i, visibleEnd);
          break;
        case TAB:
          this.#setTab(i++);
          break;
        case IGNORABLE:
          i++;
          break;
        case ZERO_WIDTH_SPACE:
          if (this.#strip.count > this.#lineStart.glyphs) this.#cutHere(i, i + 1);
          i++;
          break;
        case CONTROL: {
          const key = glyphKey(missingFontIndex, unit);
          this.#setUnit(key, fonts.advance(key), i++);
          break;
        }
        default:
          i = this.#setWords(text, i, visibleEnd);
      }
    }
  }

  /**
   * Sets drawn characters and the single spaces between them up to anything else; returns its offset. The innermost
   * loop of layout: the strip's fields live in local variables and are written back before anything else looks.
   */
  #setWords(text: string, from: number, visibleEnd: number): number {
    const { spacePt, fonts, config } = this.#context;
    const { unitKeys, unitAdvances } = fonts;
    const { fontSize } = config;
    const strip = this.#strip;
    const { key, startPt, spacesBefore, at } = strip;
    let { count, penPt, spaces } = strip;
    let limitPt = this.#limitPt();
    let previous = GLUE;
    let i = from;
    for (; i < visibleEnd; i++) {
      const unit = text.charCodeAt(i);
      const unitClass = characterClass[unit]!;
      if (isDrawn[unitClass] === 0) {
        const isSingle =
          unitClass === SPACE && i > from && isDrawn[characterClass[text.charCodeAt(i + 1)]!] === 1;
        if (!isSingle) break;
        strip.count = count;
        strip.penPt = penPt;
        strip.spaces = spaces;
        this.#setBreakableSpace(i, i + 1);
        penPt += spacePt;
        spaces++;
        limitPt = this.#limitPt();
        previous = GLUE;
        continue;
      }
      const advancePt = unitAdvances[unit]! * fontSize;
      const canCut = breakPairs[(previous << 4) | unitClass] === 1;
      if (canCut || penPt + advancePt > limitPt) {
        strip.count = count;
        strip.penPt = penPt;
        strip.spaces = spaces;
        if (canCut) this.#cutHere(i, i);
        if (penPt + advancePt > limitPt) {
          this.#overflow(i, visibleEnd);
          limitPt = this.#limitPt();
        }
      }
      key[count] = unitKeys[unit]!;
      startPt[count] = penPt;
      spacesBefore[count] = spaces;
      at[count] = i;
      count++;
      penPt += advancePt;
      if (unitClass === GLUE) spaces++;
      previous = unitClass;
    }
    strip.count = count;
    strip.penPt = penPt;
    strip.spaces = spaces;
    return i;
  }

  /** Sets one glyph that has no place in the fonts' tables. */
  #setUnit(key: number, advanceEm: number, at: number): void {
    const advancePt = advanceEm * this.#context.config.fontSize;
    this.#breakBefore(advancePt, at);
    this.#strip.add(key, advancePt, at);
  }

  #breakBefore(advancePt: number, at: number): void {
    if (this.#strip.penPt + advancePt > this.#limitPt()) this.#overflow(at, at);
  }

  /** How far the pen may go on this line, shrinkage of its spaces included. */
  #limitPt(): number {
    const spaces = this.#strip.breakableSpaces - this.#lineStart.nextBreakableSpaces;
    return this.#lineStart.nextPt + this.#widthPt() + (this.#hasTab ? 0 : this.#context.shrinkPt * spaces);
  }

  /** A run of spaces and soft newlines. A single space may break; more keep their width, as the published renderer. */
  #setSpaces(text: string, from: number, visibleEnd: number): number {
    let to = from;
    let newlines = 0;
    for (; to < visibleEnd; to++) {
      const unitClass = characterClass[text.charCodeAt(to)];
      if (unitClass === NEWLINE) newlines++;
      else if (unitClass !== SPACE) break;
    }
    if (newlines > 0) this.#setNewlines(text, from, to);
    else if (to - from === 1 && this.#strip.count > this.#lineStart.glyphs) this.#setBreakableSpace(from, to);
    else for (let i = from; i < to; i++) this.#setUnbreakableSpace(i);
    return to;
  }

  #setUnbreakableSpace(at: number): void {
    const { fonts, spacePt } = this.#context;
    this.#breakBefore(spacePt, at);
    this.#strip.add(fonts.keyOf(0x20), spacePt, at);
    this.#strip.spaces++;
  }

  /** With a mark, the spaces around and between never double, but those that the next line begins with stay. */
  #setNewlines(text: string, from: number, to: number): void {
    if (this.#mark === undefined) {
      if (softNewlineIsSpace(text.charCodeAt(from - 1), text.charCodeAt(to)))
        this.#setBreakableSpace(from, to);
      else this.#cutHere(from, to);
      return;
    }
    const { keys, advancesPt, widthPt, spaceBefore, spaceAfter } = this.#mark;
    let afterSpace = this.#strip.count === this.#lineStart.glyphs;
    const indentFrom = afterLastNewline(text, to);
    for (let i = from; i < to; i++) {
      if (text.charCodeAt(i) === 0x0d && text.charCodeAt(i + 1) === 0x0a) continue;
      if (characterClass[text.charCodeAt(i)] !== NEWLINE) {
        if (!afterSpace) this.#setBreakableSpace(i, i + 1);
        else if (i > indentFrom) this.#setUnbreakableSpace(i);
        afterSpace = true;
        continue;
      }
      if (spaceBefore && !afterSpace) this.#setBreakableSpace(i, i);
      this.#breakBefore(widthPt, i);
      keys.forEach((key, k) => {
        this.#strip.addMark(key, advancesPt[k]!, i);
      });
      if (spaceAfter) this.#setBreakableSpace(i + 1, i + 1);
      afterSpace = spaceAfter;
    }
  }

  #cutHere(end: number, next: number): void {
    this.#lastCut.setHere(this.#strip, end, next);
    this.#hasCut = true;
  }

  #setBreakableSpace(end: number, next: number): void {
    const strip = this.#strip;
    this.#lastCut.setEnd(strip, end);
    strip.penPt += this.#context.spacePt;
    strip.spaces++;
    strip.breakableSpaces++;
    this.#lastCut.setNext(strip, next);
    this.#hasCut = true;
  }

  #setTab(at: number): void {
    const strip = this.#strip;
    const { tabPt, spacePt } = this.#context;
    const canCut = strip.count > this.#lineStart.glyphs;
    if (canCut) this.#lastCut.setEnd(strip, at);
    const inLinePt = strip.penPt - this.#lineStart.nextPt;
    // A stop less than half a space away is passed over, or words would touch (as CSS Text 3 has it).
    strip.penPt = this.#lineStart.nextPt + (Math.floor((inLinePt + spacePt / 2) / tabPt) + 1) * tabPt;
    this.#hasTab = true;
    if (canCut) this.#lastCut.setNext(strip, at + 1);
    this.#hasCut ||= canCut;
  }

  /** The character at `at` does not fit: ends the line before its word, or inside a word wider than a whole line. */
  #overflow(at: number, visibleEnd: number): void {
    const cut = this.#lastCut;
    if (this.#hasCut && !this.#isOverlong(cut, at, visibleEnd)) {
      this.#breakLine(cut);
      return;
    }
    const strip = this.#strip;
    const limitPt = this.#lineStart.nextPt + this.#widthPt();
    let glyphs = strip.count;
    while (glyphs > this.#lineStart.glyphs + 1 && endPt(strip, glyphs) > limitPt) glyphs--;
    if (glyphs <= this.#lineStart.glyphs) return; // a lone character wider than the line: it overhangs
    if (this.#hasCut && glyphs <= cut.glyphs) this.#breakLine(cut);
    else if (glyphs === strip.count) this.#breakLine(this.#scratch.setHere(strip, at, at));
    else this.#breakLine(this.#scratch.setBefore(strip, glyphs));
  }

  /** Whether the word that begins after `cut` is wider than a line. */
  #isOverlong(cut: Cut, at: number, visibleEnd: number): boolean {
    const { fonts, config, otherWidthPt } = this.#context;
    const { text } = this.#paragraph;
    let widthPt = this.#strip.penPt - cut.nextPt;
    let previous = GLUE;
    for (let i = at; i < visibleEnd && widthPt <= otherWidthPt; i++) {
      const unit = text.charCodeAt(i);
      const unitClass = characterClass[unit]!;
      if (isDrawn[unitClass] === 0 || breakPairs[(previous << 4) | unitClass] === 1) break;
      previous = unitClass;
      widthPt += fonts.unitAdvances[unit]! * config.fontSize;
    }
    return widthPt > otherWidthPt;
  }

  #breakLine(cut: Cut): void {
    this.#emitLine(cut, cut.end === cut.next ? 'none' : 'space');
    this.#lineStart.copy(cut);
    this.#hasCut = false;
    this.#isFirstLine = false;
    this.#hasTab = false;
  }

  #emitLine(cut: Cut, gap: Gap): void {
    const { builder } = this.#context;
    const from = this.#lineStart;
    const widthPt = this.#widthPt();
    const naturalPt = cut.endPt - from.nextPt;
    const spaces = this.#hasTab ? 0 : cut.endSpaces - from.nextSpaces;
    const endsParagraph = gap === 'newline';
    const wordSpacePt = wordSpaceOf(this.#context, { naturalPt, widthPt, spaces, endsParagraph });
    const setPt = naturalPt + spaces * wordSpacePt;
    const offsetPt = lineOffset(this.#context, {
      setPt,
      widthPt,
      isFirst: this.#isFirstLine,
      rightToLeft: false,
    });
    const base = this.#paragraph.start;
    const strip = this.#strip;
    const slice = {
      strip,
      from: from.glyphs,
      to: cut.glyphs,
      startPt: from.nextPt,
      startSpaces: from.nextSpaces,
    };
    builder.addLine(new BrokenLine(base + from.next, base + cut.end, gap, wordSpacePt, offsetPt, slice));
  }
}
