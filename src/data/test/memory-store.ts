/** A data set in memory, which may break off after some number of operations, as a killed process does. */
import { sha256Hex } from '../../base/index.ts';
import type { DataStore, ShardFiles } from '../store.ts';

export interface MemoryStore extends DataStore {
  readonly files: Map<string, Uint8Array>;
  /** Operations until it breaks off. */
  left: number;
}

export class Killed extends Error {}

const bytesOf = (content: Uint8Array | string): Uint8Array =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content;

export function createMemoryStore(): MemoryStore {
  const store: MemoryStore = {
    files: new Map(),
    left: Number.POSITIVE_INFINITY,
    async read(path) {
      const bytes = store.files.get(path);
      return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
    },
    async write(path, content) {
      live();
      store.files.set(path, bytesOf(content));
    },
    async begin() {
      live();
      return shardFiles();
    },
  };
  const live = () => {
    if (store.left-- <= 0) throw new Killed('killed');
  };
  function shardFiles(): ShardFiles {
    const parts = new Map<string, Uint8Array[]>();
    const whole = (path: string) => Buffer.concat(parts.get(path) ?? []);
    return {
      async write(path, content) {
        live();
        parts.set(path, [bytesOf(content)]);
      },
      async append(path, content) {
        live();
        parts.set(path, [...(parts.get(path) ?? []), bytesOf(content)]);
      },
      facts: async path => ({ byteLength: whole(path).length, sha256: sha256Hex(whole(path)) }),
      async commit(paths) {
        for (const path of paths) {
          live(); // between any two of them
          const isThere = (name: string) => name === path || name.startsWith(`${path}/`);
          for (const name of [...store.files.keys()].filter(isThere)) store.files.delete(name);
          for (const name of [...parts.keys()].filter(isThere)) store.files.set(name, whole(name));
        }
      },
      async drop() {},
    };
  }
  return store;
}
