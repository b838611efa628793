/**
 * A paragraph broken at spaces, and its division over pages. The published renderer breaks both parts of a divided
 * paragraph again from a remembered word; where the page ends at a line break of the source, that line break goes to
 * the next page and makes an empty line there, and empty lines at the end of the first part vanish.
 */
import { breakWords, type LineWidths, type WordLine, type WordRange, type WordText } from './break-words.ts';
import type { Paragraph } from './broken-line.ts';
import { breakFlag } from './words.ts';

export interface ParagraphShape {
  readonly widths: LineWidths;
  readonly firstLineIndentPt: number;
}

export function wordParagraph(text: WordText, shape: ParagraphShape): Paragraph {
  const range: WordRange = { word: 0, unit: -1, resume: 'anew', endWord: text.words.length, endUnit: -1 };
  return paragraphOf(text, shape, range, 'natural');
}

interface Place {
  readonly word: number;
  readonly unit: number;
}

function paragraphOf(
  text: WordText,
  shape: ParagraphShape,
  range: WordRange,
  lastLine: Paragraph['lastLine'],
): Paragraph {
  let known: readonly WordLine[] = [];
  let isComplete = false;

  function lines(limit: number): readonly WordLine[] {
    if (known.length < limit && !isComplete) {
      known = breakWords(text, range, shape.widths, limit);
      isComplete = known.length < limit;
    }
    return known.slice(0, limit);
  }

  /** Where the line after the first `count` starts anew: past the end where there is none. */
  function restart(count: number): Place {
    const line = lines(count + 1)[count];
    if (line === undefined) return { word: range.endWord + 1, unit: -1 };
    return { word: line.restartWord, unit: line.restartUnit };
  }

  function from(place: Place, resume: WordRange['resume']): Paragraph {
    const widths = { firstPt: shape.widths.laterPt, laterPt: shape.widths.laterPt };
    return paragraphOf(text, { widths, firstLineIndentPt: 0 }, { ...range, ...place, resume }, lastLine);
  }

  return {
    units: text.units,
    fragments: text.words.fragments,
    firstLineIndentPt: shape.firstLineIndentPt,
    lastLine,
    lines,
    head(count) {
      const end = restart(count);
      if (end.word > range.endWord) return paragraphOf(text, shape, range, lastLine);
      const ending = lines(count)[count - 1]?.ending;
      const part = { ...range, endWord: end.word, endUnit: end.unit };
      return paragraphOf(text, shape, part, ending === 'source' ? 'natural' : 'spread');
    },
    tail: count => from(restart(count), 'anew'),
    skip(count) {
      const { word, unit } = restart(count);
      if (unit >= 0) return from({ word, unit }, 'cutting');
      const isBreak = word < text.words.length && (text.words.flags[word]! & breakFlag) !== 0;
      return from({ word: isBreak ? word + 1 : word, unit }, 'anew');
    },
  };
}
