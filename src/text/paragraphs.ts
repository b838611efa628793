/**
 * The source cut into paragraphs as it streams in, in bounded memory and whatever the sizes of its pieces: the units
 * layout works on. Nothing is copied or changed: the texts of the paragraphs in order are the source, line ends
 * included, so every offset holds. With `reflow`, line ends that only wrapped a line stay inside a paragraph.
 */
import { breakOffsets } from './breaks.ts';
import { graphemeBoundaries } from './graphemes.ts';
import { type ColumnCounter, joinsNext, type LineSpan, narrowColumns, wideColumns } from './line-join.ts';
import { estimateWrap } from './wrap-width.ts';

/**
 * Which line ends stay inside a paragraph: `off` none, `auto` soft ones where the text proves hard-wrapped, `on` soft
 * ones at the width the text seems to have, `all` every one.
 */
export type ReflowMode = 'auto' | 'on' | 'off' | 'all';

export interface Paragraph {
  /** The source's characters, with the line end that closes it (`\n`, `\r\n`, `\r`, VT, FF, NEL, LS, PS). */
  readonly text: string;
  /** Where `text` begins in the source, UTF-16 code units. */
  readonly start: number;
  /** False when the paragraph before was cut for its length and this goes on with it. */
  readonly isStart: boolean;
  /** False when this was cut for its length and the next goes on with it. */
  readonly isEnd: boolean;
}

export interface ParagraphSplitter {
  /** Paragraphs complete after this piece of the source; take them all before the next call. */
  push(piece: string): Iterable<Paragraph>;
  /** What was left. Call once, last. */
  end(): Iterable<Paragraph>;
}

/** A longer paragraph is cut, UTF-16 code units. */
const maxLength = 1 << 18;
/** How far before `maxLength` a cut looks for a place where a line may end, and how far behind for what follows. */
const cutWindow = 1024;
const cutAhead = 64;
/** Pieces are gathered to this length before they are looked at. */
const gatherLength = 1 << 15;
/** The wrap width is measured anew for each such stretch of the source, since sources may be several texts in a row. */
const sampleLength = 1 << 16;
/** With fewer lines that tell, a stretch goes by the one before. */
const enoughWitnesses = 6;

/** Any character that takes two columns, and a few that do not. */
const wideCharacter = /[\u1100-\uffff]/;

/** The characters of class NEWLINE; the regular expression engine finds them faster than a loop. */
const lineEnd = /[\n-\r\u0085\u2028\u2029]/g;

/** Where to cut the overlong paragraph from `start` to `end`: at a break opportunity, else between graphemes. */
function cutOffset(text: string, start: number, end: number): number {
  const limit = start + maxLength;
  const windowStart = limit - cutWindow;
  const around = text.slice(windowStart, Math.min(end, limit + cutAhead));
  const fits = (offset: number) => offset <= cutWindow;
  const place = breakOffsets(around).findLast(fits) ?? graphemeBoundaries(around).findLast(fits) ?? cutWindow;
  return windowStart + place;
}

/** A line, or a part of one longer than `maxLength`; places in the buffer. */
interface ReadLine extends LineSpan {
  /** Where the next line starts, behind the line end. */
  readonly next: number;
  readonly isCut: boolean;
}

class Splitter implements ParagraphSplitter {
  readonly #mode: ReflowMode;
  /** Source not yet handed out, from offset `#base` of the source on. */
  #buffer = '';
  #base = 0;
  /** Length of the buffer when it was last looked at. */
  #looked = 0;
  /** Where in the buffer the next line starts, and up to where no line end was found. */
  #next = 0;
  #scanned = 0;
  /** The paragraph that may yet go on: its start in the buffer and its last line. */
  #open: { readonly start: number; readonly line: ReadLine } | undefined;
  #isStart = true;
  /** Inside a fenced code block of Markdown, whose line ends count. */
  #isFenced = false;
  /** Columns the text is wrapped at, 0 for not wrapped, valid up to `#sampleEnd` in the source. */
  #width = 0;
  #columnsOf: ColumnCounter = wideColumns;
  #sampleEnd = 0;

  constructor(mode: ReflowMode) {
    this.#mode = mode;
  }

  push(piece: string): Iterable<Paragraph> {
    this.#buffer += piece;
    return this.#buffer.length - this.#looked >= gatherLength ? this.#read('more') : [];
  }

  *end(): Generator<Paragraph> {
    yield* this.#read('last');
    if (this.#open !== undefined) yield this.#closeOpen(true);
  }

  *#read(state: 'more' | 'last'): Generator<Paragraph> {
    while (this.#measure(state)) {
      const line = this.#readLine(state);
      if (line === undefined) break;
      if (this.#buffer.startsWith('```', line.start)) this.#isFenced = !this.#isFenced;
      const open = this.#open;
      if (open !== undefined) {
        const isProse = this.#width > 0 && !this.#isFenced;
        const joins = isProse && joinsNext(this.#buffer, open.line, line, this.#width, this.#columnsOf);
        if (joins && line.next - open.start <= maxLength) {
          this.#open = { start: open.start, line };
          continue;
        }
        yield this.#closeOpen(!joins);
      }
      if (this.#width > 0 && !line.isCut) this.#open = { start: line.start, line };
      else yield this.#paragraph(line.start, line.next, !line.isCut);
    }
    this.#dropRead();
  }

  /** Sees to it that `#width` holds for the next line; false where that needs more of the source. */
  #measure(state: 'more' | 'last'): boolean {
    const at = this.#base + this.#next;
    if (this.#mode === 'off' || this.#mode === 'all' || at < this.#sampleEnd) return true;
    const end = (Math.floor(at / sampleLength) + 1) * sampleLength;
    const bufferEnd = this.#base + this.#buffer.length;
    if (state === 'more' && bufferEnd < end) return false;
    this.#sampleEnd = end;
    const sampleEnd = Math.min(end, bufferEnd) - this.#base;
    const { width, witnesses, isWrapped } = estimateWrap(this.#buffer, this.#next, sampleEnd);
    const hasWide = wideCharacter.test(this.#buffer.slice(this.#open?.start ?? this.#next));
    this.#columnsOf = hasWide ? wideColumns : narrowColumns;
    if (isWrapped) this.#width = width;
    else if (this.#mode === 'on') this.#width ||= width;
    else if (witnesses >= enoughWitnesses) this.#width = 0;
    return true;
  }

  /** The next line of the buffer, or undefined where its end is not yet certain or the source has ended. */
  #readLine(state: 'more' | 'last'): ReadLine | undefined {
    const text = this.#buffer;
    const start = this.#next;
    let end = this.#mode === 'all' ? text.length : Math.max(start, this.#scanned);
    lineEnd.lastIndex = end;
    end = lineEnd.exec(text)?.index ?? text.length;
    this.#scanned = end;
    const isWhole = end < text.length || state === 'last';
    if (end - start > maxLength && (isWhole || end - start >= maxLength + cutAhead)) {
      this.#next = cutOffset(text, start, end);
      return { start, end: this.#next, next: this.#next, isCut: true };
    }
    if (!isWhole || start === text.length) return undefined;
    const isReturn = text.charCodeAt(end) === 0x0d;
    if (isReturn && end + 1 === text.length && state === 'more') return undefined;
    const isPair = isReturn && text.charCodeAt(end + 1) === 0x0a;
    this.#next = Math.min(text.length, end + (isPair ? 2 : 1));
    return { start, end, next: this.#next, isCut: false };
  }

  #closeOpen(isEnd: boolean): Paragraph {
    const { start, line } = this.#open!;
    this.#open = undefined;
    return this.#paragraph(start, line.next, isEnd);
  }

  #paragraph(start: number, end: number, isEnd: boolean): Paragraph {
    const paragraph = {
      text: this.#buffer.slice(start, end),
      start: this.#base + start,
      isStart: this.#isStart,
      isEnd,
    };
    this.#isStart = isEnd;
    return paragraph;
  }

  /** Forgets the part of the buffer that was handed out. */
  #dropRead(): void {
    const open = this.#open;
    const read = open?.start ?? this.#next;
    this.#buffer = this.#buffer.slice(read);
    this.#looked = this.#buffer.length;
    this.#base += read;
    this.#next -= read;
    this.#scanned = Math.max(this.#next, this.#scanned - read);
    if (open === undefined) return;
    const { line } = open;
    const moved = {
      start: line.start - read,
      end: line.end - read,
      next: line.next - read,
      isCut: line.isCut,
    };
    this.#open = { start: 0, line: moved };
  }
}

export function createParagraphSplitter(options: { readonly reflow: ReflowMode }): ParagraphSplitter {
  return new Splitter(options.reflow);
}
