/** Makes folders. */
import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode } from './io-error.ts';

/** With its parents. Node's own way of doing this never ends where a folder exists that takes none, such as /proc. */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    const parent = dirname(folder);
    if (errorCode(error) === 'EEXIST' && (await stat(folder)).isDirectory()) return;
    const isParentMissing =
      errorCode(error) === 'ENOENT' && (await stat(parent).catch(() => undefined)) === undefined;
    if (!isParentMissing || parent === folder) throw error;
    await makeFolder(parent);
    await mkdir(folder);
  }
}
