/**
 * Whether a text is hard-wrapped, its paragraphs cut into lines by an editor (books of Project Gutenberg, mail,
 * READMEs), and how wide. Statistics over pairs of neighbouring lines: in wrapped prose nearly all agree on one width
 * that the line keeps and the next first word would exceed; in code, logs, tables and verse they do not.
 */
import { NEWLINE } from './classes.ts';
import {
  classAt,
  type Fill,
  fillOf,
  firstWordEnd,
  isBlank,
  isWide,
  type LineSpan,
  maxWidth,
  trimmed,
  wideColumns,
} from './line-join.ts';
import { scriptOf } from './scripts.ts';

export interface WrapEstimate {
  /** Columns the lines were filled to, wide characters counting two; 0 where the lines do not tell. */
  readonly width: number;
  /** How many lines could have spoken for or against it. */
  readonly witnesses: number;
  /** Whether the pairs agree well enough to say the text is hard-wrapped. */
  readonly isWrapped: boolean;
}

const minWidth = 40;

interface Pair extends Fill {
  readonly firstWord: string;
  /** Whether the next line looks like the middle of a sentence. */
  readonly continues: boolean;
  /** Whether the line ends as statements of a program do. */
  readonly isStatement: boolean;
}

/** Fewer than this must agree to the last one. */
const fewWitnesses = 6;

/** The end of a sentence in scripts without capitals, closing quotes and white space behind it allowed. */
const sentenceEnd =
  /[.!?\u0964\u061f\u06d4\u1362\u3002\uff01\uff0e\uff1f][\u0022\u2019\u201d\u300b\u300d\u300f)\uff09]*\s*$/;

/** Scripts with capitals continue in lower case; elsewhere a line without a full stop at its end continues. */
function isContinuation(text: string, line: LineSpan, next: LineSpan): boolean {
  const unit = text.charCodeAt(next.start);
  if (unit < 0x80) return unit >= 0x61 && unit <= 0x7a;
  const first = String.fromCodePoint(text.codePointAt(next.start)!);
  if (first.toLowerCase() !== first) return false;
  if (first.toUpperCase() !== first) return true;
  if (/^Z/.test(scriptOf(first.codePointAt(0)!))) return false; // common: a digit, punctuation
  return !sentenceEnd.test(text.slice(Math.max(line.start, line.end - 8), line.end));
}

/** Prose has several words on a line, or characters that need no spaces. */
function hasSeveralWords(text: string, { start, end }: LineSpan): boolean {
  let spaces = 0;
  for (let i = start; i < end; i++) {
    const unitClass = classAt(text, i);
    if (isWide(unitClass) || (isBlank(unitClass) && ++spaces === 3)) return true;
  }
  return false;
}

/** The width most pairs agree with: the line keeps within it, with the next first word it would not. */
function bestWidth(pairs: readonly Pair[]): { readonly width: number; readonly agreeing: number } {
  const changes = new Int32Array(maxWidth + 2);
  for (const { columns, reach } of pairs) {
    const from = Math.max(columns, minWidth);
    const to = Math.min(reach + 3, maxWidth + 1);
    if (from >= to) continue;
    changes[from] = changes[from]! + 1;
    changes[to] = changes[to]! - 1;
  }
  let width = 0;
  let agreeing = 0;
  for (let candidate = minWidth, count = 0; candidate <= maxWidth; candidate++) {
    count += changes[candidate]!;
    if (count > agreeing) [width, agreeing] = [candidate, count];
  }
  return { width, agreeing };
}

/** The largest part of the pairs that have the same first word: high in logs, low in prose. */
function commonestWord(pairs: readonly Pair[]): number {
  const counts = new Map<string, number>();
  for (const { firstWord } of pairs) counts.set(firstWord, (counts.get(firstWord) ?? 0) + 1);
  return Math.max(0, ...counts.values()) / pairs.length;
}

/** A longer stretch is measured by patches spread over it, UTF-16 code units. */
const wholeLength = 1 << 13;
const patchCount = 16;

/** Measures the stretch of `text` from `start` to `end`. */
export function estimateWrap(text: string, start: number, end: number): WrapEstimate {
  const lines = sampleLines(text, start, end);
  const isLong = (line: LineSpan) => line.end - line.start > 2 * maxWidth;
  const pairs: Pair[] = [];
  for (const [index, line] of lines.entries()) {
    const next = lines[index + 1];
    const pair = next === undefined || isLong(line) ? undefined : pairOf(text, line, next);
    if (pair !== undefined) pairs.push(pair);
  }
  const witnesses = pairs.length + lines.filter(isLong).length;
  const visibleLines = lines.filter(line => trimmed(text, line).end > line.start).length;
  const { width, agreeing } = bestWidth(pairs);
  const isClear =
    witnesses < fewWitnesses ? witnesses >= 3 && agreeing === witnesses : agreeing >= 0.6 * witnesses;
  const isWrapped = isClear && pairs.length >= 0.25 * visibleLines && looksLikeSentences(pairs);
  return { width: agreeing >= 0.5 * witnesses ? width : 0, witnesses, isWrapped };
}

function pairOf(text: string, line: LineSpan, next: LineSpan): Pair | undefined {
  const fill = fillOf(text, line, next, wideColumns);
  if (fill === undefined || !hasSeveralWords(text, line)) return undefined;
  return {
    ...fill,
    firstWord: text.slice(next.start, firstWordEnd(text, next)),
    continues: isContinuation(text, line, next),
    isStatement: ';{}(='.includes(text[trimmed(text, line).end - 1]!),
  };
}

/** Lines that go on from one to the next, as sentences do and lines of code or of a log do not. */
function looksLikeSentences(pairs: readonly Pair[]): boolean {
  const continuing = pairs.filter(pair => pair.continues).length;
  const statements = pairs.filter(pair => pair.isStatement).length;
  if (continuing < 0.5 * pairs.length || statements > 0.3 * pairs.length) return false;
  return pairs.length < fewWitnesses || commonestWord(pairs) <= 0.3;
}

/** Lines in order; an empty one where some were left out. */
function sampleLines(text: string, start: number, end: number): LineSpan[] {
  if (end - start <= wholeLength) return linesOf(text, start, end);
  const lines: LineSpan[] = [];
  for (let patch = 0; patch < patchCount; patch++) {
    const from = start + Math.floor(((end - start) * patch) / patchCount);
    const to = from + wholeLength / patchCount;
    const found = linesOf(text, from, to);
    const whole = found.length === 1 ? found : found.slice(patch === 0 ? 0 : 1, -1);
    lines.push(...whole, { start: to, end: to });
  }
  return lines;
}

/** The lines of a stretch of text; the last may be cut by its end. */
function linesOf(text: string, start: number, end: number): LineSpan[] {
  const lines: LineSpan[] = [];
  let lineStart = start;
  for (let i = start; i < end; i++) {
    if (classAt(text, i) !== NEWLINE) continue;
    lines.push({ start: lineStart, end: i });
    if (text.charCodeAt(i) === 0x0d && text.charCodeAt(i + 1) === 0x0a) i++;
    lineStart = i + 1;
  }
  if (lineStart < end) lines.push({ start: lineStart, end });
  return lines;
}

/** Whether a text, or a sample from its beginning, is hard-wrapped prose. Code, logs, tables and verse are not. */
export function detectHardWrap(sample: string): boolean {
  return estimateWrap(sample, 0, sample.length).isWrapped;
}
