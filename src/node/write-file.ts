/**
 * Files that appear whole or not at all: written beside their place under a hidden name, then renamed. A failed write
 * leaves nothing.
 */
import { rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ioError } from './io-error.ts';

/** Writes bytes to a path; Node's own unless a test puts a failing one in its place. */
export type WriteFile = (path: string, bytes: Uint8Array | string) => Promise<void>;

export const plainWriteFile: WriteFile = (path, bytes) => writeFile(path, bytes);

/** Where a file lies while it is written. */
export const temporaryPath = (path: string): string => join(dirname(path), `.${basename(path)}.tmp`);

/** Whether a name in a folder is such a file, left by a process that was killed. */
export const isTemporaryName = (name: string): boolean =>
  /^\.(page-\d{4,}\.png|manifest\.json|\.render-state\.json)\.tmp$/.test(name);

/** @throws GlyphError kind `io`. */
export async function writeWhole(
  path: string,
  bytes: Uint8Array | string,
  write: WriteFile = plainWriteFile,
): Promise<void> {
  await replaceWhole(path, temporary => write(temporary, bytes));
}

/** Lets `fill` write the file under its hidden name, then shows it. @throws GlyphError kind `io`. */
export async function replaceWhole(path: string, fill: (temporary: string) => Promise<void>): Promise<void> {
  const temporary = temporaryPath(path);
  try {
    await fill(temporary);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {}); // the first failure is the one to report
    throw ioError(`write ${JSON.stringify(path)}`, 'room and permission to write', error);
  }
}
