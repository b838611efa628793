/**
 * A data set's folder on disk. A shard's files are written to a hidden folder and renamed when all are there, so that a
 * kill leaves nothing half-written in sight. Its shape is the `DataStore` of training data, which this floor does not know.
 */
import { createHash, type Hash, randomUUID } from 'node:crypto';
import {
  type FileHandle,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode, ioError } from './io-error.ts';

interface ShardFiles {
  write(path: string, content: Uint8Array | string): Promise<void>;
  append(path: string, content: Uint8Array | string): Promise<void>;
  facts(path: string): Promise<{ readonly byteLength: number; readonly sha256: string }>;
  commit(paths: readonly string[]): Promise<void>;
  drop(): Promise<void>;
}

export interface ShardFolder {
  read(path: string): Promise<string | undefined>;
  write(path: string, content: string): Promise<void>;
  begin(shard: string): Promise<ShardFiles>;
}

/** The folder is made where it is missing. All methods throw GlyphError kind `io`. */
export async function openShardFolder(folder: string): Promise<ShardFolder> {
  await attempt(`make ${JSON.stringify(folder)}`, () => mkdir(folder, { recursive: true }));
  const place = (path: string) => join(folder, path);
  return {
    read: path => readIfThere(place(path)),
    write: (path, content) =>
      attempt(`write ${JSON.stringify(place(path))}`, async () => {
        // A name of its own: two workers may find the data set complete at the same moment.
        const temporary = place(`.${path}.${randomUUID()}.tmp`);
        await writeFile(temporary, content);
        await rename(temporary, place(path));
      }),
    begin: shard =>
      attempt(`begin ${JSON.stringify(place(shard))}`, async () => {
        const prefix = `.${shard}.`;
        for (const name of await readdir(folder)) {
          if (name.startsWith(prefix)) await rm(place(name), { recursive: true, force: true });
        }
        return shardFiles(await mkdtemp(place(prefix)), folder);
      }),
  };
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw ioError(`read ${JSON.stringify(path)}`, 'a readable file', error);
  }
}

interface OpenFile {
  readonly handle: FileHandle;
  readonly hash: Hash;
  byteLength: number;
}

function shardFiles(temporary: string, folder: string): ShardFiles {
  const files = new Map<string, OpenFile>();
  const made = new Set<string>();
  /** Makes the folders of a path one by one: that of the shard must not come back once another writer removed it. */
  const place = async (path: string) => {
    let parent = temporary;
    for (const name of path.split('/').slice(0, -1)) {
      parent = join(parent, name);
      if (!made.has(parent)) await mkdir(parent);
      made.add(parent);
    }
    return join(temporary, path);
  };
  const closeAll = async () => {
    for (const { handle } of files.values()) await handle.close();
    files.clear();
  };
  return {
    write: (path, content) =>
      attempt(`write ${JSON.stringify(path)}`, async () => writeFile(await place(path), content)),
    append: (path, content) =>
      attempt(`write ${JSON.stringify(path)}`, async () => {
        const file = files.get(path) ?? {
          handle: await open(await place(path), 'w'),
          hash: createHash('sha256'),
          byteLength: 0,
        };
        files.set(path, file);
        const bytes = typeof content === 'string' ? Buffer.from(content) : content;
        await file.handle.appendFile(bytes);
        file.hash.update(bytes);
        file.byteLength += bytes.length;
      }),
    async facts(path) {
      const file = files.get(path);
      return {
        byteLength: file?.byteLength ?? 0,
        sha256: (file?.hash ?? createHash('sha256')).copy().digest('hex'),
      };
    },
    commit: paths =>
      attempt(`move a shard to ${JSON.stringify(folder)}`, async () => {
        await closeAll();
        for (const path of paths) {
          const final = join(folder, path);
          await mkdir(dirname(final), { recursive: true });
          await rm(final, { recursive: true, force: true });
          await rename(join(temporary, path), final);
        }
      }),
    drop: () =>
      attempt(`remove ${JSON.stringify(temporary)}`, async () => {
        await closeAll();
        await rm(temporary, { recursive: true, force: true });
      }),
  };
}

async function attempt<T>(operation: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw ioError(operation, 'room and permission to write', error);
  }
}
