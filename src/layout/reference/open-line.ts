/**
 * The line being filled with words, and the bookkeeping of its spaces. The published renderer writes a space before a
 * word only where the text so far does not end in one in the same colour, so a line may hold more or fewer spaces than
 * its width was worked out with; both are counted here as it counts them.
 */

import type { WordLine, WordText } from './break-words.ts';
import type { LineEnding } from './broken-line.ts';
import { markFlag, spaceUnit } from './units.ts';
import { markedFlag, spacedFlag } from './words.ts';

export class OpenLine {
  readonly #text: WordText;
  isEmpty = true;
  usedPt = 0;
  /** Words with characters. */
  wordCount = 0;
  /** Width of the space that follows the last word, 0 where none does. */
  pendingSpacePt = 0;
  /** Spaces written so far, those at the end of the line too. */
  spaces = 0;
  #restartWord: number;
  #restartUnit: number;
  #runs: number[] = [];
  #anchor = 0;
  /** Spaces written and not yet followed by a run. */
  #owed = 0;
  #endsInSpace = false;
  #endsMarked = 0;

  constructor(text: WordText, restartWord: number, restartUnit: number) {
    this.#text = text;
    this.#restartWord = restartWord;
    this.#restartUnit = restartUnit;
  }

  /** Writes a word or part of one; `flags` are the word's. */
  append(first: number, end: number, flags: number): void {
    const isVoid = first === end;
    if (this.isEmpty) {
      this.isEmpty = false;
      this.#anchor = first;
    } else {
      this.#writeSpace(isVoid ? flags & markedFlag : this.#colorOf(first));
    }
    this.#endsMarked = isVoid ? flags & markedFlag : this.#colorOf(end - 1);
    this.pendingSpacePt = (flags & spacedFlag) === 0 ? 0 : this.#text.spacePt;
    if (isVoid) return;
    this.wordCount++;
    this.#endsInSpace = false;
    this.#addRun(first, end);
  }

  /** The line as it stands, `anchor` being the unit where an empty one is. */
  close(ending: LineEnding, extraPt: number, anchor: number): WordLine {
    return {
      runs: this.#runs,
      anchor: this.isEmpty ? anchor : this.#anchor,
      extraPt,
      wordCount: this.wordCount,
      ending,
      restartWord: this.#restartWord,
      restartUnit: this.#restartUnit,
    };
  }

  /** Starts another line with nothing on it. */
  reset(restartWord: number, restartUnit: number): void {
    this.#restartWord = restartWord;
    this.#restartUnit = restartUnit;
    this.isEmpty = true;
    this.usedPt = 0;
    this.wordCount = 0;
    this.pendingSpacePt = 0;
    this.spaces = 0;
    this.#runs = [];
    this.#owed = 0;
    this.#endsInSpace = false;
  }

  #writeSpace(nextColor: number): void {
    if (this.pendingSpacePt > 0 && !this.#endsInSpace) {
      this.spaces++;
      this.#owed++;
      this.#endsInSpace = true;
    }
    if (this.#endsMarked !== nextColor) this.#endsInSpace = false;
  }

  /** Nonzero in the colour of the newline mark. */
  #colorOf(unit: number): number {
    return (this.#text.units.flags[unit]! & markFlag) === 0 ? 0 : markedFlag;
  }

  #addRun(first: number, end: number): void {
    const runs = this.#runs;
    const lastEnd = runs.length - 2;
    const between = lastEnd < 0 ? -1 : first - runs[lastEnd]!;
    const isSpace = between === 1 && this.#text.units.code[first - 1] === spaceUnit;
    if (between === this.#owed && (between === 0 || isSpace)) runs[lastEnd] = end;
    else runs.push(first, end, this.#owed);
    this.#owed = 0;
  }
}
