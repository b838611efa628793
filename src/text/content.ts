/**
 * What kind of content stands where in a text: prose, code, tables and logs, Chinese. Each wants another page; a search
 * finds one for each, and a text is drawn segment by segment with its own. Kinds are judged line by line, by shape alone.
 */

export const contentKinds = ['prose', 'code', 'table', 'chinese'] as const;
export type ContentKind = (typeof contentKinds)[number];

/** Segments follow one another without a gap, from the beginning of the text to its end. */
export interface ContentSegment {
  readonly kind: ContentKind;
  /** Offsets in UTF-16 code units; a segment ends with a line. */
  readonly start: number;
  readonly end: number;
}

/** Below this a segment goes with its longer neighbour: a page of its own for a few lines costs more than it gains. */
const defaultLeast = 2000;

/** @param least characters of a segment */
export function contentSegments(text: string, least = defaultLeast): ContentSegment[] {
  return withoutShort(joined(blocksOf(text)), least);
}

/** Lines up to the next empty one, as the kind most of their characters are in. */
function blocksOf(text: string): ContentSegment[] {
  const blocks: ContentSegment[] = [];
  let start = 0;
  let weights = new Map<ContentKind, number>();
  const end = (at: number) => {
    const kind = [...weights].sort((a, b) => b[1] - a[1])[0]?.[0] ?? blocks.at(-1)?.kind;
    // What is blank at the beginning goes with what follows: alone it would have no page.
    if (at === start || (kind === undefined && at < text.length)) return;
    blocks.push({ kind: kind ?? 'prose', start, end: at });
    start = at;
    weights = new Map();
  };
  for (const { 0: line, index } of text.matchAll(/[^\n]*(?:\n|$)/g)) {
    if (line === '') continue;
    const words = line.trim();
    if (!visible.test(words)) end(index + line.length);
    else {
      const kind = kindOfLine(line, words);
      weights.set(kind, (weights.get(kind) ?? 0) + words.length);
    }
  }
  end(text.length);
  return blocks;
}

const visible = /[^\s\p{Cc}\p{Default_Ignorable_Code_Point}]/u;
const han = /\p{sc=Han}/gu;
const codeEnd = /[;{}[\](,:\\]$|=>$|\*\/$/;
const codeStart =
  /^(?:[{}[\]()@#/*]|\/\/|import |export |from |def |class |function |const |let |var |return\b|if ?\(|for ?\(|while ?\(|else\b|case |public |private |static |fn |use |#include|<\/?\w+)/;
const codeSign = /\w\(|=>|[=!<>]=|&&|\|\||::|->|\w\.\w+\(|\s=\s|[{};]\s*$/;
const logStart =
  /^(?:\[?\d{4}-\d\d-\d\d|\[?\d\d:\d\d:\d\d|\w{3} +\d+ \d\d:\d\d|(?:TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL)\b|\d{1,3}(?:\.\d{1,3}){3} )/;
const columns = /\t[^\t]*\t|\|[^|]*\||\S {3,}\S.* {3,}\S|^[^\s,]+(?:,[^\s,]*){3,}$/;

function kindOfLine(line: string, words: string): ContentKind {
  if ((words.match(han)?.length ?? 0) > 0.2 * words.length) return 'chinese';
  if (logStart.test(words) || columns.test(words)) return 'table';
  const signs = [codeEnd, codeStart, codeSign].filter(pattern => pattern.test(words)).length;
  return signs >= 2 || (signs === 1 && /^(?:\t| {2,})/.test(line)) || /^[}\])];?,?$/.test(words)
    ? 'code'
    : 'prose';
}

/** Neighbours of one kind become one. */
function joined(segments: readonly ContentSegment[]): ContentSegment[] {
  const result: ContentSegment[] = [];
  for (const segment of segments) {
    const last = result.at(-1);
    if (last?.kind === segment.kind) result[result.length - 1] = { ...last, end: segment.end };
    else result.push(segment);
  }
  return result;
}

/**
 * The shortest goes first, of equally short ones the first in the text, until none is too short. Segments wait by their
 * length, since a text may have a hundred thousand; one that grows waits again.
 */
function withoutShort(segments: readonly ContentSegment[], least: number): ContentSegment[] {
  const left: (ContentSegment | undefined)[] = [...segments];
  const before = segments.map((_, i) => i - 1);
  const after = segments.map((_, i) => i + 1);
  const waiting: number[][] = Array.from({ length: Math.max(0, least) }, () => []);
  const lengthOf = (i: number) => left[i]!.end - left[i]!.start;
  const wait = (i: number) => waiting[lengthOf(i)]?.push(i);
  /** Makes one of two neighbours. */
  const join = (i: number, next: number) => {
    left[i] = { ...left[i]!, end: left[next]!.end };
    left[next] = undefined;
    after[i] = after[next]!;
    if (after[i]! < left.length) before[after[i]!] = i;
  };
  segments.forEach((_, i) => void wait(i));
  for (const [length, places] of waiting.entries()) {
    for (const i of places.sort((a, b) => a - b)) {
      if (left[i] === undefined || lengthOf(i) !== length) continue;
      const [previous, next] = [before[i]!, after[i]!];
      const hasNext = next < left.length;
      if (previous < 0 && !hasNext) break;
      const neighbour = previous < 0 || (hasNext && lengthOf(next) > lengthOf(previous)) ? next : previous;
      left[i] = { ...left[i]!, kind: left[neighbour]!.kind };
      if (hasNext && left[next]!.kind === left[i]!.kind) join(i, next);
      const isOneWithPrevious = previous >= 0 && left[previous]!.kind === left[i]!.kind;
      if (isOneWithPrevious) join(previous, i);
      wait(isOneWithPrevious ? previous : i);
    }
  }
  return left.filter(each => each !== undefined);
}
