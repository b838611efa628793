/**
 * A question to a long document, as a small reader can take it: it is shown the rows the question is about, quotes the
 * lines it rests its answer on, and its answer counts only where it stands in these lines of the document itself. Where
 * it does not, the lines nearest to the question are read out instead.
 */
import { GlyphError } from '../base/index.ts';
import { greyPage } from '../model/index.ts';
import { createAnswerText } from './answer-text.ts';
import {
  chooseRows,
  type DocumentPage,
  nearestRows,
  type PagedText,
  type RankPassages,
  type ShownRows,
} from './choose-rows.ts';
import { writeTokens } from './generate.ts';
import { markText, type RowMark, splitMarks } from './marks.ts';
import { cropRows, rowsOf } from './page.ts';
import { readPage } from './read-page.ts';
import { checkAlphabet, type Reader } from './reader-model.ts';
import { createSample, type Piece, pageMarks } from './sample.ts';
import { mostPages } from './vocabulary.ts';

export interface AnswerFromPagesOptions {
  readonly rank: RankPassages;
  /** Of quotes and answer together. */
  readonly maxTokens?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called for each token, with how many there are; what they say is known only when the answer is whole. */
  readonly onToken?: ((tokens: number) => void) | undefined;
}

export interface PageQuote {
  /** Of the whole document, from 1. */
  readonly page: number;
  /** From 1. */
  readonly line: number;
  /** The line as it is in the document. */
  readonly text: string;
  /** The line as the reader wrote it; undefined where it named the line only. */
  readonly read: string | undefined;
  /** UTF-16 code units of the document's text. */
  readonly start: number;
  readonly end: number;
}

export interface PageAnswer {
  readonly answer: string;
  /** Whether the answer stands in the quoted lines of the document, white space and case aside. */
  readonly supported: boolean;
  /** What a supported answer rests on; else the lines nearest to the question. */
  readonly quotes: readonly PageQuote[];
  /** Marks of rows that were not shown, as written. */
  readonly brokenMarks: readonly string[];
  /** What was read, lines from 1. */
  readonly shown: readonly { readonly page: number; readonly firstLine: number; readonly lastLine: number }[];
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly finishReason: 'stop' | 'length';
}

/** Its window holds more, but among many rows a reader of this size finds the right one less often. */
const rowsToSearch = 16;

/** Lines and those after them that are read out where there is no answer. */
const nearestPairs = 2;

/** Kept free for the answer; a few lines and some words. */
const answerTokens = 320;

/** @throws GlyphError kind `input` for a document without text, or a question that leaves no room for a page */
export async function answerFromPages(
  reader: Reader,
  document: PagedText,
  question: string,
  { rank, maxTokens = answerTokens, signal, onToken }: AnswerFromPagesOptions,
): Promise<PageAnswer> {
  if (document.text.trim() === '') throw nothingToRead();
  checkAlphabet([{ role: 'user', parts: [{ type: 'text', text: question }] }], reader.limits);
  const { config, vocabulary } = reader;
  const kept = Math.min(maxTokens, answerTokens, Math.floor(config.contextTokens / 2));
  const room = config.contextTokens - kept - vocabulary.encode(question).length - promptMarks;
  const tokens = Math.min(room, rowsToSearch * config.pageColumns + mostPages * pageMarks);
  const shown = chooseRows(document, question, { config, tokens, rank });
  const sample = createSample(askingPieces(shown, question, reader), config, vocabulary);
  const answerText = createAnswerText(vocabulary);
  let outputTokens = 0;
  let finishReason: PageAnswer['finishReason'] = 'stop';
  for await (const [written] of writeTokens(reader.engine, reader, [sample], { maxTokens, signal })) {
    if (typeof written === 'number') {
      onToken?.(++outputTokens);
      answerText.take(written);
    } else if (written !== undefined) finishReason = written;
  }
  answerText.end();
  const answer = answerText.text.trim();
  const marked = [...splitMarks(answerText.reasoning), ...splitMarks(answer)];
  const { quotes, brokenMarks } = quotesOf(marked, shown, document);
  const supported = isSupported(answer, quotes, document);
  const nearest = supported ? [] : nearestRows(document, question, rank, nearestPairs);
  return {
    answer,
    supported,
    quotes: supported ? quotes : await readOut(nearest, reader, document, signal),
    brokenMarks,
    shown: shown.map(({ page, first, count }) => ({
      page: page.number,
      firstLine: first + 1,
      lastLine: first + count,
    })),
    inputTokens: sample.tokens.length,
    outputTokens,
    finishReason,
  };
}

/** Those of the user and the assistant. */
const promptMarks = 2;

function askingPieces(
  shown: readonly ShownRows[],
  question: string,
  { config }: Pick<Reader, 'config'>,
): readonly Piece[] {
  const pages = shown.map(({ page, first, count }): Piece => {
    return { type: 'page', patches: cropRows(greyPage(page.png), config, first, count) };
  });
  return [
    { type: 'special', token: 'user' },
    ...pages,
    { type: 'text', text: question },
    { type: 'special', token: 'assistant' },
  ];
}

async function readOut(
  chosen: readonly ShownRows[],
  reader: Reader,
  { text }: PagedText,
  signal: AbortSignal | undefined,
): Promise<readonly PageQuote[]> {
  const quotes: PageQuote[] = [];
  for (const { page, first, count } of chosen) {
    const rows = rowsOf(greyPage(page.png), reader.config, first, count);
    for await (const row of readPage(reader.engine, reader, rows, { signal })) {
      const line = first + row.row;
      const { start, end } = page.lines[line - 1]!;
      quotes.push({
        page: page.number,
        line,
        text: text.slice(start, end),
        read: row.text.trimEnd(),
        start,
        end,
      });
    }
  }
  return quotes;
}

/** Each line once, in the order in which the reader names them. */
function quotesOf(
  marked: ReturnType<typeof splitMarks>,
  shown: readonly ShownRows[],
  { text }: PagedText,
): Pick<PageAnswer, 'quotes' | 'brokenMarks'> {
  const quotes = new Map<string, PageQuote>();
  const brokenMarks: string[] = [];
  for (const { mark, text: read } of marked) {
    if (mark === undefined) continue;
    const page = pageWith(mark, shown);
    const line = page?.lines[mark.row - 1];
    if (page === undefined || line === undefined) {
      brokenMarks.push(markText(mark));
      continue;
    }
    const { start, end } = line;
    const key = `${page.number} ${mark.row}`;
    if (!quotes.has(key))
      quotes.set(key, {
        page: page.number,
        line: mark.row,
        text: text.slice(start, end),
        read: read === '' ? undefined : read.trimEnd(),
        start,
        end,
      });
  }
  return { quotes: [...quotes.values()], brokenMarks };
}

/** The page of the document that a mark of the prompt means, where its row was shown. */
function pageWith({ page, row }: RowMark, shown: readonly ShownRows[]): DocumentPage | undefined {
  const rows = shown[page - 1];
  if (rows === undefined || row <= rows.first || row > rows.first + rows.count) return undefined;
  return rows.page;
}

function isSupported(answer: string, quotes: readonly PageQuote[], { text }: PagedText): boolean {
  const plain = (words: string) => words.replace(/\s+/g, '').toLowerCase();
  let evidence = '';
  let at = 0;
  for (const { start, end } of quotes.toSorted((a, b) => a.start - b.start)) {
    // An answer may go over the end of a line, but not over what was not quoted.
    const goesOn = text.slice(at, start).trim() === '';
    evidence += `${goesOn ? '' : '\0'}${plain(text.slice(start, end))}`;
    at = end;
  }
  return plain(answer) !== '' && evidence.includes(plain(answer));
}

const nothingToRead = () =>
  new GlyphError({
    kind: 'input',
    operation: 'ask the embedded reader',
    expected: 'a document with something in it',
    actual: 'an empty one',
  });
