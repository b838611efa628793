/**
 * A benchmark's files on disk, read in slices so that a data set larger than memory streams. Its shape is the
 * `DataFiles` of evaluation, which this floor does not know.
 */
import { type FileHandle, open, readdir, realpath, stat } from 'node:fs/promises';
import { GlyphError } from '../base/index.ts';
import { errorCode, ioError } from './io-error.ts';

interface DataFile {
  readonly byteLength: number;
  /** Bytes from `start` to before `end`. */
  slice(start: number, end: number): Promise<Uint8Array>;
}

/** Every file in the folder and below, with its path, "/" between names; hidden ones are left out, links followed. */
async function list(folder: string, above: readonly string[] = []): Promise<readonly string[]> {
  const real = await realpath(folder).catch(() => folder); // one that is missing has no entries
  if (above.includes(real)) return []; // a link to a folder it is in
  const paths: string[] = [];
  for (const entry of await entriesOf(folder)) {
    const path = `${folder.replace(/\/+$/, '')}/${entry}`;
    const isFolder = await isDirectory(path);
    if (isFolder === true) paths.push(...(await list(path, [...above, real])));
    else if (isFolder === false) paths.push(path);
  }
  return paths;
}

async function entriesOf(folder: string): Promise<readonly string[]> {
  try {
    const names = await readdir(folder);
    return names.filter(name => !name.startsWith('.')).sort();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw ioError(`list ${JSON.stringify(folder)}`, 'a readable folder', error);
  }
}

/** Undefined for a link that leads nowhere. */
async function isDirectory(path: string): Promise<boolean | undefined> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw ioError(`look at ${JSON.stringify(path)}`, 'a readable file', error);
  }
}

/** A handle is open only while a slice is read: data sets have many files. */
async function openFile(path: string): Promise<DataFile> {
  const operation = `read ${JSON.stringify(path)}`;
  const attempt = async <T>(work: (file: FileHandle) => Promise<T>): Promise<T> => {
    let file: FileHandle | undefined;
    try {
      file = await open(path);
      return await work(file);
    } catch (error) {
      throw ioError(operation, 'a readable file', error);
    } finally {
      await file?.close();
    }
  };
  const { size: byteLength } = await attempt(async file => {
    const facts = await file.stat();
    if (facts.isFile()) return facts;
    throw new GlyphError({
      kind: 'io',
      operation,
      expected: 'a file',
      actual: 'something else, e.g. a folder',
    });
  });
  return {
    byteLength,
    slice: (start, end) =>
      attempt(async file => {
        const bytes = new Uint8Array(Math.max(0, Math.min(end, byteLength) - start));
        let filled = 0;
        while (filled < bytes.length) {
          const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, start + filled);
          if (bytesRead === 0) throw cutOff(operation, byteLength, start + filled);
          filled += bytesRead;
        }
        return bytes;
      }),
  };
}

const cutOff = (operation: string, expected: number, actual: number) =>
  new GlyphError({
    kind: 'io',
    operation,
    expected: `${expected} bytes, as before`,
    actual: `a file that ends after ${actual}`,
  });

/** Node's file system, as tasks reach their data. */
export const dataFiles = { list: (folder: string) => list(folder), open: openFile };
