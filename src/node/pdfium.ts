/**
 * PDF files through PDFium's WebAssembly build: sizes and text of pages, and pages as pixels. Everything is synchronous
 * and the file is a stranger's, so it runs in a thread that can be ended (`pdf-worker.ts`). Each file gets a PDFium of
 * its own: one that breaks on a malformed file harms no other, and its memory goes with it.
 */
import { PDFiumModule } from '@hyzyla/pdfium';
import { GlyphError } from '../base/index.ts';

type Pdfium = Awaited<ReturnType<typeof PDFiumModule>>;

export interface PdfPageFacts {
  readonly widthPt: number;
  readonly heightPt: number;
  /** The text layer, line by line; '' where there is none. */
  readonly text: string;
}

export interface PdfPixels {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Red, green, blue and an unused byte a pixel, on white. */
  readonly rgbx: Uint8Array;
}

export interface PdfFile {
  readonly pageCount: number;
  /** @param index from 0. @throws GlyphError kind `input` for a broken page */
  facts(index: number): PdfPageFacts;
  /** Scaled to exactly that many pixels. Errors as `facts`. */
  draw(index: number, widthPx: number, heightPx: number): PdfPixels;
}

/** FPDF_GetLastError, public/fpdfview.h. */
const loadErrors: Readonly<Record<number, string>> = {
  3: 'a file that is none, or is cut off or broken',
  4: 'an encrypted file that asks for a password',
  5: 'an encrypted file of a kind that cannot be read',
};
const hints: Readonly<Record<number, string>> = { 4: 'save it without a password first' };

/** @throws GlyphError kind `input` for what is no readable PDF */
export async function openPdfFile(bytes: Uint8Array, operation: string): Promise<PdfFile> {
  const pdfium = await PDFiumModule({});
  pdfium._FPDF_InitLibraryWithConfig({ version: 2 });
  const place = allocate(pdfium, bytes.length, operation);
  pdfium.HEAPU8.set(bytes, place);
  const document = pdfium._FPDF_LoadMemDocument(place, bytes.length, 0);
  if (document === 0) {
    const error = pdfium._FPDF_GetLastError();
    const hint = hints[error];
    throw new GlyphError({
      kind: 'input',
      operation,
      expected: 'a PDF file',
      actual: loadErrors[error] ?? 'one that PDFium does not open',
      ...(hint === undefined ? {} : { hint }),
    });
  }
  const onPage = <Result>(index: number, use: (page: number) => Result): Result => {
    const page = pdfium._FPDF_LoadPage(document, index);
    if (page === 0) throw brokenPage(operation, index);
    try {
      return use(page);
    } finally {
      pdfium._FPDF_ClosePage(page);
    }
  };
  return {
    pageCount: pdfium._FPDF_GetPageCount(document),
    facts: index =>
      onPage(index, page => ({
        widthPt: pdfium._FPDF_GetPageWidth(page),
        heightPt: pdfium._FPDF_GetPageHeight(page),
        text: textOf(pdfium, page, operation),
      })),
    draw: (index, widthPx, heightPx) =>
      onPage(index, page => draw(pdfium, page, { widthPx, heightPx, operation })),
  };
}

function allocate(pdfium: Pdfium, byteLength: number, operation: string): number {
  const place = pdfium.wasmExports.malloc(byteLength);
  if (place !== 0) return place;
  throw new GlyphError({
    kind: 'input',
    operation,
    expected: 'a file and pages that fit into 2 GB of memory',
    actual: `no room for another ${byteLength} bytes`,
  });
}

function textOf(pdfium: Pdfium, page: number, operation: string): string {
  const textPage = pdfium._FPDFText_LoadPage(page);
  if (textPage === 0) return '';
  try {
    const units = pdfium._FPDFText_CountChars(textPage);
    if (units <= 0) return '';
    const place = allocate(pdfium, (units + 1) * 2, operation);
    try {
      const written = pdfium._FPDFText_GetText(textPage, 0, units, place); // with a final zero
      const bytes = pdfium.HEAPU8.subarray(place, place + 2 * Math.max(0, written - 1));
      return cleanText(new TextDecoder('utf-16le').decode(bytes)); // lone surrogates become U+FFFD
    } finally {
      pdfium.wasmExports.free(place);
    }
  } finally {
    pdfium._FPDFText_ClosePage(textPage);
  }
}

/** PDFium puts U+FFFE where it joined a word that was divided at a line end; before a capital the hyphen was its own. */
const cleanText = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/\ufffe(?=\p{Lu})/gu, '-')
    .replace(/[\0-\x08\v\f\x0e-\x1f\x7f\ufffe\uffff]/g, '')
    .trimEnd();

/** FPDFBitmap_BGRx; FPDF_ANNOT and FPDF_REVERSE_BYTE_ORDER: with annotations, red first. */
const bitmapFormat = 3;
const drawFlags = 0x01 | 0x10;

interface DrawTask {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly operation: string;
}

function draw(pdfium: Pdfium, page: number, { widthPx, heightPx, operation }: DrawTask): PdfPixels {
  const byteLength = widthPx * heightPx * 4;
  const place = allocate(pdfium, byteLength, operation);
  try {
    const bitmap = pdfium._FPDFBitmap_CreateEx(widthPx, heightPx, bitmapFormat, place, widthPx * 4);
    try {
      pdfium._FPDFBitmap_FillRect(bitmap, 0, 0, widthPx, heightPx, 0xffffffff);
      pdfium._FPDF_RenderPageBitmap(bitmap, page, 0, 0, widthPx, heightPx, 0, drawFlags);
    } finally {
      pdfium._FPDFBitmap_Destroy(bitmap);
    }
    return { widthPx, heightPx, rgbx: pdfium.HEAPU8.slice(place, place + byteLength) };
  } finally {
    pdfium.wasmExports.free(place);
  }
}

const brokenPage = (operation: string, index: number) =>
  new GlyphError({
    kind: 'input',
    operation,
    expected: 'whole pages',
    actual: `a broken one: page ${index + 1}`,
  });
