/**
 * What the user names, as documents to ask: PDF files with their pages, HTML as its text, everything else that is text.
 * Unlike sources (`open-inputs.ts`), documents are held in memory. Files of a folder that cannot be read are left out.
 */
import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import { Readable } from 'node:stream';
import { GlyphError, throwIfAborted } from '../base/index.ts';
import { decodeText } from '../text/index.ts';
import { findInputs, type InputFile } from './find-inputs.ts';
import { ioError } from './io-error.ts';
import { type InputOptions, leftOutHint, listed } from './open-inputs.ts';
import { openPdf, type PdfPages } from './pdf.ts';
import { readBlocks } from './read-bytes.ts';
import { fileSource, namingFile } from './source.ts';

export type InputDocument =
  | { readonly kind: 'text'; readonly name: string; readonly text: string }
  | { readonly kind: 'pdf'; readonly name: string; readonly pdf: PdfPages };

export interface DocumentOptions extends InputOptions {
  /** `text`: only the text layer of a PDF, as a document of kind `text`. */
  readonly pdf?: 'pages' | 'text' | undefined;
  /** Bytes all documents may have together; 256 MB unless given. */
  readonly maxBytes?: number | undefined;
}

const defaultMaxBytes = 256 * 2 ** 20;

/**
 * Each file of the inputs as a document, in the inputs' order; standard input may be a PDF too. Call `closeDocuments`
 * when done.
 * @throws GlyphError kind `input` for what names nothing, is no document or too large, `io` for what cannot be read,
 *   `aborted`
 */
export async function openDocuments(
  inputs: readonly string[],
  options: DocumentOptions = {},
): Promise<readonly InputDocument[]> {
  const { files } = await findInputs(inputs, options);
  const budget = createBudget(options.maxBytes ?? defaultMaxBytes);
  const documents: InputDocument[] = [];
  const leftOut: LeftOut[] = [];
  try {
    for (const file of files) {
      throwIfAborted(options.signal, operationOf(file));
      const document = await openOrLeaveOut(file, budget, options);
      if (document.kind === 'left-out') leftOut.push(document);
      else documents.push(document);
    }
    if (documents.length === 0) throw nothingToAsk(inputs, leftOut);
  } catch (error) {
    await closeDocuments(documents);
    throw error;
  }
  for (const reason of new Set(leftOut.map(file => file.reason))) {
    const names = leftOut.filter(file => file.reason === reason).map(file => file.name);
    options.onNote?.(`left out, ${reason}: ${listed(names)}`);
  }
  return documents;
}

/** A file that was found and cannot be read. */
interface LeftOut {
  readonly kind: 'left-out';
  readonly name: string;
  /** e.g. "not text" */
  readonly reason: string;
}

export async function closeDocuments(documents: readonly InputDocument[]): Promise<void> {
  await Promise.all(documents.map(document => (document.kind === 'pdf' ? document.pdf.close() : undefined)));
}

const operationOf = ({ name }: InputFile) => `read ${JSON.stringify(name)}`;

async function openOrLeaveOut(
  file: InputFile,
  budget: Budget,
  options: DocumentOptions,
): Promise<InputDocument | LeftOut> {
  const leftOut = (reason: string): LeftOut => ({ kind: 'left-out', name: file.name, reason });
  try {
    return (await openDocument(file, budget, options)) ?? leftOut('not text');
  } catch (error) {
    const isUnreadable =
      error instanceof GlyphError && error.kind === 'input' && !(error instanceof TooLarge);
    if (file.origin === 'found' && isUnreadable) return leftOut(error.actual);
    throw error;
  }
}

async function openDocument(
  file: InputFile,
  budget: Budget,
  options: DocumentOptions,
): Promise<InputDocument | undefined> {
  const { name, path } = file;
  const extension = path === '-' ? '' : extname(path).toLowerCase();
  if (extension === '.pdf') return await pdfDocument(name, await readFile(file, budget, options), options);
  if (isHtmlName(path)) {
    return { kind: 'text', name, text: await htmlText(name, await readFile(file, budget, options), options) };
  }
  if (path !== '-') return await textDocument(file, budget, options);
  const bytes = await readFile(file, budget, options);
  if (bytes.toString('latin1', 0, 5) === '%PDF-') return await pdfDocument(name, bytes, options);
  return await textDocument(file, undefined, { ...options, stdin: Readable.from([bytes]) });
}

async function htmlText(name: string, bytes: Uint8Array, options: DocumentOptions): Promise<string> {
  const { decodeHtml, htmlToText } = await import('./html.ts'); // takes longer to load than all else here
  try {
    return htmlToText(decodeHtml(bytes, options));
  } catch (error) {
    throw namingFile(name, error);
  }
}

async function pdfDocument(
  name: string,
  bytes: Uint8Array,
  { pdf: wanted, signal }: DocumentOptions,
): Promise<InputDocument> {
  const pdf = await openPdf(bytes, { name, signal });
  if (wanted !== 'text') return { kind: 'pdf', name, pdf };
  await pdf.close();
  if (pdf.hasText) return { kind: 'text', name, text: pdf.text };
  throw new GlyphError({
    kind: 'input',
    operation: `read ${JSON.stringify(name)}`,
    expected: 'a PDF file with a text layer',
    actual: 'pictures of pages only, such as scans',
    hint: 'its pages can only be read as pictures',
  });
}

/** @param budget undefined where the bytes were counted before */
async function textDocument(
  file: InputFile,
  budget: Budget | undefined,
  options: DocumentOptions,
): Promise<InputDocument | undefined> {
  const source = await fileSource(file, options);
  if (source === undefined) return undefined;
  try {
    budget?.take(source.byteLength, operationOf(file));
    let text = '';
    for await (const piece of source.read(options.signal).pieces) text += piece;
    return { kind: 'text', name: file.name, text };
  } finally {
    await source.close();
  }
}

/**
 * The text of one document that is in memory already, e.g. sent by a browser; its name says what it is.
 * @throws GlyphError kind `input` for what is no text, or a PDF file without a text layer
 */
export async function readDocumentText(name: string, bytes: Uint8Array): Promise<string> {
  const isPdf = Buffer.from(bytes.subarray(0, 5)).toString('latin1') === '%PDF-';
  if (isPdf) {
    const document = await pdfDocument(name, bytes, { pdf: 'text' });
    return document.kind === 'text' ? document.text : '';
  }
  if (isHtmlName(name)) return await htmlText(name, bytes, {});
  try {
    return decodeText(bytes).text;
  } catch (error) {
    throw namingFile(name, error);
  }
}

const isHtmlName = (name: string): boolean =>
  ['.html', '.htm', '.xhtml'].includes(extname(name).toLowerCase());

/** All bytes of a file or of standard input. */
async function readFile(file: InputFile, budget: Budget, options: DocumentOptions): Promise<Buffer> {
  const operation = operationOf(file);
  const blocks: Uint8Array[] = [];
  const handle = file.path === '-' ? undefined : await openFile(file.path, operation);
  try {
    for await (const block of handle === undefined
      ? (options.stdin ?? Readable.from([]))
      : readBlocks(handle)) {
      throwIfAborted(options.signal, operation);
      budget.take(block.length, operation);
      blocks.push(Uint8Array.from(block)); // the reader uses its own again
    }
  } catch (error) {
    throwIfAborted(options.signal, operation); // a stream destroyed by the abort fails in its own words
    throw ioError(operation, 'a readable file', error);
  } finally {
    await handle?.close();
  }
  return Buffer.concat(blocks);
}

async function openFile(path: string, operation: string) {
  try {
    return await open(path);
  } catch (error) {
    throw ioError(operation, 'a readable file', error);
  }
}

interface Budget {
  /** @throws TooLarge */
  take(byteLength: number, operation: string): void;
}

/** Too much in all: no fault of the file it is noticed at. */
class TooLarge extends GlyphError {}

function createBudget(maxBytes: number): Budget {
  let left = maxBytes;
  return {
    take(byteLength, operation) {
      left -= byteLength;
      if (left >= 0) return;
      throw new TooLarge({
        kind: 'input',
        operation,
        expected: `at most ${maxBytes / 2 ** 20} MB in all documents`,
        actual: 'more',
        hint: 'name fewer files',
      });
    },
  };
}

function nothingToAsk(inputs: readonly string[], leftOut: readonly LeftOut[]): GlyphError {
  return new GlyphError({
    kind: 'input',
    operation: `read ${inputs.map(input => JSON.stringify(input)).join(', ')}`,
    expected: 'at least one document',
    actual: leftOut.length === 0 ? 'no file' : `only other files: ${listed(leftOut.map(file => file.name))}`,
    hint: leftOutHint,
  });
}
