/**
 * Text → pages of lines: splits the source into paragraphs, sends each down the simple or the complex path, and lets
 * the page builder place the lines. Works on a stream, so memory does not grow with the text.
 */
import { nextTurn, throwIfAborted } from '../base/index.ts';
import type { RenderConfig } from '../config/index.ts';
import { type FontChain, glyphKey } from '../font/index.ts';
import {
  characterClass,
  createParagraphSplitter,
  IGNORABLE,
  isSimple,
  NEWLINE,
  type Paragraph,
  SPACE,
  TAB,
  ZERO_WIDTH_SPACE,
} from '../text/index.ts';
import { ComplexBreaker } from './complex.ts';
import { createContext, type LayoutContext } from './context.ts';
import { countLineEnds, HeaderSetter, headerAlphabet } from './header.ts';
import { newlineMarkOf } from './newline-mark.ts';
import type { PageBox } from './page-box.ts';
import { BrokenLine, PageBuilder } from './page-builder.ts';
import { layoutReference, type ReferenceFonts } from './reference/index.ts';
import { WordShaper } from './shaper.ts';
import { SimpleBreaker } from './simple.ts';
import { Strip } from './strip.ts';

export interface LayoutOptions {
  /** For `{title}` in the page header. */
  readonly title?: string;
  readonly preceding?: Preceding;
  readonly signal?: AbortSignal;
}

/** What of its document stands before a text that is laid out by itself; page numbers and offsets go on from there. */
export interface Preceding {
  /** UTF-16 code units. */
  readonly characters: number;
  readonly lines: number;
  readonly pages: number;
}

const nothing: Preceding = { characters: 0, lines: 0, pages: 0 };

/** Source text whole or in pieces; pieces may be cut anywhere. */
export type TextSource = string | Iterable<string> | AsyncIterable<string>;

/** Code units laid out between two turns of the event loop and two looks at the abort signal. */
const pieceLength = 1 << 16;

/**
 * Lays out a text page by page.
 * @throws GlyphError kind `font` when a fallback font cannot be read, `aborted` when the signal fires.
 */
export async function* layoutPages(
  source: TextSource,
  config: RenderConfig,
  fonts: FontChain,
  options: LayoutOptions = {},
): AsyncGenerator<PageBox> {
  const layOut = config.compat === 'reference' ? layoutLikeReference : layoutOwn;
  const boxes = layOut(source, config, fonts, options);
  const { preceding = nothing } = options;
  if (preceding.characters === 0 && preceding.pages === 0) yield* boxes;
  else for await (const box of boxes) yield moved(box, preceding);
}

function moved(box: PageBox, { characters, pages }: Preceding): PageBox {
  const move = <T extends { readonly start: number; readonly end: number }>(span: T): T => ({
    ...span,
    start: span.start + characters,
    end: span.end + characters,
  });
  return { ...box, number: box.number + pages, span: move(box.span), lines: box.lines.map(move) };
}

async function* layoutOwn(
  source: TextSource,
  config: RenderConfig,
  fonts: FontChain,
  options: LayoutOptions,
): AsyncGenerator<PageBox> {
  const { title = '', preceding = nothing } = options;
  await fonts.ensure(
    ` ${config.newlineMark}${config.header}${title}${config.header === '' ? '' : headerAlphabet}`,
  );
  const flow = new Flow(config, fonts, title, preceding);
  const splitter = createParagraphSplitter({ reflow: config.newlineMark === '' ? config.reflow : 'all' });
  for await (const piece of pieces(source)) {
    await nextTurn();
    throwIfAborted(options.signal, 'lay out text');
    await fonts.ensure(piece);
    for (const paragraph of splitter.push(piece)) {
      flow.add(paragraph);
      for (const page of flow.builder.takePages()) yield page;
    }
  }
  for (const paragraph of splitter.end()) {
    flow.add(paragraph);
    for (const page of flow.builder.takePages()) yield page;
  }
  flow.builder.finish(flow.end);
  for (const page of flow.builder.takePages()) yield page;
}

interface NumberedParagraph {
  readonly paragraph: Paragraph;
  /** From 1, in the source. */
  readonly lineNumber: number;
}

/** Paragraphs into the page builder, with blank lines held back until something visible follows them. */
class Flow {
  readonly builder: PageBuilder;
  end = 0;
  readonly #context: LayoutContext;
  readonly #header: HeaderSetter | undefined;
  readonly #simple: SimpleBreaker;
  readonly #complex: ComplexBreaker;
  readonly #emptyStrip = new Strip(0);
  /** Blank lines that fit on a page without filling it: more would only make empty pages. */
  readonly #maxBlankLines: number;
  #blankLines: NumberedParagraph[] = [];
  /** Line of the source on which the next paragraph begins; counted only for the header. */
  #lineNumber: number;

  constructor(config: RenderConfig, fonts: FontChain, title: string, preceding: Preceding) {
    const shaper = new WordShaper(fonts, config.fontSize);
    this.#lineNumber = 1 + preceding.lines;
    this.#header =
      config.header === '' ? undefined : new HeaderSetter(config, title, shaper, preceding.pages);
    this.builder = new PageBuilder(config, this.#header);
    this.#context = createContext(config, fonts, this.builder);
    const mark = newlineMarkOf(config, fonts);
    this.#simple = new SimpleBreaker(this.#context, mark);
    this.#complex = new ComplexBreaker(this.#context, mark, shaper);
    const { topPt, bottomPt } = this.builder.frame;
    this.#maxBlankLines = Math.max(0, Math.floor((bottomPt - topPt) / config.lineHeight) - 1);
  }

  add(paragraph: Paragraph): void {
    const { builder } = this;
    this.end = paragraph.start + paragraph.text.length;
    const visibleEnd = this.#visibleEnd(paragraph.text);
    const lineNumber = this.#lineNumber;
    if (this.#header !== undefined)
      this.#lineNumber += countLineEnds(paragraph.text, 0, paragraph.text.length);
    if (visibleEnd === 0) {
      if (this.#blankLines.length < this.#maxBlankLines) this.#blankLines.push({ paragraph, lineNumber });
      return;
    }
    for (const blank of this.#blankLines) this.#addBlankLine(blank);
    this.#blankLines = [];
    this.#header?.startParagraph(paragraph, lineNumber);
    if (paragraph.isStart) builder.startParagraph();
    const breaker = isSimple(paragraph.text, 0, visibleEnd) ? this.#simple : this.#complex;
    breaker.setParagraph(paragraph, visibleEnd, paragraph.isEnd ? 'newline' : 'space');
    if (paragraph.isEnd) builder.endParagraph();
  }

  #addBlankLine({ paragraph, lineNumber }: NumberedParagraph): void {
    this.#header?.startParagraph(paragraph, lineNumber);
    const { start } = paragraph;
    const slice = { strip: this.#emptyStrip, from: 0, to: 0, startPt: 0, startSpaces: 0 };
    this.builder.addLine(new BrokenLine(start, start, 'newline', 0, 0, slice));
  }

  /** Length of the text without the white space and invisible characters at its end. */
  #visibleEnd(text: string): number {
    let end = text.length;
    while (end > 0 && blankClasses.includes(characterClass[text.charCodeAt(end - 1)]!)) end--;
    return end;
  }
}

/** White space and characters that draw nothing. */
const blankClasses: readonly number[] = [SPACE, TAB, NEWLINE, IGNORABLE, ZERO_WIDTH_SPACE];

async function* layoutLikeReference(
  source: TextSource,
  config: RenderConfig,
  fonts: FontChain,
  options: LayoutOptions,
): AsyncGenerator<PageBox> {
  const parts: string[] = [];
  for await (const piece of pieces(source)) {
    throwIfAborted(options.signal, 'lay out text');
    parts.push(piece);
  }
  const text = parts.join('');
  // The published renderer has one font; what that lacks it draws as the font's missing glyph.
  const { main } = fonts;
  const referenceFonts: ReferenceFonts = {
    advanceEm: codePoint => main.advance(main.glyphId(codePoint)),
    keyOf: codePoint => glyphKey(0, main.glyphId(codePoint)),
    covers: codePoint => main.glyphId(codePoint) !== 0,
  };
  for (const page of layoutReference(text, config, referenceFonts)) {
    throwIfAborted(options.signal, 'lay out text');
    yield page;
  }
}

/** The source in pieces of bounded length that never part a surrogate pair. */
async function* pieces(source: TextSource): AsyncGenerator<string> {
  let held = '';
  for await (const chunk of typeof source === 'string' ? [source] : source) {
    const text = held + chunk;
    let from = 0;
    while (text.length - from > pieceLength) {
      const to = from + pieceLength - (isHighSurrogate(text.charCodeAt(from + pieceLength - 1)) ? 1 : 0);
      yield text.slice(from, to);
      from = to;
    }
    const to = isHighSurrogate(text.charCodeAt(text.length - 1)) ? text.length - 1 : text.length;
    if (to > from) yield text.slice(from, to);
    held = text.slice(Math.max(from, to));
  }
  if (held !== '') yield held;
}

const isHighSurrogate = (unit: number): boolean => (unit & 0xfc00) === 0xd800;
