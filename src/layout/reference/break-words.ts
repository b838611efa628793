/**
 * Breaks words into lines as the published renderer does (its non-CJK way): greedy, with spaces that may shrink by
 * five percent, words wider than a line cut between characters starting on the line they meet. Lines are made only as
 * asked for, from any word or place inside a word, so that filling pages stays linear in the text.
 */
import type { BrokenLine } from './broken-line.ts';
import { points } from './fonts.ts';
import { OpenLine } from './open-line.ts';
import type { Units } from './units.ts';
import { breakFlag, spacedFlag, type Words } from './words.ts';

/** How much of a space may be given up to fit one more word. */
const shrinkage = 0.05;

export interface WordText {
  readonly units: Units;
  readonly words: Words;
  /** pt */
  readonly fontSize: number;
  readonly spacePt: number;
}

/** A stretch of words. `unit` is a place inside the first word, `endUnit` inside the word `endWord`; -1 for whole words. */
export interface WordRange {
  readonly word: number;
  readonly unit: number;
  /** `anew`: what is left of the first word counts as a word; `cutting`: go on filling lines with its pieces. */
  readonly resume: 'anew' | 'cutting';
  readonly endWord: number;
  readonly endUnit: number;
}

export interface WordLine extends BrokenLine {
  /**
   * Where the published renderer starts anew when a page ends before this line: a word, and a place inside it or -1.
   * After a line break of the source it is that line break.
   */
  readonly restartWord: number;
  readonly restartUnit: number;
}

export interface LineWidths {
  readonly firstPt: number;
  readonly laterPt: number;
}

/** The first lines of a stretch of words, at most `limit`. */
export function breakWords(text: WordText, range: WordRange, widths: LineWidths, limit: number): WordLine[] {
  const breaker = new WordBreaker(text, range, widths);
  while (breaker.lines.length < limit) {
    if (breaker.step()) continue;
    breaker.finish();
    break;
  }
  return breaker.lines;
}

class WordBreaker {
  readonly lines: WordLine[] = [];
  readonly #text: WordText;
  readonly #range: WordRange;
  readonly #line: OpenLine;
  readonly #laterPt: number;
  #widthPt: number;
  /** The next word, and the place inside it when its beginning stands on an earlier line. */
  #word: number;
  #unit: number;
  /** Whether the rest of the current word is being laid out in pieces as wide as the line. */
  #cutting: boolean;

  constructor(text: WordText, range: WordRange, widths: LineWidths) {
    this.#text = text;
    this.#range = range;
    this.#line = new OpenLine(text, range.word, range.unit);
    this.#widthPt = widths.firstPt;
    this.#laterPt = widths.laterPt;
    this.#word = range.word;
    this.#unit = range.unit;
    this.#cutting = range.resume === 'cutting';
  }

  /** Takes the next word or piece of one; false when there is none. */
  step(): boolean {
    const { words } = this.#text;
    const { endWord, endUnit } = this.#range;
    const word = this.#word;
    const isCutOff = word === endWord;
    if (word > endWord || (isCutOff && endUnit < 0)) return false;
    const first = this.#unit < 0 ? words.first[word]! : this.#unit;
    const end = isCutOff ? endUnit : words.end[word]!;
    const flags = isCutOff ? words.flags[word]! & ~spacedFlag : words.flags[word]!;
    if ((flags & breakFlag) !== 0) {
      this.#breakLine(word, first);
    } else if (first === end && words.fragments === 'single') {
      this.#nextWord();
    } else if (this.#cutting) {
      this.#takePiece(first, end, flags);
    } else {
      const isWhole = this.#unit < 0 && !isCutOff;
      this.#takeWord(first, end, flags, isWhole ? words.width[word]! : this.#widthOf(first, end));
    }
    return true;
  }

  /** Closes a line left open at the end. */
  finish(): void {
    if (!this.#line.isEmpty) this.#endLine(this.#line.usedPt);
  }

  #takeWord(first: number, end: number, flags: number, widthPt: number): void {
    const line = this.#line;
    const usedPt = this.#usedWith(widthPt);
    const limitPt = this.#widthPt + shrinkage * (line.pendingSpacePt + line.spaces * this.#text.spacePt);
    if (usedPt > limitPt && widthPt > this.#widthPt) {
      this.#cutWord(first, end, flags);
    } else if (usedPt > limitPt && line.wordCount > 0) {
      this.#endLine(line.usedPt);
      line.append(first, end, flags);
      // A line begun this way counts its first word even where that is empty.
      line.wordCount = 1;
      line.usedPt = widthPt;
      this.#nextWord();
    } else {
      line.append(first, end, flags);
      line.usedPt = usedPt;
      this.#nextWord();
    }
  }

  /** Puts as much of a word wider than the line as fits on this line, be it nothing, and ends the line. */
  #cutWord(first: number, end: number, flags: number): void {
    const roomPt = this.#widthPt - this.#line.pendingSpacePt - this.#line.usedPt;
    let pieceEnd = first;
    let pieceWidthPt = 0;
    for (; pieceEnd < end; pieceEnd++) {
      const widthPt = pieceWidthPt + this.#unitWidth(pieceEnd);
      if (widthPt > roomPt) break;
      pieceWidthPt = widthPt;
    }
    const usedPt = this.#usedWith(pieceWidthPt);
    this.#line.append(first, pieceEnd, flags & ~spacedFlag);
    if (pieceEnd === end) this.#nextWord();
    else this.#cutAt(pieceEnd);
    this.#endLine(usedPt);
  }

  /** Fills a line with the next piece of a cut word; the last piece stays open for more words. */
  #takePiece(first: number, end: number, flags: number): void {
    let pieceEnd = first + 1;
    let widthPt = this.#unitWidth(first);
    for (; pieceEnd < end; pieceEnd++) {
      const widerPt = widthPt + this.#unitWidth(pieceEnd);
      if (widerPt > this.#widthPt) break;
      widthPt = widerPt;
    }
    this.#line.append(first, pieceEnd, pieceEnd === end ? flags : flags & ~spacedFlag);
    this.#line.usedPt = widthPt;
    if (pieceEnd === end) {
      this.#nextWord();
    } else {
      this.#cutAt(pieceEnd);
      this.#endLine(widthPt);
    }
  }

  /** A word without width takes no space before it, save in a single fragment. */
  #usedWith(widthPt: number): number {
    const { usedPt, pendingSpacePt } = this.#line;
    const counts = widthPt > 0 || this.#text.words.fragments === 'single';
    return counts ? usedPt + pendingSpacePt + widthPt : usedPt;
  }

  #nextWord(): void {
    this.#word++;
    this.#unit = -1;
    this.#cutting = false;
  }

  #cutAt(unit: number): void {
    this.#unit = unit;
    this.#cutting = true;
  }

  #breakLine(word: number, unit: number): void {
    this.lines.push(this.#line.close('source', this.#widthPt - this.#line.usedPt, unit));
    this.#nextWord();
    this.#startLine(word, -1);
  }

  #endLine(usedPt: number): void {
    this.lines.push(this.#line.close('soft', this.#widthPt - usedPt, 0));
    this.#startLine(this.#word, this.#unit);
  }

  #startLine(restartWord: number, restartUnit: number): void {
    this.#line.reset(restartWord, restartUnit);
    this.#widthPt = this.#laterPt;
  }

  #unitWidth(unit: number): number {
    return points(this.#text.units.advance[unit]!, this.#text.fontSize);
  }

  /** Width of part of a word; where that is more than a line, anything above a line's width. */
  #widthOf(first: number, end: number): number {
    const limitPt = Math.max(this.#widthPt, this.#laterPt);
    let widthPt = 0;
    for (let i = first; i < end && widthPt <= limitPt; i++) widthPt += this.#unitWidth(i);
    return widthPt;
  }
}
