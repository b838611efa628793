/**
 * A line after breaking and before placing: which units it draws and what room it leaves. The runs of a line are
 * spans of units, each preceded by some spaces that are drawn between them.
 */
import type { Units } from './units.ts';

/** `source`: a line break of the source ends the line. */
export type LineEnding = 'source' | 'soft';

export interface BrokenLine {
  /** Triples: first unit, end unit, spaces drawn before. Space units inside a run are drawn as spaces. */
  readonly runs: number[];
  /** Unit where an empty line stands. */
  readonly anchor: number;
  /** Line width left over, pt; negative when the spaces must shrink. */
  readonly extraPt: number;
  /** One more than the spaces that justification counts on, no-break spaces apart. */
  readonly wordCount: number;
  readonly ending: LineEnding;
}

/** Whether a paragraph is one markup fragment, which is broken and drawn by rules of its own. */
export type FragmentCount = 'single' | 'several';

/** Text that can be broken into lines and shared out over pages. */
export interface Paragraph {
  readonly units: Units;
  readonly fragments: FragmentCount;
  readonly firstLineIndentPt: number;
  /** Whether justification spreads the last line like the others: text follows on the next page. */
  readonly lastLine: 'spread' | 'natural';
  /** The first lines, at most `limit`. */
  lines(limit: number): readonly BrokenLine[];
  /** What the published renderer draws of the first `count` lines when the rest goes to the next page. */
  head(count: number): Paragraph;
  /** What it lays out anew there. */
  tail(count: number): Paragraph;
  /** Everything after the first `count` lines and nothing twice: always shorter than the paragraph. */
  skip(count: number): Paragraph;
}
