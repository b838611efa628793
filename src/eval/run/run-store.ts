/** Where a run is kept: a folder as the core sees it. Node's file system offers one, tests hold one in memory. */

export interface RunStore {
  /** A file as text; undefined where there is none. @throws GlyphError kind `io` */
  read(name: string): Promise<string | undefined>;
  readBytes(name: string): Promise<Uint8Array | undefined>;
  /** Adds a line to a file. When it returns, the line outlives a loss of power; a crash before may leave half of it. */
  append(name: string, line: string): Promise<void>;
  /** Writes a file whole or not at all. `name` may be in a folder below, e.g. "pages/1.png". */
  write(name: string, content: string | Uint8Array): Promise<void>;
  /** Removes a file if there is one. */
  remove(name: string): Promise<void>;
}

export const fileNames = {
  run: 'run.json',
  samples: 'samples.jsonl',
  answers: 'answers.jsonl',
  judgements: 'judgements.jsonl',
  pages: 'pages.jsonl',
  scores: 'scores.jsonl',
  summary: 'summary.json',
  /** Written last: its presence means that the run is complete. */
  manifest: 'manifest.json',
} as const;

/** A store that is gone with the program, e.g. for a dry run. */
export function createMemoryStore(): RunStore {
  const files = new Map<string, Uint8Array>();
  const encode = (content: string | Uint8Array) =>
    typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const readBytes = async (name: string) => files.get(name);
  const read = async (name: string) => {
    const bytes = files.get(name);
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
  };
  return {
    read,
    readBytes,
    append: async (name, line) => {
      files.set(name, encode(`${(await read(name)) ?? ''}${line}\n`));
    },
    write: async (name, content) => {
      files.set(name, encode(content));
    },
    remove: async name => {
      files.delete(name);
    },
  };
}
