/** For tests: a run's folder in memory, which may break off after some number of writes, as a killed process does. */
import type { RunStore } from '../run.ts';

export class Killed extends Error {}

export interface MemoryRun extends RunStore {
  readonly files: Map<string, Uint8Array>;
  /** Writes until it breaks off; the last one, if it is a line, leaves half of it. */
  left: number;
}

export function createMemoryRun(): MemoryRun {
  const text = (bytes: Uint8Array | undefined) =>
    bytes === undefined ? undefined : new TextDecoder().decode(bytes);
  const bytesOf = (content: string | Uint8Array) =>
    typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const run: MemoryRun = {
    files: new Map(),
    left: Number.POSITIVE_INFINITY,
    read: async name => text(run.files.get(name)),
    readBytes: async name => run.files.get(name),
    async append(name, line) {
      const isLast = run.left-- <= 0;
      const added = isLast ? line.slice(0, line.length / 2) : `${line}\n`;
      run.files.set(name, bytesOf((text(run.files.get(name)) ?? '') + added));
      if (isLast) throw new Killed('killed');
    },
    async write(name, content) {
      if (run.left-- <= 0) throw new Killed('killed');
      run.files.set(name, bytesOf(content));
    },
  };
  return run;
}
