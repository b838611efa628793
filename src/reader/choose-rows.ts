/**
 * What of a long document a reader is shown for a question: the pages that the question is about and, where these are
 * more than its window holds, of each the rows around the one that answers best.
 */
import type { ReaderConfig } from './config.ts';
import { pageMarks } from './sample.ts';
import { mostPages } from './vocabulary.ts';

export interface DocumentSpan {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/** A page as the renderer gives it: line n stands in row n. */
export interface DocumentPage {
  /** From 1. */
  readonly number: number;
  readonly png: Uint8Array;
  readonly span: DocumentSpan;
  readonly lines: readonly DocumentSpan[];
}

export interface PagedText {
  readonly text: string;
  readonly pages: readonly DocumentPage[];
}

/** Indices of the passages a question is about, the best first, e.g. by BM25. */
export type RankPassages = (
  question: string,
  passages: readonly string[],
  atMost: number,
) => readonly { readonly index: number }[];

export interface ShownRows {
  readonly page: DocumentPage;
  /** From 0. */
  readonly first: number;
  readonly count: number;
}

/** Fewer rows of a page say too little: then fewer pages are shown. */
const fewestRows = 6;

/** Rows in the order of the document. @param tokens that pages may take together */
export function chooseRows(
  document: PagedText,
  question: string,
  { config, tokens, rank }: { config: ReaderConfig; tokens: number; rank: RankPassages },
): readonly ShownRows[] {
  const pages = document.pages.filter(({ lines }) => lines.length > 0);
  const texts = pages.map(({ span }) => document.text.slice(span.start, span.end));
  const ranked = rank(question, texts, mostPages).map(({ index }) => pages[index]!);
  // With no word in common, the beginning is as good as anything.
  const wanted = ranked.length > 0 ? ranked : pages.slice(0, 1);
  const rowsFor = (count: number) => Math.floor((tokens / count - pageMarks) / config.pageColumns);
  let count = wanted.length;
  while (count > 1 && rowsFor(count) < fewestRows) count--;
  const rows = shareRows(wanted.slice(0, count), tokens, config);
  return wanted
    .slice(0, count)
    .map((page, i) => windowOf(document, page, { question, rank, count: rows[i]! }))
    .sort((a, b) => a.page.number - b.page.number);
}

/** Each page as many rows as it has, or what the pages with fewer leave. */
function shareRows(pages: readonly DocumentPage[], tokens: number, config: ReaderConfig): readonly number[] {
  let left = Math.max(pages.length, Math.floor((tokens - pages.length * pageMarks) / config.pageColumns));
  const shares = new Map<DocumentPage, number>();
  const shortestFirst = pages.toSorted((a, b) => a.lines.length - b.lines.length);
  for (const [i, page] of shortestFirst.entries()) {
    const share = Math.min(page.lines.length, Math.floor(left / (pages.length - i)));
    shares.set(page, share);
    left -= share;
  }
  return pages.map(page => shares.get(page)!);
}

interface Window {
  readonly question: string;
  readonly rank: RankPassages;
  readonly count: number;
}

/** The best line in the middle; it is judged with its neighbours, since a sentence seldom ends with its line. */
function windowOf({ text }: PagedText, page: DocumentPage, { question, rank, count }: Window): ShownRows {
  const { lines } = page;
  if (count >= lines.length) return { page, first: 0, count: lines.length };
  const passages = lines.map((_, i) =>
    text.slice(lines[Math.max(0, i - 1)]!.start, lines[Math.min(lines.length, i + 2) - 1]!.end),
  );
  const best = rank(question, passages, 1)[0]?.index ?? 0;
  const first = Math.min(Math.max(0, best - Math.floor(count / 2)), lines.length - count);
  return { page, first, count };
}

/**
 * The lines nearest to a question, each pair of neighbours judged together, since a sentence seldom ends with its line.
 * In the order of the document. @param count of pairs
 */
export function nearestRows(
  { text, pages }: PagedText,
  question: string,
  rank: RankPassages,
  count: number,
): readonly ShownRows[] {
  const pairs = pages.flatMap(page =>
    page.lines.map((line, first) => {
      const next = page.lines[first + 1];
      return {
        page,
        first,
        count: next === undefined ? 1 : 2,
        text: text.slice(line.start, (next ?? line).end),
      };
    }),
  );
  const chosen: ShownRows[] = [];
  for (const { index } of rank(
    question,
    pairs.map(pair => pair.text),
    2 * count,
  )) {
    const pair = pairs[index]!;
    const isNew = chosen.every(({ page, first }) => page !== pair.page || Math.abs(first - pair.first) > 1);
    if (isNew && chosen.length < count) chosen.push(pair);
  }
  return chosen.sort((a, b) => a.page.number - b.page.number || a.first - b.first);
}
