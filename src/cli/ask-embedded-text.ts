/** What `glyph ask` says of an answer of the embedded reader: for people, and as one JSON value. */
import type { NamedSpan } from '../compress/index.ts';
import type { PageAnswer, PageQuote } from '../reader/index.ts';
import { characterErrors } from './error-rate.ts';
import { countOf, countText, durationText } from './figures.ts';

export interface AskedReader {
  readonly question: string;
  readonly answer: PageAnswer;
  readonly document: { readonly name: string; readonly parts?: readonly NamedSpan[] | undefined };
  readonly model: string;
}

export interface AskFigures {
  /** Of the document. */
  readonly pages: number;
  readonly seconds: number;
}

/** The answer, where it stands in the lines quoted; then these lines, or those nearest to the question, as read. */
export function embeddedText({ answer: { answer, supported, quotes } }: AskedReader): string {
  const first = supported ? answer : 'No answer found; the lines nearest to the question, as read:';
  return `${[first, ...quotes.map(quoteText)].join('\n')}\n`;
}

/** e.g. "[p3:14] line"; a line break within it is shown as the page shows it. */
export const quoteText = ({ page, line, read }: PageQuote): string =>
  `[p${page}:${line}] ${read.trimEnd().replace(/\r?\n/g, '¶')}`;

/** e.g. "read 6 lines on 2 of 40 pages (3, 17), 1,290 tokens in, 61 out, 2.1 s" */
export function embeddedReport({ answer }: AskedReader, { pages, seconds }: AskFigures): string {
  const { shown, quotes, supported, inputTokens, outputTokens, finishReason } = answer;
  const lines = shown.reduce((sum, each) => sum + each.lines.length, 0);
  const numbers = shown.map(({ page }) => page).join(', ');
  return `${[
    `read ${countOf(lines, 'line')} on ${countText(shown.length)} of ${countOf(pages, 'page')} (${numbers}), ${countText(inputTokens)} tokens in, ${countText(outputTokens)} out, ${durationText(seconds)}`,
    ...(supported || quotes.length === 0
      ? []
      : ['note: what it would say does not stand in the lines it read, so it is not shown']),
    ...(finishReason === 'length' ? ['note: it was cut at its token limit (--max-tokens)'] : []),
  ].join('\n')}\n`;
}

export function embeddedJson(
  { question, answer: { quotes, ...answer }, document, model }: AskedReader,
  { pages, seconds }: AskFigures,
): string {
  return `${JSON.stringify({
    model,
    question,
    ...answer,
    quotes: quotes.map(quote => ({
      ...quote,
      characterErrorRate: characterErrors(quote.read, quote.text).rate,
      ...placeIn(document, quote),
    })),
    pages,
    seconds,
  })}\n`;
}

/** The file that a line stands in, with offsets of its own; a line that goes on in the next file is cut. */
function placeIn({ name, parts = [] }: AskedReader['document'], { start, end }: PageQuote) {
  const part = parts.findLast(each => each.start <= start) ?? parts[0];
  if (part === undefined) return { document: name, start, end };
  const within = (offset: number) => Math.min(Math.max(offset, part.start), part.end) - part.start;
  return { document: part.name, start: within(start), end: within(end) };
}
