/**
 * A question to a long document, as a small reader can take it: the rows that the question is about are read, an answer is
 * written from them, and it counts only where it stands in these lines of the document itself. Where it does not, the
 * lines nearest to the question are given as read.
 */
import { GlyphError } from '../base/index.ts';
import { greyPage } from '../model/index.ts';
import { findRows } from './find-rows.ts';
import type { MarkedRow } from './marks.ts';
import { answerFromPlaces, answerTokens, notedPlaces } from './notes.ts';
import { rowsOf } from './page.ts';
import { measuredPage } from './pitch.ts';
import { readPage } from './read-page.ts';
import { checkAlphabet, type Reader } from './reader-model.ts';
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

export interface AnswerFromPagesOptions {
  /** Of what is written beyond the rows. */
  readonly maxTokens?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called as more is written, with how many tokens there are; what they say is known only when the answer is whole. */
  readonly onTokens?: ((tokens: number) => void) | undefined;
}

export interface PageQuote {
  /** Of the whole document, from 1. */
  readonly page: number;
  /** From 1. */
  readonly line: number;
  /** The line as it is in the document. */
  readonly text: string;
  /** The line as the reader wrote it. */
  readonly read: string;
  /** UTF-16 code units of the document's text. */
  readonly start: number;
  readonly end: number;
}

export interface PageAnswer {
  readonly answer: string;
  /** Whether the reader is sure, and the answer, or each item of a list, stands in the lines read, white space and case aside. */
  readonly supported: boolean;
  /** What a supported answer rests on; else the lines nearest to the question. */
  readonly quotes: readonly PageQuote[];
  /** What was read, lines from 1. */
  readonly shown: readonly { readonly page: number; readonly lines: readonly number[] }[];
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly finishReason: 'stop' | 'length';
}

/** Lines that are given where there is no answer. */
const nearestLines = 4;

/** @throws GlyphError kind `input` for a document without text, or a question that leaves no room */
export async function answerFromPages(
  reader: Reader,
  document: PagedText,
  question: string,
  { maxTokens = answerTokens, signal, onTokens }: AnswerFromPagesOptions = {},
): Promise<PageAnswer> {
  if (document.text.trim() === '') throw nothingToRead();
  checkAlphabet([{ role: 'user', parts: [{ type: 'text', text: question }] }], reader.limits);
  const lines = linesOf(document);
  // Which of its pages a line stands on makes no difference to how long it is.
  const candidates = lines.map(line => ({ page: 1, row: line.line, text: line.text, line }));
  const noted = notedPlaces(question, candidates, reader).map(place => place.map(({ line }) => line));
  const read = await readLines([...new Set(noted.flat())], reader, signal);
  const places = noted.map(place => place.flatMap(line => read.rows.get(line) ?? []));
  const work = answerFromPlaces(
    reader,
    question,
    places.filter(rows => rows.length > 0),
    { maxTokens: Math.min(maxTokens, answerTokens), signal, onTokens },
  );
  let step = await work.next();
  while (!step.done) step = await work.next();
  const { text: answer, isSure, promptTokens, outputTokens: written, finishReason } = step.value;
  const { quotes, inputTokens, outputTokens } = read;
  const support = isSure ? supportOf(answer, quotes) : undefined;
  return {
    answer,
    supported: support !== undefined,
    quotes: support ?? nearestOf(quotes, question, lines),
    shown: shownOf(quotes),
    inputTokens: inputTokens + promptTokens,
    outputTokens: outputTokens + written,
    finishReason,
  };
}

interface Line extends Omit<PageQuote, 'read' | 'page'> {
  readonly page: DocumentPage;
}

const linesOf = ({ text, pages }: PagedText): readonly Line[] =>
  pages.flatMap(page =>
    page.lines.map(({ start, end }, i) => ({ page, line: i + 1, text: text.slice(start, end), start, end })),
  );

/** Those that would have been read, had only a few. */
function nearestOf(quotes: readonly PageQuote[], question: string, lines: readonly Line[]) {
  const texts = lines.map(({ text }) => text);
  const near = new Set(findRows(question, texts, nearestLines).map(index => lines[index]!.start));
  return quotes.filter(({ start }) => near.has(start));
}

/** Of at most as many pages as have marks; quotes are in the order of the document. */
async function readLines(lines: readonly Line[], reader: Reader, signal: AbortSignal | undefined) {
  const kept = [...new Set(lines.map(({ page }) => page))].slice(0, mostPages);
  const pages = kept.toSorted((a, b) => a.number - b.number);
  const quotes: PageQuote[] = [];
  const rows = new Map<Line, MarkedRow>();
  let [inputTokens, outputTokens] = [0, 0];
  for (const [i, page] of pages.entries()) {
    const grey = measuredPage(greyPage(page.png), reader.config);
    for (const run of runsOf(lines.filter(line => line.page === page))) {
      const first = run[0]!.line - 1;
      const reading = readPage(reader.engine, reader, rowsOf(grey, reader.config, first, run.length), {
        signal,
        onEvent(event) {
          if (event.type === 'rows-found') inputTokens += event.inputTokens;
          else outputTokens += event.outputTokens;
        },
      });
      for await (const { row, text: read } of reading) {
        const line = run[row - 1]!;
        quotes.push({ ...line, page: page.number, read: read.trimEnd() });
        rows.set(line, { page: i + 1, row: line.line, text: read });
      }
    }
  }
  return { quotes, rows, inputTokens, outputTokens };
}

/** Lines that follow each other. */
function runsOf(lines: readonly Line[]): readonly (readonly Line[])[] {
  const runs: Line[][] = [];
  for (const line of lines.toSorted((a, b) => a.line - b.line)) {
    const last = runs.at(-1);
    if (last !== undefined && line.line === last.at(-1)!.line + 1) last.push(line);
    else runs.push([line]);
  }
  return runs;
}

function shownOf(quotes: readonly PageQuote[]): PageAnswer['shown'] {
  const pages = [...new Set(quotes.map(({ page }) => page))];
  return pages.map(page => ({
    page,
    lines: quotes.filter(quote => quote.page === page).map(({ line }) => line),
  }));
}

const plain = (words: string) => words.replace(/\s+/g, '').toLowerCase();

/** The lines that the answer, or each item of a list, stands in; undefined where one stands in none. */
function supportOf(answer: string, quotes: readonly PageQuote[]): readonly PageQuote[] | undefined {
  const whole = linesWith(answer, quotes);
  if (whole !== undefined) return whole;
  const items = answer.split(/, (?:and )?| and /).map(item => linesWith(item, quotes));
  const found = items.flatMap(item => item ?? []);
  return items.includes(undefined) ? undefined : quotes.filter(quote => found.includes(quote));
}

/** Words may go over the end of a line, but not over what was not read. */
function linesWith(words: string, quotes: readonly PageQuote[]): readonly PageQuote[] | undefined {
  const wanted = plain(words);
  if (wanted === '') return undefined;
  let evidence = '';
  const ends = quotes.map(({ text, start }, i) => {
    if (i > 0 && start > quotes[i - 1]!.end) evidence += '\0';
    evidence += plain(text);
    return evidence.length;
  });
  const at = evidence.indexOf(wanted);
  if (at < 0) return undefined;
  return quotes.filter((_, i) => ends[i]! > at && (ends[i - 1] ?? 0) < at + wanted.length);
}

const nothingToRead = () =>
  new GlyphError({
    kind: 'input',
    operation: 'ask the embedded reader',
    expected: 'a document with something in it',
    actual: 'an empty one',
  });
