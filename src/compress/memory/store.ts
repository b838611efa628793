/**
 * Where a memory keeps its state: a few files by name, kept by whoever has a disk (`openMemoryFolder` in Node) or in
 * memory. Names are relative and use "/", e.g. "pages/t0-000001.png".
 */
import { GlyphError } from '../../base/index.ts';

export interface MemoryStore {
  /**
   * Takes the place of the one writer.
   * @returns what gives it back
   * @throws GlyphError kind `io` where another writer has it
   */
  lock(): Promise<() => Promise<void>>;
  /** The bytes of a file; undefined where there is none. */
  read(name: string): Promise<Uint8Array | undefined>;
  /**
   * Ends a file with `bytes` at `offset`; what lay behind `offset` goes. Safe on the disk once it resolves; a crash
   * before may leave any beginning of `bytes`, and never touches what lies before `offset`.
   */
  append(name: string, offset: number, bytes: Uint8Array): Promise<void>;
  /** Writes a file whole or not at all. It need not outlive a loss of power: what is written so can be derived again. */
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** Names of the files in a folder, without the folder; none where it is missing. */
  list(folder: string): Promise<readonly string[]>;
  /** Removes a file; one that is missing is no matter. */
  remove(name: string): Promise<void>;
}

/** A store that is gone with the process. Given the map of an earlier one, it goes on with its files. */
export function createMemoryStore(files: Map<string, Uint8Array> = new Map()): MemoryStore {
  let isLocked = false;
  return {
    async lock() {
      if (isLocked) throw lockedByAnother('another memory over the same store');
      isLocked = true;
      return async () => {
        isLocked = false;
      };
    },
    read: async name => files.get(name),
    async append(name, offset, bytes) {
      const kept = (files.get(name) ?? new Uint8Array()).subarray(0, offset);
      const joined = new Uint8Array(offset + bytes.length);
      joined.set(kept);
      joined.set(bytes, offset);
      files.set(name, joined);
    },
    async write(name, bytes) {
      files.set(name, bytes.slice());
    },
    async list(folder) {
      const start = `${folder}/`;
      return [...files.keys()].filter(name => name.startsWith(start)).map(name => name.slice(start.length));
    },
    async remove(name) {
      files.delete(name);
    },
  };
}

const lockedByAnother = (holder: string) =>
  new GlyphError({
    kind: 'io',
    operation: 'open a memory',
    expected: 'no other writer',
    actual: holder,
    hint: 'close the other one first',
  });
