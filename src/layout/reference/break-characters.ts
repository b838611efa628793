/**
 * Breaks units into lines as the published renderer does once any Chinese character occurs: between any two
 * characters, unless the one that does not fit is below U+3000; then it looks back, at most half a line, for a space or
 * an ideograph to break after. A character that must not start a line hangs over the margin.
 */

import type { LineWidths } from './break-words.ts';
import type { BrokenLine, FragmentCount } from './broken-line.ts';
import { points } from './fonts.ts';
import { isBreak, noBreakSpaceUnit, spaceUnit, type Units } from './units.ts';

/** Tolerance of the published renderer when a line is full, pt. */
const fuzzPt = 1e-6;
const firstWideCharacter = 0x3000;

/** JIS X 4051 and neighbours, as far as the published renderer knows them. */
const cannotStartLine = new Uint8Array(0x10000);
for (const character of '!\',.:;?")]、。」』】〕］）々―ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮーヵヶ゛゜・ヽヾゝゞ‐°′″℃￠％‰') {
  cannotStartLine[character.charCodeAt(0)] = 1;
}

/** Lines as numbers, because a long paragraph is broken anew for every page it spans. */
export interface CharacterLines {
  /** Unit span of each line, its line break included. */
  readonly start: number[];
  readonly end: number[];
  /** Line width left over, pt. */
  readonly extraPt: number[];
}

/** Lines of all units; text of a `single` fragment is trimmed at the edges of every line but the last. */
export function breakCharacters(
  units: Units,
  fontSize: number,
  widths: LineWidths,
  fragments: FragmentCount,
): CharacterLines {
  const { code, advance, length } = units;
  const lines: CharacterLines = { start: [], end: [], extraPt: [] };
  let start = 0;
  let usedPt = 0;
  let widthPt = widths.firstPt;
  for (let next = 0; next < length; ) {
    let unit = code[next]!;
    let unitPt = points(advance[next]!, fontSize);
    next++;
    usedPt += unitPt;
    const isBroken = isBreak(unit);
    if (!isBroken && (usedPt <= widthPt + fuzzPt || usedPt <= 0)) continue;
    let extraPt = widthPt - usedPt;
    if (!isBroken) {
      const place = unit < firstWideCharacter ? breakAfter(code, start, next) : -1;
      if (place >= 0) {
        let backPt = 0;
        for (let i = place + 2; i < next; i++) backPt += points(advance[i]!, fontSize);
        extraPt += backPt;
        unit = code[place + 1]!;
        unitPt = points(advance[place + 1]!, fontSize);
        next = place + 2;
      }
      if (cannotStartLine[unit] !== 1 && next > start + 1) {
        next--;
        extraPt += unitPt;
      }
    }
    if (fragments === 'single') addTrimmed(lines, code, start, next, extraPt);
    else addLine(lines, start, next, extraPt);
    widthPt = widths.laterPt;
    start = next;
    usedPt = 0;
  }
  if (usedPt > 0) addLine(lines, start, length, widthPt - usedPt);
  return lines;
}

function addLine(lines: CharacterLines, start: number, end: number, extraPt: number): void {
  lines.start.push(start);
  lines.end.push(end);
  lines.extraPt.push(extraPt);
}

function addTrimmed(
  lines: CharacterLines,
  code: Uint32Array,
  start: number,
  end: number,
  extraPt: number,
): void {
  let first = start;
  let last = end;
  while (first < last && isSpace(code[first]!)) first++;
  while (last > first && isSpace(code[last - 1]!)) last--;
  addLine(lines, first, last, extraPt);
}

/** The unit to break after, when the character before `next` does not fit: -1 where there is no good place. */
function breakAfter(code: Uint32Array, start: number, next: number): number {
  const limit = (start + next) >> 1;
  // The last character itself is no place: it is the one that does not fit.
  for (let i = next - 2; i > limit; i--) {
    const unit = code[i]!;
    if (unit === spaceUnit || unit === noBreakSpaceUnit || unit >= firstWideCharacter) return i;
  }
  return -1;
}

/** One of the lines, to be placed. */
export function characterLine(units: Units, lines: CharacterLines, index: number): BrokenLine {
  const start = lines.start[index]!;
  const end = lines.end[index]!;
  const ending = end > start && isBreak(units.code[end - 1]!) ? 'source' : 'soft';
  const drawnEnd = ending === 'source' ? end - 1 : end;
  const runs = drawnEnd > start ? [start, drawnEnd, 0] : [];
  return { runs, anchor: start, extraPt: lines.extraPt[index]!, wordCount: 1, ending };
}

function isSpace(unit: number): boolean {
  return unit === spaceUnit || unit === noBreakSpaceUnit;
}
