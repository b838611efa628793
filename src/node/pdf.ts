/**
 * A PDF as a document to ask: its text layer with the places of pages and lines in it, and its pages as pictures. The
 * work is done in threads, so that a file made to keep PDFium busy for ever can be given up; none is kept between calls.
 */
import { GlyphError, inOrder, throwIfAborted } from '../base/index.ts';
import type { Span } from './manifest.ts';
import { orAborted } from './or-aborted.ts';
import { type PdfThread, startPdfThread } from './pdf-thread.ts';
import type { PdfTask } from './pdf-worker.ts';
import type { PdfPageFacts } from './pdfium.ts';

export interface PdfPage {
  /** From 1. */
  readonly number: number;
  /** Its part of the document's text; the spans follow one another without gaps. */
  readonly span: Span;
  /** Without their line ends. */
  readonly lines: readonly Span[];
  readonly widthPt: number;
  readonly heightPt: number;
}

export interface PdfPicture {
  readonly number: number;
  /** PNG: grey where the page has no colour, else red, green and blue. */
  readonly bytes: Uint8Array;
  readonly mediaType: 'image/png';
  readonly widthPx: number;
  readonly heightPx: number;
}

export interface DrawPdfOptions {
  readonly dpi: number;
  readonly signal?: AbortSignal | undefined;
}

export interface PdfPages {
  readonly name: string;
  /** The pages' text layers, a form feed on a line of its own between two. */
  readonly text: string;
  /** False for a scan: it must be read from its pictures. */
  readonly hasText: boolean;
  readonly pages: readonly PdfPage[];
  /**
   * Pictures of some pages, in that order, one drawn ahead. A thread is started for each call: ask for all at once.
   * @throws GlyphError kind `input` for a page that is not there, broken, or over 100 megapixels; `aborted`
   */
  draw(numbers: Iterable<number>, options: DrawPdfOptions): AsyncIterable<PdfPicture>;
  /** Ends what is still being drawn. */
  close(): Promise<void>;
}

export interface OpenPdfOptions {
  /** For error messages. */
  readonly name: string;
  readonly signal?: AbortSignal | undefined;
}

const maxPdfBytes = 512 * 2 ** 20;
const maxTextLength = 100e6;
const maxPixels = 100e6;
const pageBreak = '\n\f\n';

/** Pictures under way at once: the next one while the caller has the last. */
const drawDepth = 2;

/**
 * Reads a PDF. Call `close` when done.
 * @param bytes are kept, and must not change until then
 * @throws GlyphError kind `input` for what is no PDF, encrypted, cut off, without pages or over 512 MB; `aborted`
 */
export async function openPdf(bytes: Uint8Array, { name, signal }: OpenPdfOptions): Promise<PdfPages> {
  const operation = `read ${JSON.stringify(name)}`;
  throwIfAborted(signal, operation);
  refuseOversized(bytes.length, operation);
  const { text, pages } = joinPages(await readFacts({ bytes, operation }, signal));
  const threads = new Set<PdfThread>();
  async function* draw(numbers: Iterable<number>, options: DrawPdfOptions): AsyncGenerator<PdfPicture> {
    const drawing = { operation: `draw pages of ${JSON.stringify(name)}`, ...options };
    const thread = startPdfThread({ bytes, operation: drawing.operation });
    threads.add(thread);
    try {
      yield* inOrder(each(numbers), drawDepth, number =>
        drawPage(thread, pages[number - 1], { number, ...drawing }),
      );
    } finally {
      threads.delete(thread);
      await thread.close();
    }
  }
  return {
    name,
    text,
    hasText: /\S/.test(text),
    pages,
    draw,
    async close() {
      await Promise.all([...threads].map(thread => thread.close()));
    },
  };
}

async function readFacts(task: PdfTask, signal: AbortSignal | undefined): Promise<readonly PdfPageFacts[]> {
  const thread = startPdfThread(task);
  try {
    const asked = thread.ask({ type: 'facts', maxTextLength }, 'facts');
    const facts = (await orAborted(asked, signal, task.operation)).pages;
    if (facts.length > 0) return facts;
  } finally {
    await thread.close();
  }
  const expected = 'a PDF file with pages';
  throw new GlyphError({ kind: 'input', operation: task.operation, expected, actual: 'none' });
}

async function* each<Item>(items: Iterable<Item>): AsyncGenerator<Item> {
  yield* items;
}

function joinPages(facts: readonly PdfPageFacts[]): Pick<PdfPages, 'text' | 'pages'> {
  const text = facts.map(page => page.text).join(pageBreak);
  let start = 0;
  const pages = facts.map((page, i): PdfPage => {
    const end = i === facts.length - 1 ? text.length : start + page.text.length + pageBreak.length;
    const lines = linesOf(page.text, start);
    const { widthPt, heightPt } = page;
    const result = { number: i + 1, span: { start, end }, lines, widthPt, heightPt };
    start = end;
    return result;
  });
  return { text, pages };
}

function linesOf(text: string, offset: number): Span[] {
  if (text === '') return [];
  let start = offset;
  return text.split('\n').map(line => {
    const span = { start, end: start + line.length };
    start = span.end + 1;
    return span;
  });
}

interface DrawTask extends DrawPdfOptions {
  readonly number: number;
  readonly operation: string;
}

async function drawPage(thread: PdfThread, page: PdfPage | undefined, task: DrawTask): Promise<PdfPicture> {
  const { number, dpi, operation, signal } = task;
  const refused = (expected: string, actual: string) =>
    new GlyphError({ kind: 'input', operation, expected, actual });
  throwIfAborted(signal, operation);
  if (page === undefined) throw refused('the number of one of its pages', `${number}`);
  const pixels = (pt: number) => Math.max(1, Math.round((pt * dpi) / 72));
  const [widthPx, heightPx] = [pixels(page.widthPt), pixels(page.heightPt)];
  if (!(widthPx * heightPx <= maxPixels)) {
    const expected = `at most ${maxPixels / 1e6} megapixels a page`;
    throw refused(expected, `${widthPx} x ${heightPx} pixels for page ${number} at ${dpi} dpi`);
  }
  const asked = thread.ask({ type: 'draw', index: number - 1, widthPx, heightPx }, 'drawn');
  const { png } = await orAborted(asked, signal, operation);
  return { number, bytes: png, mediaType: 'image/png', widthPx, heightPx };
}

function refuseOversized(byteLength: number, operation: string): void {
  if (byteLength <= maxPdfBytes) return;
  const expected = `at most ${maxPdfBytes / 2 ** 20} MB`;
  throw new GlyphError({ kind: 'input', operation, expected, actual: `${byteLength} bytes` });
}
