/**
 * Where a data set is written, as this floor sees it; a folder on disk has this shape without importing it. Several
 * writers may share one, as long as no two write the same shard at once.
 */

export interface DataStore {
  /** Undefined where there is none. */
  read(path: string): Promise<string | undefined>;
  /** Appears whole or not at all. */
  write(path: string, content: string): Promise<void>;
  /** Begins a shard anew: what an earlier writer left of it goes. */
  begin(shard: string): Promise<ShardFiles>;
}

/** The files of a shard that is not there yet. */
export interface ShardFiles {
  /** A whole file. */
  write(path: string, content: Uint8Array | string): Promise<void>;
  /** More of a file. */
  append(path: string, content: Uint8Array | string): Promise<void>;
  /** Of a file that is complete. */
  facts(path: string): Promise<{ readonly byteLength: number; readonly sha256: string }>;
  /** Moves files and folders to their place, in this order; what stands there already is replaced. */
  commit(paths: readonly string[]): Promise<void>;
  /** Forgets them. */
  drop(): Promise<void>;
}
