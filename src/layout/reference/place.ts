/**
 * Places a broken line: aligns it, works out what each space gains or loses, and writes its glyphs. A line ended by a
 * line break of the source is never stretched or squeezed when justified; spaces shrink in the other alignments only
 * where the line is overfull, and then no-break spaces count for the share but all spaces take it.
 */
import type { Alignment } from '../../config/index.ts';
import { reserveGlyphs } from '../glyph-buffer.ts';
import type { GlyphBuffer } from '../page-box.ts';
import type { BrokenLine, FragmentCount } from './broken-line.ts';
import { keyOf, type Metrics, points } from './fonts.ts';
import { inkFlag, noBreakSpaceUnit, spaceUnit, type Units } from './units.ts';

/** Room below this counts as none, pt. */
const fuzzPt = 1e-8;

interface LineFit {
  /** From the line's left edge to its first glyph, pt. */
  readonly shiftPt: number;
  readonly wordSpacePt: number;
}

/** How a line sits in its width. `lastLine`: whether the line ends its paragraph and may stay short. */
export function fitLine(
  line: BrokenLine,
  units: Units,
  alignment: Alignment,
  lastLine: 'short' | 'full',
): LineFit {
  const { extraPt } = line;
  const asIs = { shiftPt: naturalShift(alignment, extraPt), wordSpacePt: 0 };
  if (alignment === 'justify') {
    const isSettled = line.ending === 'source' || Math.abs(extraPt) <= fuzzPt;
    if (isSettled || (lastLine === 'short' && extraPt > -fuzzPt)) return asIs;
  } else if (extraPt > -fuzzPt) {
    return asIs;
  }
  const spaces = line.wordCount + countNoBreakSpaces(line, units) - 1;
  return spaces <= 0 ? asIs : { shiftPt: 0, wordSpacePt: extraPt / spaces };
}

/**
 * A squeezed first line that is not set from the left loses its indent in the published renderer, and the lines
 * after it move by as much the other way.
 */
export function losesIndent(alignment: Alignment, fragments: FragmentCount): boolean {
  return alignment === 'right' || (alignment === 'center' && fragments === 'several');
}

function naturalShift(alignment: Alignment, extraPt: number): number {
  switch (alignment) {
    case 'left':
    case 'justify':
      return 0;
    case 'center':
      return 0.5 * extraPt;
    case 'right':
      return extraPt;
    default:
      return alignment satisfies never;
  }
}

function countNoBreakSpaces({ runs }: BrokenLine, units: Units): number {
  let count = 0;
  for (let run = 0; run < runs.length; run += 3) {
    for (let i = runs[run]!; i < runs[run + 1]!; i++) {
      if (units.code[i] === noBreakSpaceUnit) count++;
    }
  }
  return count;
}

/** Where to write a line's glyphs, pt from the page's top left corner. */
interface Pen {
  readonly xPt: number;
  readonly baselinePt: number;
  readonly wordSpacePt: number;
}

/** Writes the glyphs of a line; counts characters that no font covers in `missing`. */
export function drawLine(
  line: BrokenLine,
  units: Units,
  pen: Pen,
  metrics: Metrics,
  glyphs: GlyphBuffer,
  missing: Map<number, number>,
): void {
  const { runs } = line;
  const spaceStepPt = metrics.spacePt + pen.wordSpacePt;
  let xPt = pen.xPt;
  for (let run = 0; run < runs.length; run += 3) {
    const end = runs[run + 1]!;
    xPt += runs[run + 2]! * spaceStepPt;
    reserveGlyphs(glyphs, end - runs[run]!);
    let out = glyphs.count;
    for (let i = runs[run]!; i < end; i++) {
      const code = units.code[i]!;
      if (code === spaceUnit || code === noBreakSpaceUnit) {
        xPt += spaceStepPt;
        continue;
      }
      glyphs.key[out] = keyOf(metrics, code);
      glyphs.xPt[out] = xPt;
      glyphs.yPt[out] = pen.baselinePt;
      glyphs.ink[out] = (units.flags[i]! & inkFlag) === 0 ? 0 : 1;
      out++;
      if (isUncovered(metrics, code)) missing.set(code, (missing.get(code) ?? 0) + 1);
      xPt += points(units.advance[i]!, metrics.fontSize);
    }
    glyphs.count = out;
  }
}

function isUncovered(metrics: Metrics, code: number): boolean {
  return code < 0x10000 ? metrics.uncovered[code] === 1 : !metrics.fonts.covers(code);
}
