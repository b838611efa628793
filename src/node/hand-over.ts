/**
 * Rows of a data set into another folder, in another shape, with the images they name. Images are linked where both
 * folders are on one disk, else copied, so that a job folder is whole by itself and takes no room twice.
 */
import { copyFile, link, mkdir, open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { throwIfAborted } from '../base/index.ts';
import { errorCode, ioError } from './io-error.ts';
import { replaceWhole } from './write-file.ts';

/** A line in its new shape, and the files it names, relative to the data set and inside it. */
export interface ShapedLine {
  readonly line: string;
  readonly images: readonly string[];
}

export interface HandOver {
  readonly from: string;
  readonly to: string;
  /** Of rows, a line each; the same path in both folders. */
  readonly file: string;
  shape(line: string, where: string): ShapedLine;
  /** After each row. */
  onRow(images: number): void;
  readonly signal: AbortSignal;
}

/** @throws GlyphError kind `io`, `aborted`, or what `shape` throws */
export async function handOverRows({ from, to, file, shape, onRow, signal }: HandOver): Promise<void> {
  const final = join(to, file);
  await attempt(`write ${JSON.stringify(final)}`, async () => {
    await mkdir(dirname(final), { recursive: true });
    await replaceWhole(final, async temporary => {
      const source = await open(join(from, file));
      const target = await open(temporary, 'w');
      try {
        let number = 0;
        for await (const line of source.readLines()) {
          number++;
          throwIfAborted(signal, 'write rows');
          if (line === '') continue;
          const shaped = shape(line, `${file}:${number}`);
          for (const image of shaped.images) await linkOrCopy(join(from, image), join(to, image));
          await target.appendFile(`${shaped.line}\n`);
          onRow(shaped.images.length);
        }
      } finally {
        await target.close();
        await source.close();
      }
    });
  });
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' && (await mkdir(dirname(to), { recursive: true })) !== undefined)
      return await linkOrCopy(from, to);
    // What stands there may be of an earlier data set.
    if (code === 'EEXIST') {
      await rm(to);
      return await linkOrCopy(from, to);
    }
    if (code !== 'EXDEV' && code !== 'EPERM' && code !== 'EMLINK') throw error;
    await copyFile(from, to);
  }
}

async function attempt(operation: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw ioError(operation, 'room and permission to write', error);
  }
}
