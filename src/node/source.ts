/**
 * The source of a rendering: one file, standard input or several files joined, read as a stream. It is read once for
 * its hash, which names the work and lets an interrupted run go on, and once more for its text.
 */
import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { GlyphError, throwIfAborted } from '../base/index.ts';
import { createTextDecoder, type DecodeOptions } from '../text/index.ts';
import type { InputFile } from './find-inputs.ts';
import { ioError } from './io-error.ts';
import { type BytesFacts, hashBlocks, readBlocks, spool } from './read-bytes.ts';

/** Where a file stands in a source that joins several, UTF-16 code units. */
export interface SourcePart extends BytesFacts {
  readonly name: string;
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

export interface Source extends BytesFacts {
  readonly name: string;
  /** How bytes become text: `auto`, a WHATWG label, or `none` where the text came as a string. */
  readonly encoding: string;
  readonly invalid: InvalidBytes;
  /** Reads it from its start. */
  read(signal?: AbortSignal): SourceReading;
  /** Frees what the source holds open. */
  close(): Promise<void>;
}

/** One pass over the text; the figures grow while `pieces` is consumed. */
export interface SourceReading {
  readonly pieces: AsyncIterable<string>;
  readonly bytesRead: number;
  /** Malformed sequences that became U+FFFD. */
  readonly replaced: number;
  /** The files read so far, where there are several. */
  readonly parts: readonly SourcePart[];
}

export type InvalidBytes = NonNullable<DecodeOptions['invalid']>;

export interface SourceOptions {
  /** A WHATWG label; detected where undefined. */
  readonly encoding?: string | undefined;
  /** Malformed bytes: an error, or U+FFFD. */
  readonly invalid?: InvalidBytes | undefined;
  readonly stdin?: AsyncIterable<Uint8Array> | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A source from a text in memory. */
export function textSource(text: string, name = 'text'): Source {
  const byteLength = Buffer.byteLength(text);
  return {
    name,
    byteLength,
    sha256: createHash('sha256').update(text, 'utf8').digest('hex'),
    encoding: 'none',
    invalid: 'refuse',
    read() {
      const reading = { pieces: give(), bytesRead: 0, replaced: 0, parts: [] };
      async function* give() {
        reading.bytesRead = byteLength;
        yield text;
      }
      return reading;
    },
    close: async () => {},
  };
}

/**
 * Opens a file, hashes it and checks that all of it is text, so that a run does not fail half-way.
 * @returns undefined for a file of origin `found` that is not text
 * @throws GlyphError kind `io` where it cannot be read, `input` where it is not text, `aborted` when the signal fires
 */
export async function fileSource(file: InputFile, options: SourceOptions = {}): Promise<Source | undefined> {
  const { encoding, invalid = 'refuse', signal } = options;
  const bytes = await openBytes(file, options);
  const decoder = createTextDecoder({ encoding, invalid });
  let isFirst = true;
  try {
    const facts = await hashBlocks(bytes.blocks(), signal, block => {
      if (isFirst && file.origin === 'found') refuseBinary(block, encoding);
      isFirst = false;
      decoder.push(block);
    });
    decoder.end();
    const read: Source['read'] = readSignal =>
      readFile(file.name, facts, bytes, { encoding, invalid, signal: readSignal });
    return { ...facts, name: file.name, encoding: encoding ?? 'auto', invalid, read, close: bytes.close };
  } catch (error) {
    await bytes.close();
    const isGuess = encoding === undefined && decoder.encoding.startsWith('utf-16');
    const isNoText =
      error instanceof BinaryFile || (isGuess && error instanceof GlyphError && error.kind === 'input');
    if (file.origin === 'found' && isNoText) return undefined;
    throw namingFile(file.name, error);
  }
}

class BinaryFile extends Error {}

/** In a folder, a named encoding is no reason to take pictures for text. */
function refuseBinary(block: Uint8Array, encoding: string | undefined): void {
  if (encoding !== undefined && /^utf-?16/i.test(encoding)) return; // its zero bytes look binary
  const sniffer = createTextDecoder({ invalid: 'replace' });
  try {
    sniffer.push(block);
    sniffer.end();
  } catch (cause) {
    throw new BinaryFile('not text', { cause });
  }
}

interface OpenedBytes {
  /** From the start, each time anew. */
  blocks(): AsyncGenerator<Uint8Array>;
  close(): Promise<void>;
}

async function openBytes({ path, name }: InputFile, { stdin, signal }: SourceOptions): Promise<OpenedBytes> {
  try {
    if (path === '-') return spooledBytes(await spool(stdin ?? emptyStream(), signal));
    const handle = await open(path);
    try {
      if ((await handle.stat()).isFile()) return fileBytes(path);
      return spooledBytes(await spool(handle.createReadStream({ autoClose: false }), signal));
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw ioError(`read ${JSON.stringify(name)}`, 'a readable file', error);
  }
}

async function* emptyStream(): AsyncGenerator<Uint8Array> {}

const spooledBytes = (handle: FileHandle): OpenedBytes => ({
  blocks: () => readBlocks(handle),
  close: () => handle.close(),
});

/** Opened for each pass only, so that thousands of files do not stay open. */
const fileBytes = (path: string): OpenedBytes => ({
  async *blocks() {
    const handle = await open(path);
    try {
      yield* readBlocks(handle);
    } finally {
      await handle.close();
    }
  },
  close: async () => {},
});

interface ReadFileOptions extends DecodeOptions {
  readonly signal: AbortSignal | undefined;
}

function readFile(
  name: string,
  facts: BytesFacts,
  bytes: OpenedBytes,
  options: ReadFileOptions,
): SourceReading {
  const decoder = createTextDecoder(options);
  let bytesRead = 0;
  async function* decode(): AsyncGenerator<string> {
    const hash = createHash('sha256');
    try {
      for await (const block of bytes.blocks()) {
        throwIfAborted(options.signal, `read ${JSON.stringify(name)}`);
        hash.update(block);
        bytesRead += block.length;
        const text = decoder.push(block);
        if (text !== '') yield text;
      }
      const rest = decoder.end();
      if (rest !== '') yield rest;
    } catch (error) {
      throw namingFile(name, error);
    }
    if (hash.digest('hex') !== facts.sha256) throw changed(name);
  }
  return {
    pieces: decode(),
    get bytesRead() {
      return bytesRead;
    },
    get replaced() {
      return decoder.replaced;
    },
    parts: [],
  };
}

/** The same error with the file in it. */
export function namingFile(name: string, error: unknown): GlyphError {
  if (!(error instanceof GlyphError))
    return ioError(`read ${JSON.stringify(name)}`, 'a readable file', error);
  if (error.kind !== 'input') return error;
  const { kind, expected, actual, hint, cause } = error;
  const operation = `read ${JSON.stringify(name)}`;
  return new GlyphError({
    kind,
    operation,
    expected,
    actual,
    cause,
    ...(hint === undefined ? {} : { hint }),
  });
}

const changed = (name: string) =>
  new GlyphError({
    kind: 'input',
    operation: `read ${JSON.stringify(name)}`,
    expected: 'a file that stays as it is while it is read',
    actual: 'other bytes than a moment ago',
    hint: 'run it again',
  });
