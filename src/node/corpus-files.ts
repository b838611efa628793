/**
 * The files of a corpus as texts that are read in stretches, whatever their size: UTF-8 files from where they lie, all
 * others (other encodings, HTML, PDF with a text layer) from one nameless temporary file that holds them as UTF-8. Its
 * shapes are those of training data, which this floor does not know.
 */
import { createHash } from 'node:crypto';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { extname, relative, sep } from 'node:path';
import { GlyphError, throwIfAborted } from '../base/index.ts';
import { createTextDecoder } from '../text/index.ts';
import { openDocuments } from './documents.ts';
import { findInputs, type InputFile } from './find-inputs.ts';
import { ioError } from './io-error.ts';
import type { InputOptions } from './open-inputs.ts';
import { openNameless, readBlocks, writeAll } from './read-bytes.ts';
import { type Survey, startSurvey } from './text-survey.ts';

interface CorpusText {
  readonly name: string;
  readonly byteLength: number;
  readonly sha256: string;
  readonly length: number;
  read(start: number, end: number): Promise<string>;
}

interface SkippedFile {
  readonly name: string;
  readonly reason: string;
}

interface CorpusFile {
  readonly name: string;
  readonly byteLength: number;
  open(onText: (piece: string) => void): Promise<CorpusText | SkippedFile>;
}

export interface CorpusFiles {
  /** In one order on every machine, with names relative to the folder given. */
  readonly files: readonly CorpusFile[];
  /** Frees what they hold open. */
  close(): Promise<void>;
}

/** @throws GlyphError kind `input` for an input that names nothing, `io` for a folder that cannot be read */
export async function openCorpusFiles(input: string, options: InputOptions = {}): Promise<CorpusFiles> {
  const { files, kind } = await findInputs([input], options);
  const spool = createSpool();
  const opened: CorpusFile[] = [];
  for (const file of files) {
    const name = kind === 'folder' ? relative(input, file.path).split(sep).join('/') : file.name;
    const size = (await stat(file.path).catch(() => undefined))?.size ?? 0;
    const opening = { file: { ...file, name }, spool, options };
    opened.push({ name, byteLength: size, open: onText => openOrSkip({ ...opening, onText }) });
  }
  return { files: opened, close: spool.close };
}

interface Opening {
  readonly file: InputFile;
  readonly spool: Spool;
  readonly options: InputOptions;
  readonly onText: (piece: string) => void;
}

/** A longer line is data, not text. */
const mostInLine = 1_000_000;

async function openOrSkip(opening: Opening): Promise<CorpusText | SkippedFile> {
  const { name, path } = opening.file;
  const survey = startSurvey(opening.onText);
  const isDocument = ['.pdf', '.html', '.htm', '.xhtml'].includes(extname(path).toLowerCase());
  try {
    const text = isDocument ? await openDocument(opening, survey) : await openText(opening, survey);
    if (survey.isBlank) return { name, reason: 'empty' };
    if (survey.longestLine <= mostInLine) return text;
    return { name, reason: `a line of more than ${mostInLine} characters` };
  } catch (error) {
    if (!(error instanceof GlyphError) || (error.kind !== 'input' && error.kind !== 'io')) throw error;
    return { name, reason: `${error.actual}, not ${error.expected}` };
  }
}

/** Bytes from `start` to before `end` of a text as UTF-8. */
type ReadUtf8 = (start: number, end: number) => Promise<Uint8Array>;

function corpusText(
  facts: Pick<CorpusText, 'name' | 'byteLength' | 'sha256'>,
  survey: Survey,
  readUtf8: ReadUtf8,
): CorpusText {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return {
    ...facts,
    length: survey.length,
    async read(start, end) {
      const { bytes, units } = survey.around(start, end);
      const text = decoder.decode(await readUtf8(bytes.start, bytes.end));
      return text.slice(start - units, end - units);
    },
  };
}

async function openText({ file, spool, options }: Opening, survey: Survey): Promise<CorpusText> {
  const { path, name } = file;
  const operation = `read ${JSON.stringify(name)}`;
  const { encoding, invalid, signal } = options;
  const hash = createHash('sha256');
  const decoder = createTextDecoder({ encoding, invalid });
  return await withFile(path, operation, async handle => {
    const { size, mtimeMs } = await handle.stat();
    for await (const block of readBlocks(handle)) {
      throwIfAborted(signal, operation);
      hash.update(block);
      survey.add(decoder.push(block));
    }
    survey.add(decoder.end());
    const facts = { name, byteLength: size, sha256: hash.digest('hex') };
    if (decoder.encoding !== 'utf-8' || decoder.replaced > 0) {
      return corpusText(facts, survey, await spool.add(decoded(handle, options)));
    }
    const markLength = size - survey.byteLength;
    return corpusText(facts, survey, (start, end) =>
      withFile(path, operation, async again => {
        const now = await again.stat();
        if (now.size !== size || now.mtimeMs !== mtimeMs) throw changed(operation);
        return await readRange(again, markLength + start, markLength + end);
      }),
    );
  });
}

async function* decoded(handle: FileHandle, { encoding, invalid }: InputOptions): AsyncGenerator<string> {
  const decoder = createTextDecoder({ encoding, invalid });
  for await (const block of readBlocks(handle)) yield decoder.push(block);
  yield decoder.end();
}

async function openDocument({ file, spool, options }: Opening, survey: Survey): Promise<CorpusText> {
  const { path, name } = file;
  const [document] = await openDocuments([path], { ...options, pdf: 'text' });
  const text = document?.kind === 'text' ? document.text : '';
  survey.add(text);
  const hash = createHash('sha256');
  const byteLength = await withFile(path, `read ${JSON.stringify(name)}`, async handle => {
    for await (const block of readBlocks(handle)) hash.update(block);
    return (await handle.stat()).size;
  });
  return corpusText({ name, byteLength, sha256: hash.digest('hex') }, survey, await spool.add([text]));
}

async function withFile<T>(
  path: string,
  operation: string,
  work: (handle: FileHandle) => Promise<T>,
): Promise<T> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path);
    return await work(handle);
  } catch (error) {
    throw ioError(operation, 'a readable file', error);
  } finally {
    await handle?.close();
  }
}

async function readRange(handle: FileHandle, start: number, end: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(end - start);
  for (let filled = 0; filled < bytes.length; ) {
    const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, start + filled);
    if (bytesRead === 0) return bytes.subarray(0, filled);
    filled += bytesRead;
  }
  return bytes;
}

const changed = (operation: string) =>
  new GlyphError({
    kind: 'input',
    operation,
    expected: 'a file that stays as it is while data is built from it',
    actual: 'another size or time than before',
    hint: 'run it again',
  });

/** Texts one after another in a nameless file. */
interface Spool {
  add(pieces: Iterable<string> | AsyncIterable<string>): Promise<ReadUtf8>;
  close(): Promise<void>;
}

function createSpool(): Spool {
  let handle: FileHandle | undefined;
  let end = 0;
  return {
    async add(pieces) {
      handle ??= await openNameless();
      const file = handle;
      const base = end;
      for await (const piece of pieces) {
        const bytes = Buffer.from(piece);
        await writeAll(file, bytes);
        end += bytes.length;
      }
      return (from, to) => readRange(file, base + from, base + to);
    },
    async close() {
      await handle?.close();
      handle = undefined;
    },
  };
}
