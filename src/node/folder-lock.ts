/**
 * One writer at a time in a folder: each leaves a file named after its process and gives way where another such process
 * is running. Two that start at the same moment may both give way; never do both go on. Of a process that was killed
 * only the name is left, and goes. All writers must be on one machine.
 */
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GlyphError } from '../base/index.ts';
import { errorCode } from './io-error.ts';

/** Folders locked by this process, by their real path: its id may once have been that of a killed one. */
const lockedHere = new Set<string>();

/**
 * @param folder its real path
 * @returns what lets the next writer in
 * @throws GlyphError kind `io` where there is another writer
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  if (lockedHere.has(folder)) throw anotherWriter(folder, process.pid);
  lockedHere.add(folder);
  const own = join(folder, lockName(process.pid));
  const unlock = async () => {
    await rm(own, { force: true });
    lockedHere.delete(folder);
  };
  try {
    await writeFile(own, '');
    await giveWay(folder);
    return unlock;
  } catch (error) {
    await unlock();
    throw error;
  }
}

const lockName = (pid: number): string => `writer-${pid}.lock`;

async function giveWay(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = Number(/^writer-(\d+)\.lock$/.exec(name)?.[1] ?? process.pid);
    if (pid === process.pid) continue;
    if (isRunning(pid)) throw anotherWriter(folder, pid);
    await rm(join(folder, name), { force: true });
  }
}

/** Signal 0 only asks. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) !== 'ESRCH';
  }
}

const anotherWriter = (folder: string, pid: number) =>
  new GlyphError({
    kind: 'io',
    operation: `open the memory in ${JSON.stringify(folder)}`,
    expected: 'no other writer',
    actual: pid === process.pid ? 'one in this process' : `one in process ${pid}`,
    hint: `close it first; if that process is another program, remove ${lockName(pid)}`,
  });
