/**
 * A run's folder on disk: lines that outlive a loss of power once added, files that appear whole or not at all, and one
 * writer at a time. Its shape is the `RunStore` of evaluation, which this floor does not know.
 */
import { type FileHandle, mkdir, open, readFile, realpath, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { GlyphError } from '../base/index.ts';
import { lockFolder } from './folder-lock.ts';
import { errorCode, ioError } from './io-error.ts';
import { type WriteFile, writeWhole } from './write-file.ts';

export interface RunFolder {
  /** As given. */
  readonly path: string;
  /** Undefined where there is none. @throws GlyphError kind `io` */
  read(name: string): Promise<string | undefined>;
  readBytes(name: string): Promise<Uint8Array | undefined>;
  append(name: string, line: string): Promise<void>;
  write(name: string, content: string | Uint8Array): Promise<void>;
  remove(name: string): Promise<void>;
  /** Lets the next writer in. */
  close(): Promise<void>;
}

export type RunAccess = 'read' | 'write' | 'create';

/**
 * @param access `create` makes the folder if it is missing; both it and `write` lock it
 * @throws GlyphError kind `io` where it cannot be made, or another process writes to it
 */
export async function openRunFolder(path: string, access: RunAccess): Promise<RunFolder> {
  const unlock = access === 'read' ? async () => {} : await lock(path, access);
  const files = new Map<string, Promise<FileHandle>>();
  const place = (name: string) => join(path, name);

  /** Lines wait for those before them, so that none stands inside another. */
  let appending: Promise<unknown> = Promise.resolve();
  async function appendNow(name: string, line: string): Promise<void> {
    const handle = files.get(name) ?? open(place(name), 'a');
    files.set(name, handle);
    const file = await handle;
    await file.appendFile(`${line}\n`);
    await file.datasync();
  }

  async function closeFile(name: string): Promise<void> {
    const file = files.get(name);
    files.delete(name);
    await (await file?.catch(() => undefined))?.close();
  }

  return {
    path,
    async read(name) {
      return (await readIfThere(place(name)))?.toString('utf8');
    },
    readBytes: name => readIfThere(place(name)),
    async append(name, line) {
      const done = appending.then(() => appendNow(name, line));
      appending = done.catch(() => {}); // reported to whom it concerns
      await attempt(`add to ${JSON.stringify(place(name))}`, () => done);
    },
    async write(name, content) {
      await attempt(`write ${JSON.stringify(place(name))}`, async () => {
        await closeFile(name); // its handle would go on writing to the file that is replaced
        await mkdir(dirname(place(name)), { recursive: true });
        await writeWhole(place(name), content, writeDurably);
      });
    },
    async remove(name) {
      await closeFile(name);
      await attempt(`remove ${JSON.stringify(place(name))}`, () => rm(place(name), { force: true }));
    },
    async close() {
      await appending;
      for (const name of [...files.keys()]) await closeFile(name);
      await unlock();
    },
  };
}

async function lock(path: string, access: RunAccess): Promise<() => Promise<void>> {
  return await attempt(`open the run in ${JSON.stringify(path)}`, async operation => {
    if (access === 'create') await mkdir(path, { recursive: true });
    try {
      return await lockFolder(await realpath(path));
    } catch (error) {
      if (!(error instanceof GlyphError)) throw error;
      const { kind, expected, actual, hint } = error;
      throw new GlyphError({
        kind,
        operation,
        expected,
        actual,
        cause: error,
        ...(hint === undefined ? {} : { hint }),
      });
    }
  });
}

const writeDurably: WriteFile = async (path, bytes) => {
  const file = await open(path, 'w');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
};

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw ioError(`read ${JSON.stringify(path)}`, 'a readable file', error);
  }
}

async function attempt<T>(operation: string, work: (operation: string) => Promise<T>): Promise<T> {
  try {
    return await work(operation);
  } catch (error) {
    throw ioError(operation, 'room and permission to write', error);
  }
}
