/** A reader's checkpoint from the folder of its three files, or from a training run that left one in its `model/`. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReaderCheckpoint } from '../reader/index.ts';
import { errorCode, ioError } from './io-error.ts';

/** @throws GlyphError kind `io` for files that are missing, else as `readCheckpoint` */
export async function readModelFolder(path: string): Promise<ReaderCheckpoint> {
  const { readCheckpoint } = await import('../reader/index.ts'); // loads nothing where no reader is asked for
  const inRun = join(path, 'model');
  return readCheckpoint((await readFiles(inRun)) ?? (await readFiles(path)) ?? (await missing(path)));
}

/** Undefined where the folder has no config of a reader. */
async function readFiles(folder: string) {
  try {
    return {
      'config.json': await readFile(join(folder, 'config.json'), 'utf8'),
      'vocabulary.json': await readFile(join(folder, 'vocabulary.json'), 'utf8'),
      'model.safetensors': await readFile(join(folder, 'model.safetensors')),
    };
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return undefined;
    throw ioError(`read ${JSON.stringify(folder)}`, 'readable files', error);
  }
}

async function missing(path: string): Promise<never> {
  throw ioError(
    `open the reader in ${JSON.stringify(path)}`,
    'config.json, vocabulary.json and model.safetensors, there or in model/',
    new Error('not all of them'),
  );
}
