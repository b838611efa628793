/**
 * A folder as the store of a memory: it has the shape of `MemoryStore` in `compress/memory/` without importing it, since
 * folders on one floor do not know each other. Paths never leave the folder, by name or by symbolic link.
 */
import { constants } from 'node:fs';
import { open, readdir, readFile, realpath, rm } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { GlyphError } from '../base/index.ts';
import { lockFolder } from './folder-lock.ts';
import { errorCode, ioError } from './io-error.ts';
import { makeFolder } from './make-folder.ts';
import { writeWhole } from './write-file.ts';

/** See `MemoryStore` for what each promises. All throw GlyphError kind `io`. */
export interface MemoryFolder {
  lock(): Promise<() => Promise<void>>;
  read(name: string): Promise<Uint8Array | undefined>;
  append(name: string, offset: number, bytes: Uint8Array): Promise<void>;
  write(name: string, bytes: Uint8Array): Promise<void>;
  list(folder: string): Promise<readonly string[]>;
  remove(name: string): Promise<void>;
}

/** Opens a folder; it is made where it is not there. @throws GlyphError kind `io` */
export async function openMemoryFolder(path: string): Promise<MemoryFolder> {
  const root = await attempt('open the folder', path, 'a folder to write to', async () => {
    await makeFolder(path);
    return realpath(path);
  });
  const within = async <T>(
    what: string,
    name: string,
    expected: string,
    work: (file: string) => Promise<T>,
  ): Promise<T> => attempt(what, join(path, name), expected, async () => work(await placeOf(root, name)));
  return {
    lock: () => attempt('lock the folder', path, 'permission to write', () => lockFolder(root)),
    read: name => within('read', name, 'a readable file', file => unlessMissing(readFile(file))),
    append: (name, offset, bytes) =>
      within('append to', name, 'room and permission to write', file => appendDurably(file, offset, bytes)),
    write: (name, bytes) =>
      within('write', name, 'room and permission to write', file => writeWhole(file, bytes)),
    list: name =>
      within('list', name, 'a readable folder', async folder => {
        const entries = (await unlessMissing(readdir(folder, { withFileTypes: true }))) ?? [];
        return entries.filter(entry => entry.isFile()).map(entry => entry.name);
      }),
    remove: name => within('remove', name, 'permission to write', file => rm(file, { force: true })),
  };
}

async function attempt<T>(what: string, path: string, expected: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw ioError(`${what} ${JSON.stringify(path)}`, expected, error);
  }
}

async function unlessMissing<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** The path of a name like "pages/t0-000001.png"; the folder it lies in is made. */
async function placeOf(root: string, name: string): Promise<string> {
  const isPlain = name.split('/').every(each => /^[\w.-]+$/.test(each) && !/^\.+$/.test(each));
  if (!isPlain) throw outside(name);
  const path = join(root, name);
  const folder = dirname(path);
  if (folder !== root) await makeFolder(folder);
  const real = await realpath(folder);
  if (real !== root && !real.startsWith(root + sep)) throw outside(name);
  return path;
}

const outside = (name: string) =>
  new GlyphError({
    kind: 'io',
    operation: 'use a file of a memory',
    expected: 'a name that stays inside its folder',
    actual: JSON.stringify(name),
  });

/** Cuts a file at `offset`, adds `bytes` and waits until the disk has them. */
async function appendDurably(path: string, offset: number, bytes: Uint8Array): Promise<void> {
  const file = await open(path, constants.O_RDWR | constants.O_CREAT);
  try {
    const { size } = await file.stat();
    if (size < offset) throw new Error(`a file ${offset - size} bytes shorter than before`);
    if (size > offset) await file.truncate(offset);
    for (let done = 0; done < bytes.length; ) {
      done += (await file.write(bytes, done, bytes.length - done, offset + done)).bytesWritten;
    }
    await file.sync();
  } finally {
    await file.close();
  }
  if (offset === 0) await syncFolder(dirname(path));
}

/** Until a folder is on the disk, so is no new file in it. Windows has no such call and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
