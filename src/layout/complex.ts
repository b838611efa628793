/**
 * Paragraphs that plain setting would spoil: right-to-left text, scripts whose letters join, stack or reorder,
 * combining marks, emoji sequences, text without spaces between words. Bidi levels (UAX #9) and break opportunities
 * (UAX #14) cut the paragraph into items, HarfBuzz shapes each distinct word once, lines are filled greedily, and the
 * items of a line are put in visual order.
 */
import {
  type BidiLevels,
  bidiLevels,
  breakOffsets,
  characterClass,
  GLUE,
  graphemeBoundaries,
  IGNORABLE,
  NEWLINE,
  type Paragraph,
  SPACE,
  softNewlineIsSpace,
  TAB,
  visualRuns,
  ZERO_WIDTH_SPACE,
} from '../text/index.ts';
import { type LayoutContext, lineOffset, wordSpaceOf } from './context.ts';
import { afterLastNewline, type NewlineMark } from './newline-mark.ts';
import type { Gap } from './page-box.ts';
import { BrokenLine } from './page-builder.ts';
import type { ShapedWord, WordShaper } from './shaper.ts';
import { Strip } from './strip.ts';

/** A stretch of the paragraph with one bidi level and no break opportunity inside. */
interface Item {
  readonly kind: 'word' | 'space' | 'tab' | 'mark';
  readonly start: number;
  readonly end: number;
  readonly level: number;
  /** Whether a line may begin with it. */
  readonly canStart: boolean;
  readonly widthPt: number;
  readonly word: ShapedWord | undefined;
}

type AddItem = (kind: Item['kind'], start: number, end: number, widthPt: number, word?: ShapedWord) => void;

/** A line being filled with the items from `from` on. */
interface Filling {
  readonly text: string;
  readonly clusterEnds: Int32Array;
  readonly items: Item[];
  readonly from: number;
  readonly isFirst: boolean;
}

interface LineContext {
  readonly paragraph: Paragraph;
  readonly text: string;
  readonly resolved: BidiLevels;
  readonly isFirst: boolean;
  readonly rightToLeft: boolean;
}

export class ComplexBreaker {
  readonly #context: LayoutContext;
  readonly #mark: NewlineMark | undefined;
  readonly #shaper: WordShaper;
  #strip = new Strip(256);

  constructor(context: LayoutContext, mark: NewlineMark | undefined, shaper: WordShaper) {
    this.#context = context;
    this.#mark = mark;
    this.#shaper = shaper;
  }

  /** Lays out a paragraph that has visible characters only up to `visibleEnd`. */
  setParagraph(paragraph: Paragraph, visibleEnd: number, gap: Gap): void {
    const text = paragraph.text.slice(0, visibleEnd);
    const resolved = bidiLevels(text, 'auto');
    const rightToLeft = resolved.paragraphLevel === 1;
    const clusterEnds = graphemeBoundaries(text);
    let items = this.#itemise(text, resolved.levels);
    let isFirst = paragraph.isStart;
    let from = 0;
    do {
      const cut = this.#fillLine({ text, clusterEnds, items, from, isFirst });
      items = cut.items;
      const isLast = cut.to === items.length;
      const lineGap = isLast ? gap : isBlank(items[cut.to - 1]!) ? 'space' : 'none';
      this.#emitLine(items.slice(from, cut.to), { paragraph, text, resolved, isFirst, rightToLeft }, lineGap);
      from = cut.to;
      isFirst = false;
    } while (from < items.length);
  }

  #itemise(text: string, levels: Uint8Array): Item[] {
    const { spacePt, tabPt } = this.#context;
    const canStart = new Uint8Array(text.length + 1);
    for (const offset of breakOffsets(text)) canStart[offset] = 1;
    const items: Item[] = [];
    const add: AddItem = (kind, start, end, widthPt, word) => {
      // Spelled out: spreading an object here is several times slower.
      items.push({
        kind,
        start,
        end,
        widthPt,
        word,
        level: levels[start] ?? 0,
        canStart: canStart[start] === 1,
      });
    };
    for (let i = 0; i < text.length; ) {
      const start = i;
      switch (characterClass[text.charCodeAt(i)]) {
        case GLUE:
          add('space', start, ++i, spacePt);
          break;
        case SPACE:
        case NEWLINE:
          i = this.#itemiseSpaces(text, start, add);
          break;
        case TAB:
          add('tab', start, ++i, tabPt);
          break;
        case IGNORABLE:
        case ZERO_WIDTH_SPACE:
          i++;
          break;
        default: {
          const level = levels[i]!;
          do i++;
          while (
            i < text.length &&
            levels[i] === level &&
            canStart[i] === 0 &&
            isWordPart(text.charCodeAt(i))
          );
          const word = this.#shaper.shape(text.slice(start, i), level % 2 === 1 ? 'rtl' : 'ltr');
          add('word', start, i, word.widthPt, word);
        }
      }
    }
    return items;
  }

  /** A run of spaces and soft newlines; returns its end. */
  #itemiseSpaces(text: string, start: number, add: AddItem): number {
    const { spacePt } = this.#context;
    let end = start;
    let newlines = 0;
    for (; end < text.length; end++) {
      const unitClass = characterClass[text.charCodeAt(end)];
      if (unitClass === NEWLINE) newlines++;
      else if (unitClass !== SPACE) break;
    }
    if (newlines === 0) {
      for (let i = start; i < end; i++) add('space', i, i + 1, spacePt);
    } else if (this.#mark !== undefined) {
      this.#itemiseMarks(text, start, end, this.#mark, add);
    } else if (softNewlineIsSpace(text.charCodeAt(start - 1), text.charCodeAt(end))) {
      add('space', start, end, spacePt);
    }
    return end;
  }

  /** A mark for each newline of a run; the spaces around and between never double, but those that the next line begins with stay. */
  #itemiseMarks(text: string, start: number, end: number, mark: NewlineMark, add: AddItem): void {
    const { spacePt } = this.#context;
    let afterSpace = start === 0;
    const indentFrom = afterLastNewline(text, end);
    for (let i = start; i < end; i++) {
      if (text.charCodeAt(i) === 0x0d && text.charCodeAt(i + 1) === 0x0a) continue;
      const isNewline = characterClass[text.charCodeAt(i)] === NEWLINE;
      if (isNewline ? mark.spaceBefore && !afterSpace : !afterSpace || i > indentFrom)
        add('space', i, i + 1, spacePt);
      if (isNewline) {
        add('mark', i, i + 1, mark.widthPt);
        if (mark.spaceAfter) add('space', i, i + 1, spacePt);
      }
      afterSpace = !isNewline || mark.spaceAfter;
    }
  }

  /** Items that fit on a line from `from` on; a word wider than the line comes back cut into grapheme clusters. */
  #fillLine(filling: Filling): { readonly items: Item[]; readonly to: number } {
    const { items, from, isFirst } = filling;
    const { firstWidthPt, otherWidthPt, shrinkPt } = this.#context;
    const limitPt = isFirst ? firstWidthPt : otherWidthPt;
    let penPt = 0;
    let spaces = 0;
    let lastStart = from;
    for (let i = from; i < items.length; i++) {
      const item = items[i]!;
      if (item.canStart && !isBlank(item)) lastStart = i;
      if (!isBlank(item) && penPt + item.widthPt > limitPt + shrinkPt * spaces) {
        if (lastStart > from) return { items, to: lastStart };
        const clusters = this.#clusters(filling, item);
        if (clusters.length > 1) {
          const cut = items.slice(0, i).concat(clusters, items.slice(i + 1));
          return this.#fillLine({ ...filling, items: cut });
        }
        if (i > from) return { items, to: i };
      }
      penPt += item.widthPt;
      if (item.kind === 'space') spaces++;
    }
    return { items, to: items.length };
  }

  /** A word as one item for each grapheme cluster, with line breaks allowed between them. */
  #clusters({ text, clusterEnds }: Filling, item: Item): Item[] {
    if (item.word === undefined) return [item];
    const clusters: Item[] = [];
    let start = item.start;
    for (let c = firstAbove(clusterEnds, start); start < item.end; c++) {
      const end = Math.min(item.end, clusterEnds[c] ?? item.end);
      const word = this.#shaper.shape(text.slice(start, end), item.level % 2 === 1 ? 'rtl' : 'ltr');
      clusters.push({
        ...item,
        start,
        end,
        word,
        widthPt: word.widthPt,
        canStart: start > item.start || item.canStart,
      });
      start = end;
    }
    return clusters;
  }

  #emitLine(items: readonly Item[], line: LineContext, gap: Gap): void {
    const { builder, firstWidthPt, otherWidthPt } = this.#context;
    const { paragraph, isFirst, rightToLeft } = line;
    let visible = items.length;
    while (visible > 0 && isBlank(items[visible - 1]!)) visible--;
    const shown = items.slice(0, visible);
    const widthPt = isFirst ? firstWidthPt : otherWidthPt;
    const strip = this.#place(visualOrder(shown, line));
    const naturalPt = strip.penPt;
    const spaces = shown.some(item => item.kind === 'tab') ? 0 : strip.spaces;
    const endsParagraph = gap === 'newline';
    const wordSpacePt = wordSpaceOf(this.#context, { naturalPt, widthPt, spaces, endsParagraph });
    const setPt = naturalPt + spaces * wordSpacePt;
    const start = paragraph.start + items[0]!.start;
    const end = visible === 0 ? start : paragraph.start + items[visible - 1]!.end;
    const offsetPt = lineOffset(this.#context, { setPt, widthPt, isFirst, rightToLeft });
    const slice = { strip, from: 0, to: strip.count, startPt: 0, startSpaces: 0 };
    builder.addLine(new BrokenLine(start, end, gap, wordSpacePt, offsetPt, slice));
  }

  /** The items of a line side by side, left to right. */
  #place(items: readonly Item[]): Strip {
    const markGlyphs = this.#mark?.keys.length ?? 0;
    const glyphs = items.reduce((sum, item) => sum + (item.word?.keys.length ?? markGlyphs), 0);
    this.#strip = this.#strip.reset(glyphs);
    const strip = this.#strip;
    for (const item of items) {
      const startPt = strip.penPt;
      const { word } = item;
      if (word !== undefined) {
        for (let i = 0; i < word.keys.length; i++) {
          strip.penPt = startPt + word.xPt[i]!;
          strip.risePt[strip.count] = word.risePt[i]!;
          strip.add(word.keys[i]!, 0, item.start);
        }
      } else if (item.kind === 'mark' && this.#mark !== undefined) {
        const { keys, advancesPt } = this.#mark;
        for (let i = 0; i < keys.length; i++) {
          strip.risePt[strip.count] = 0;
          strip.addMark(keys[i]!, advancesPt[i]!, item.start);
        }
      } else if (item.kind === 'space') strip.spaces++;
      strip.penPt = startPt + item.widthPt;
    }
    return strip;
  }
}

const isBlank = (item: Item): boolean => item.kind === 'space' || item.kind === 'tab';

const blankClasses: readonly number[] = [SPACE, GLUE, NEWLINE, TAB, IGNORABLE, ZERO_WIDTH_SPACE];

const isWordPart = (unit: number): boolean => !blankClasses.includes(characterClass[unit]!);

/** Index of the first number in an ascending list that is above `value`. */
function firstAbove(ascending: Int32Array, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The items of a line from left to right as seen: UAX #9, rules L1 and L2. */
function visualOrder(items: readonly Item[], { text, resolved }: LineContext): Item[] {
  const [first, last] = [items[0], items.at(-1)];
  if (first === undefined || last === undefined) return [];
  return visualRuns(text, resolved, first.start, last.end).flatMap(run => {
    const inRun = items.filter(item => item.start >= run.start && item.start < run.end);
    return run.level % 2 === 1 ? inRun.reverse() : inRun;
  });
}
