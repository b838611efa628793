/**
 * Reads a block of source lines into units, as the published renderer prepares a paragraph: soft hyphens and zero
 * width spaces go, runs of two or more spaces become as many no-break spaces, other white space folds into one space
 * and goes altogether at the edges of the block, line breaks inside the block become breaks or newline marks.
 */
import { blank, characterClasses, entity, lineFeed, ordinary, plainSpace, removed } from './characters.ts';
import { advanceOf, type Metrics } from './fonts.ts';
import {
  addUnit,
  breakUnit,
  createUnits,
  fragmentFlag,
  inkFlag,
  markFlag,
  noBreakSpaceUnit,
  spaceUnit,
  type Units,
} from './units.ts';

/** Source lines joined into one paragraph by the published renderer. */
const linesPerBlock = 30;

export interface NewlineMark {
  /** '' for a real line break. */
  readonly text: string;
  /** `own`: a markup fragment in its own colour; `shared`: plain text between the lines. */
  readonly color: 'own' | 'shared';
}

/** The source span of one block, without the line break after it. */
interface BlockSpan {
  readonly start: number;
  readonly end: number;
}

/** Blocks of a text; the last one of a text that ends in a line break may be empty. */
export function* blockSpans(text: string): Generator<BlockSpan> {
  let start = 0;
  while (start <= text.length) {
    let end = start - 1;
    for (let line = 0; line < linesPerBlock && end < text.length; line++) {
      const next = text.indexOf('\n', end + 1);
      end = next < 0 ? text.length : next;
    }
    yield { start, end };
    start = end + 1;
  }
}

/** Units of a block; takes the arrays of `reuse` when they are large enough. */
export function readBlock(
  text: string,
  span: BlockSpan,
  mark: NewlineMark,
  metrics: Metrics,
  reuse?: Units,
): Units {
  const capacity = span.end - span.start + linesPerBlock * (mark.text.length + 1);
  const units = reuse !== undefined && reuse.code.length >= capacity ? reuse : createUnits(capacity);
  units.length = 0;
  const reader = new BlockReader(text, mark, metrics, units);
  reader.read(span);
  return units;
}

class BlockReader {
  readonly #text: string;
  readonly #mark: NewlineMark;
  readonly #metrics: Metrics;
  readonly #units: Units;
  /** Fragment flag for the next ordinary unit. */
  #fresh = fragmentFlag;
  /** Folded white space not yet written; -1 for none. */
  #blankFrom = -1;
  #blankTo = -1;

  constructor(text: string, mark: NewlineMark, metrics: Metrics, units: Units) {
    this.#text = text;
    this.#mark = mark;
    this.#metrics = metrics;
    this.#units = units;
  }

  read({ start, end }: BlockSpan): void {
    const text = this.#text;
    for (let i = start; i < end; ) {
      const code = text.charCodeAt(i);
      switch (characterClasses[code]) {
        case ordinary:
          i = this.#ordinary(i, end, code);
          break;
        case plainSpace:
          i = this.#spaces(i, end);
          break;
        case blank:
          this.#blank(i, i + 1);
          i++;
          break;
        case entity:
          this.#entity(code, i, 0);
          i++;
          break;
        case lineFeed:
          this.#lineEnd(i);
          i++;
          break;
        default:
          i++;
      }
    }
  }

  #ordinary(at: number, end: number, unit: number): number {
    let code = unit;
    let next = at + 1;
    if ((unit & 0xfc00) === 0xd800 && next < end) {
      const low = this.#text.charCodeAt(next);
      if ((low & 0xfc00) === 0xdc00) {
        code = 0x10000 + ((unit & 0x3ff) << 10) + (low & 0x3ff);
        next++;
      }
    }
    if (this.#blankFrom >= 0) this.#writeBlank(0);
    addUnit(this.#units, code, at, next, this.#fresh, advanceOf(this.#metrics, code));
    this.#fresh = 0;
    return next;
  }

  /** One space, or a run of them; removed characters inside do not interrupt a run. */
  #spaces(at: number, end: number): number {
    const text = this.#text;
    let next = at + 1;
    let count = 1;
    for (; next < end; next++) {
      const kind = characterClasses[text.charCodeAt(next)];
      if (kind === plainSpace) count++;
      else if (kind !== removed) break;
    }
    if (count === 1) {
      this.#blank(at, next);
      return next;
    }
    for (let i = at; i < next; i++) {
      if (text.charCodeAt(i) === spaceUnit) this.#entity(noBreakSpaceUnit, i, 0);
    }
    return next;
  }

  #blank(from: number, to: number): void {
    if (this.#blankFrom < 0) this.#blankFrom = from;
    this.#blankTo = to;
  }

  #writeBlank(flags: number): void {
    // White space before the first unit of a block is stripped, but not inside the markup of a mark.
    if (this.#units.length > 0 || (flags & markFlag) !== 0) {
      const advance = advanceOf(this.#metrics, spaceUnit);
      addUnit(this.#units, spaceUnit, this.#blankFrom, this.#blankTo, this.#fresh | flags, advance);
      this.#fresh = 0;
    }
    this.#blankFrom = -1;
  }

  #entity(code: number, at: number, flags: number): void {
    if (this.#blankFrom >= 0) this.#writeBlank(flags);
    addUnit(this.#units, code, at, at + 1, fragmentFlag | flags, advanceOf(this.#metrics, code));
    this.#fresh = fragmentFlag;
  }

  #lineEnd(at: number): void {
    if (this.#mark.text !== '' && this.#mark.color === 'shared') {
      this.#markText(at, inkFlag);
      return;
    }
    if (this.#blankFrom >= 0) this.#writeBlank(0);
    this.#fresh = fragmentFlag;
    if (this.#mark.text === '') {
      addUnit(this.#units, breakUnit, at, at + 1, 0, 0);
      return;
    }
    this.#markText(at, inkFlag | markFlag);
    if (this.#blankFrom >= 0) this.#writeBlank(inkFlag | markFlag);
    this.#fresh = fragmentFlag;
  }

  /** Every character of the mark stands for the line break at `at`. */
  #markText(at: number, flags: number): void {
    for (const character of this.#mark.text) {
      const code = character.codePointAt(0)!;
      const kind = code < 0x10000 ? characterClasses[code] : ordinary;
      if (kind === blank || kind === plainSpace || kind === lineFeed) {
        this.#blank(at, at + 1);
      } else if (kind === entity) {
        this.#entity(code, at, flags);
      } else {
        if (this.#blankFrom >= 0) this.#writeBlank(flags);
        addUnit(this.#units, code, at, at + 1, this.#fresh | flags, advanceOf(this.#metrics, code));
        this.#fresh = 0;
      }
    }
  }
}
