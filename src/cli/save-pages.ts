/** Writes the page images of a request to a folder, numbered as the model is told; pages sent as text have none. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Compressed } from '../compress/index.ts';
import { ioError, makeFolder, pageFileName, writeWhole } from '../node/index.ts';

/** @returns the folder: a new temporary one unless given */
export async function savePages({ requests }: Compressed, folder: string | undefined): Promise<string> {
  const target = folder ?? (await mkdtemp(join(tmpdir(), 'glyph-ask-')));
  try {
    await makeFolder(target);
    for (const [number, { bytes }] of requests.flatMap(request => [...request.images])) {
      await writeWhole(join(target, pageFileName(number)), bytes);
    }
  } catch (error) {
    throw ioError(`write pages to ${JSON.stringify(target)}`, 'a writable folder', error);
  }
  return target;
}
