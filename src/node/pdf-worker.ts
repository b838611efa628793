/** Reads and draws one PDF in a thread of its own, asked by messages; see `pdf.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import { encode } from 'fast-png';
import { GlyphError, type GlyphErrorDetails } from '../base/index.ts';
import { createPngEncoder } from '../png/index.ts';
import { openPdfFile, type PdfFile, type PdfPageFacts, type PdfPixels } from './pdfium.ts';

/** What the thread is started with. */
export interface PdfTask {
  readonly bytes: Uint8Array;
  /** For error messages, e.g. `read "a.pdf"`. */
  readonly operation: string;
}

/** The thread answers in the order it is asked. */
export type ToPdfWorker =
  /** Size and text of all pages, refused where the text is longer: UTF-16 code units. */
  | { readonly type: 'facts'; readonly maxTextLength: number }
  /** A page's picture. */
  | {
      readonly type: 'draw';
      /** From 0. */
      readonly index: number;
      readonly widthPx: number;
      readonly heightPx: number;
    };

export type FromPdfWorker =
  | { readonly type: 'facts'; readonly pages: readonly PdfPageFacts[] }
  | { readonly type: 'drawn'; readonly png: Uint8Array<ArrayBuffer> }
  | { readonly type: 'failed'; readonly error: GlyphErrorDetails };

const port = parentPort;
if (port !== null) {
  const { bytes, operation } = workerData as PdfTask;
  const opened = openPdfFile(bytes, operation);
  opened.catch(() => {}); // told to whoever asks
  const reply = (answer: FromPdfWorker, transfer: ArrayBuffer[] = []) => port.postMessage(answer, transfer);
  port.on('message', async (request: ToPdfWorker) => {
    try {
      const file = await opened;
      if (request.type === 'facts') {
        reply({ type: 'facts', pages: allFacts(file, request.maxTextLength, operation) });
      } else {
        const png = pngOf(file.draw(request.index, request.widthPx, request.heightPx));
        reply({ type: 'drawn', png }, [png.buffer]);
      }
    } catch (error) {
      reply({ type: 'failed', error: detailsOf(error, operation) });
    }
  });
}

function allFacts(file: PdfFile, maxTextLength: number, operation: string): PdfPageFacts[] {
  const pages: PdfPageFacts[] = [];
  let textLength = 0;
  for (let index = 0; index < file.pageCount; index++) {
    const facts = file.facts(index);
    textLength += facts.text.length;
    if (textLength > maxTextLength) {
      const expected = `at most ${maxTextLength / 1e6} million characters of text`;
      throw new GlyphError({ kind: 'input', operation, expected, actual: 'more' });
    }
    pages.push(facts);
  }
  return pages;
}

/** PDFium's own failures (a WebAssembly trap, say) come from the file. */
function detailsOf(error: unknown, operation: string): GlyphErrorDetails {
  if (error instanceof GlyphError) {
    const { kind, expected, actual, hint } = error;
    return { kind, operation, expected, actual, ...(hint === undefined ? {} : { hint }) };
  }
  const actual = `PDFium fails: ${error instanceof Error ? error.message : String(error)}`;
  return { kind: 'input', operation, expected: 'a PDF file that can be read', actual };
}

const encoder = createPngEncoder();
const blackToWhite = Uint8Array.from({ length: 256 * 3 }, (_, i) => Math.floor(i / 3));

/** Grey where the page has no colour. */
function pngOf({ widthPx, heightPx, rgbx }: PdfPixels): Uint8Array<ArrayBuffer> {
  const pixels = widthPx * heightPx;
  if (isGrey(rgbx)) {
    const data = new Uint8Array(pixels);
    for (let i = 0; i < pixels; i++) data[i] = rgbx[4 * i]!;
    const bitmap = { widthPx, heightPx, stride: widthPx, data, offset: 0 };
    return encoder.encode(bitmap, { bitDepth: 8, content: 'coverage', palette: blackToWhite });
  }
  const rgb = new Uint8Array(3 * pixels);
  for (let i = 0, from = 0; i < rgb.length; from += 4) {
    rgb[i++] = rgbx[from]!;
    rgb[i++] = rgbx[from + 1]!;
    rgb[i++] = rgbx[from + 2]!;
  }
  return Uint8Array.from(encode({ width: widthPx, height: heightPx, data: rgb, channels: 3, depth: 8 }));
}

function isGrey(rgbx: Uint8Array): boolean {
  for (let i = 0; i < rgbx.length; i += 4) {
    if (rgbx[i] !== rgbx[i + 1] || rgbx[i] !== rgbx[i + 2]) return false;
  }
  return true;
}
