/**
 * A paragraph broken between characters, and its division over pages. The published renderer writes a space at the
 * end of every line still to come and breaks the rest again, so that each page end tears the text of later pages
 * further apart ("..." becomes ". . ."). All that is left is broken again for each page, so there is a limit to it.
 */
import { breakCharacters, type CharacterLines, characterLine } from './break-characters.ts';
import type { BrokenLine, FragmentCount, Paragraph } from './broken-line.ts';
import { advanceOf, type Metrics } from './fonts.ts';
import {
  addUnit,
  breakUnit,
  createUnits,
  fragmentCount,
  isBreak,
  markFlag,
  spaceUnit,
  type Units,
  wideBreakUnit,
} from './units.ts';
import type { ParagraphShape } from './word-paragraph.ts';

/**
 * How many units may be broken anew for one paragraph before its later lines are kept as they are: in proportion to
 * the paragraph, so that the work stays linear. A paragraph of 5,000 characters a page reaches it after 250 pages.
 */
const spareWork = 500_000;
const workPerUnit = 128;

export function characterParagraph(units: Units, metrics: Metrics, shape: ParagraphShape): Paragraph {
  const fragments = fragmentCount(units);
  return brokenAnew(
    withoutLoneBreak(units, fragments),
    fragments,
    metrics,
    shape,
    spareWork + workPerUnit * units.length,
  );
}

function brokenAnew(
  units: Units,
  fragments: FragmentCount,
  metrics: Metrics,
  shape: ParagraphShape,
  work: number,
): Paragraph {
  const lines = breakCharacters(units, metrics.fontSize, shape.widths, fragments);
  const all = { units, fragments, lines, first: 0, end: lines.start.length };
  return paragraphOf(all, metrics, shape, 'natural', work - units.length);
}

/** Lines `first` to `end` of a broken text. */
interface BrokenText {
  readonly units: Units;
  readonly fragments: FragmentCount;
  readonly lines: CharacterLines;
  readonly first: number;
  readonly end: number;
}

function paragraphOf(
  text: BrokenText,
  metrics: Metrics,
  shape: ParagraphShape,
  lastLine: Paragraph['lastLine'],
  work: number,
): Paragraph {
  const { units, fragments, first, end } = text;

  function line(index: number): BrokenLine {
    return characterLine(units, text.lines, first + index);
  }

  function tail(count: number): Paragraph {
    const rest = { ...text, first: Math.min(first + count, end) };
    const laterPt = shape.widths.laterPt;
    const restShape = { widths: { firstPt: laterPt, laterPt }, firstLineIndentPt: 0 };
    if (work <= 0) return paragraphOf(rest, metrics, restShape, 'natural', 0);
    const restFragments = fragments === 'single' || isOneFragment(rest) ? 'single' : 'several';
    const restUnits = fragments === 'single' ? joined(rest) : torn(rest, metrics);
    return brokenAnew(withoutLoneBreak(restUnits, restFragments), restFragments, metrics, restShape, work);
  }

  return {
    units,
    fragments,
    firstLineIndentPt: shape.firstLineIndentPt,
    lastLine,
    lines: limit => Array.from({ length: Math.min(limit, end - first) }, (_, index) => line(index)),
    head(count) {
      const part = { ...text, end: Math.min(first + count, end) };
      const isSpread = count > 0 && line(count - 1).ending === 'soft';
      return paragraphOf(part, metrics, shape, isSpread ? 'spread' : 'natural', 0);
    },
    tail,
    skip: tail,
  };
}

/** A line break that is all a paragraph consists of counts as empty text, a torn one as a space. */
function withoutLoneBreak(units: Units, fragments: FragmentCount): Units {
  if (fragments === 'several' || units.length === 0 || !isBreak(units.code[0]!)) return units;
  if (units.code[0] === breakUnit) units.length = 0;
  else units.code[0] = spaceUnit;
  return units;
}

/** Whether the lines come to a single fragment: one line, all in one colour, without a line break beside text. */
function isOneFragment({ units, lines, first, end }: BrokenText): boolean {
  if (end - first !== 1) return false;
  const from = lines.start[first]!;
  const to = lines.end[first]!;
  if (to - from === 1) return true;
  if (isBreak(units.code[to - 1]!)) return false;
  const color = units.flags[from]! & markFlag;
  for (let i = from + 1; i < to; i++) {
    if ((units.flags[i]! & markFlag) !== color) return false;
  }
  return true;
}

function joined({ units, lines, first, end }: BrokenText): Units {
  const to = createUnits(unitCount(lines, first, end));
  for (let line = first; line < end; line++) copyUnits(units, lines.start[line]!, lines.end[line]!, to);
  return to;
}

/** The lines as text again, with a space at the end of each but the last that does not end in one. */
function torn({ units, lines, first, end }: BrokenText, metrics: Metrics): Units {
  const spaceAdvance = advanceOf(metrics, spaceUnit);
  const to = createUnits(unitCount(lines, first, end) + end - first);
  for (let line = first; line < end; line++) {
    copyUnits(units, lines.start[line]!, lines.end[line]!, to);
    if (line === end - 1) break;
    const last = to.length - 1;
    const code = to.code[last]!;
    if (isBreak(code)) {
      to.code[last] = wideBreakUnit;
      to.advance[last] = spaceAdvance;
    } else if (code !== spaceUnit) {
      const at = to.to[last]!;
      addUnit(to, spaceUnit, at, at, to.flags[last]! & markFlag, spaceAdvance);
    }
  }
  return to;
}

function unitCount(lines: CharacterLines, first: number, end: number): number {
  return end > first ? lines.end[end - 1]! - lines.start[first]! : 0;
}

function copyUnits(from: Units, start: number, end: number, to: Units): void {
  let at = to.length;
  for (let i = start; i < end; i++, at++) {
    to.code[at] = from.code[i]!;
    to.from[at] = from.from[i]!;
    to.to[at] = from.to[i]!;
    to.flags[at] = from.flags[i]!;
    to.advance[at] = from.advance[i]!;
  }
  to.length = at;
}
