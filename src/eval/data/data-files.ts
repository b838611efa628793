/**
 * How tasks reach their data: two effects, which Node's file system, a browser's `File` or a test's memory can offer.
 * Files are read in slices, so that a data set larger than memory streams.
 */
import { GlyphError } from '../../base/index.ts';

export interface DataFile {
  readonly byteLength: number;
  /** Bytes from `start` to before `end`. */
  slice(start: number, end: number): Promise<Uint8Array>;
}

export interface DataFiles {
  /** Every file in the folder and below, as `open` takes it, "/" between names; empty where there is no such folder. */
  list(folder: string): Promise<readonly string[]>;
  /** @throws GlyphError kind `io` where it cannot be read */
  open(path: string): Promise<DataFile>;
}

/** A file's name without its folders. */
export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Whole file as text. Meant for small files. @throws GlyphError kind `input` where it is not UTF-8 or too large */
export async function readText(files: DataFiles, path: string, mostBytes = 256 << 20): Promise<string> {
  const file = await files.open(path);
  if (file.byteLength > mostBytes) throw unreadable(path, `at most ${mostBytes} bytes`, `${file.byteLength}`);
  const bytes = await file.slice(0, file.byteLength);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw unreadable(path, 'UTF-8 text', 'bytes that are none', cause);
  }
}

/** A whole file as JSON. @throws GlyphError kind `input` where it is none */
export async function readJson(files: DataFiles, path: string): Promise<unknown> {
  const text = await readText(files, path);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unreadable(path, 'JSON', 'text that is none', cause);
  }
}

export const unreadable = (path: string, expected: string, actual: string, cause?: unknown) =>
  new GlyphError({
    kind: 'input',
    operation: `read ${JSON.stringify(path)}`,
    expected,
    actual,
    cause,
  });
