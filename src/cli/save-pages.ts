/** Writes the images of a request to a folder, numbered as the model is told. */
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Compressed } from '../compress/index.ts';
import { ioError, pageFileName, writeWhole } from '../node/index.ts';

/** @returns the folder: a new temporary one unless given */
export async function savePages({ requests }: Compressed, folder: string | undefined): Promise<string> {
  const target = folder ?? (await mkdtemp(join(tmpdir(), 'glyph-ask-')));
  let number = 0;
  try {
    await mkdir(target, { recursive: true });
    for (const { messages } of requests) {
      for (const part of messages.flatMap(message => message.parts)) {
        if (part.type === 'image') await writeWhole(join(target, pageFileName(++number)), part.bytes);
      }
    }
  } catch (error) {
    throw ioError(`write pages to ${JSON.stringify(target)}`, 'a writable folder', error);
  }
  return target;
}
