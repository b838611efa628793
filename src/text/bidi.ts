/**
 * Text that runs right to left, or both ways (UAX #9): embedding levels of a paragraph, visual order of a line.
 * Levels come from bidi-js; this file keeps from it what it mishandles: characters beyond the BMP (it would
 * read surrogates as left-to-right letters), line ends inside a paragraph, and inputs it takes quadratic time for.
 */
import bidiModule, { type Bidi, type BidiCharTypeName } from 'bidi-js';

export type Direction = 'auto' | 'ltr' | 'rtl';

export interface BidiLevels {
  /** One embedding level per UTF-16 code unit; odd is right to left. */
  readonly levels: Uint8Array;
  /** 0 for a left-to-right paragraph, 1 for a right-to-left one. */
  readonly paragraphLevel: number;
}

/** Neighbouring characters of one level, in the source's order; `end` is exclusive. */
export interface VisualRun {
  readonly start: number;
  readonly end: number;
  readonly level: number;
}

// The package's types describe an ES module, what Node loads is CommonJS whose export is the factory itself.
const bidi = (bidiModule as unknown as () => Bidi)();

/** Characters of bidi classes R, AL and AN or those that ask for right-to-left, surrogates of such planes included. */
const rightToLeft =
  /[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefe\ud802\ud803\ud83a\ud83b]/;

/** Whether anything in the text can run right to left; if not, all of it has level 0 and source order. */
export function needsBidi(text: string): boolean {
  return rightToLeft.test(text);
}

/** A BMP character of each bidi class that occurs beyond the BMP. */
const standIns: Partial<Record<BidiCharTypeName, string>> = {
  L: 'a',
  R: '\u05d0',
  AL: '\u0627',
  AN: '\u0660',
  EN: '0',
  ET: '$',
  NSM: '\u0300',
  BN: '\u00ad',
};
const neutral = '&';
const ignored = '\u00ad';

/** Surrogate pairs, and what bidi-js would take for the end of a paragraph or scan backwards from. */
const troublesome = /[\ud800-\udbff][\udc00-\udfff]|[\t-\r\x1c-\x1f\x85\u2028\u2029]/g;

function tame(text: string): string {
  return text.replace(troublesome, match => {
    if (match.length === 1) return ' ';
    return (standIns[bidi.getBidiCharTypeName(match)] ?? neutral) + ignored;
  });
}

const trailing: ReadonlySet<BidiCharTypeName> = new Set<BidiCharTypeName>([
  'WS',
  'S',
  'B',
  'BN',
  'LRI',
  'RLI',
  'FSI',
  'PDI',
  'LRE',
  'RLE',
  'LRO',
  'RLO',
  'PDF',
]);

/** Rule L1: from `end` backwards to `start`, white space and formatting take the paragraph's level. */
function resetWhiteSpace(text: string, levels: Uint8Array, start: number, end: number, level: number): void {
  for (let i = end - 1; i >= start && trailing.has(bidi.getBidiCharTypeName(text[i]!)); i--)
    levels[i] = level;
}

/** Rule L1 for segment separators: tabs, and white space before them, take the paragraph's level. */
function resetTabs(text: string, levels: Uint8Array, level: number): void {
  let last = 0;
  for (let tab = text.indexOf('\t'); tab >= 0; tab = text.indexOf('\t', last)) {
    resetWhiteSpace(text, levels, last, tab + 1, level);
    last = tab + 1;
  }
}

/** Longest text handed to bidi-js whatever it holds, UTF-16 code units. */
const safeLength = 2048;
/** Steps per character bidi-js may spend on a longer one. */
const stepLimit = 200;

/** Whether the backward scans of bidi-js (numbers for a letter, isolates for their end) stay within the limit. */
function isAffordable(text: string): boolean {
  if (text.length <= safeLength) return true;
  let steps = 0;
  let lastLetter = 0;
  for (let i = 0; i < text.length; i++) {
    const type = bidi.getBidiCharTypeName(text[i]!);
    if (type === 'L' || type === 'R' || type === 'AL') lastLetter = i;
    else if (type === 'EN') steps += i - lastLetter;
    else if (type === 'LRI' || type === 'RLI' || type === 'FSI') steps += text.length;
  }
  return steps <= stepLimit * text.length;
}

const isHighSurrogate = (unit: number) => (unit & 0xfc00) === 0xd800;
const isLowSurrogate = (unit: number) => (unit & 0xfc00) === 0xdc00;

/**
 * Resolves the levels of one paragraph. `auto` takes its direction from the first strong character (rules P2, P3).
 * A paragraph that would cost too much is resolved in pieces, all with the direction of the first.
 */
export function bidiLevels(text: string, direction: Direction): BidiLevels {
  const tamed = tame(text);
  const pieceLength = isAffordable(tamed) ? Math.max(1, tamed.length) : safeLength;
  const levels = new Uint8Array(text.length);
  let base = direction;
  for (let start = 0; start < tamed.length; start += pieceLength) {
    const piece = bidi.getEmbeddingLevels(tamed.slice(start, start + pieceLength), base);
    levels.set(piece.levels, start);
    if (base === 'auto') base = piece.paragraphs[0]?.level === 1 ? 'rtl' : 'ltr';
  }
  for (let i = 1; i < text.length; i++) {
    if (isLowSurrogate(text.charCodeAt(i)) && isHighSurrogate(text.charCodeAt(i - 1)))
      levels[i] = levels[i - 1]!;
  }
  const paragraphLevel = base === 'rtl' ? 1 : 0;
  resetTabs(text, levels, paragraphLevel);
  return { levels, paragraphLevel };
}

/**
 * The runs of a line from left to right as seen (rules L1 and L2). A run of odd level is drawn from its last character
 * to its first. `start` and `end` are the line's place in the text the levels were resolved for.
 */
export function visualRuns(text: string, resolved: BidiLevels, start: number, end: number): VisualRun[] {
  const levels = resolved.levels.slice(start, end);
  resetWhiteSpace(text.slice(start, end), levels, 0, end - start, resolved.paragraphLevel);
  const runs: VisualRun[] = [];
  let highest = 0;
  for (let i = 0; i < levels.length; ) {
    const level = levels[i]!;
    const runStart = i;
    while (i < levels.length && levels[i] === level) i++;
    runs.push({ start: start + runStart, end: start + i, level });
    highest = Math.max(highest, level);
  }
  for (let level = highest; level > 0; level--) reverseFrom(runs, level);
  return runs;
}

/** Reverses each sequence of neighbouring runs of at least this level. */
function reverseFrom(runs: VisualRun[], level: number): void {
  for (let i = 0; i < runs.length; i++) {
    const first = i;
    while (i < runs.length && runs[i]!.level >= level) i++;
    for (let low = first, high = i - 1; low < high; low++, high--) {
      [runs[low], runs[high]] = [runs[high]!, runs[low]!];
    }
  }
}
