/** Data files in memory, as a user's folder would hold them. */
import { GlyphError } from '../../base/index.ts';
import type { DataFiles } from '../data/data-files.ts';

export function memoryFiles(contents: Readonly<Record<string, string | Uint8Array>>): DataFiles {
  return {
    list: async folder => Object.keys(contents).filter(path => path.startsWith(`${folder}/`)),
    async open(path) {
      const content = contents[path];
      if (content === undefined) {
        throw new GlyphError({ kind: 'io', operation: `read ${path}`, expected: 'a file', actual: 'none' });
      }
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
      return { byteLength: bytes.length, slice: async (start, end) => bytes.slice(start, end) };
    },
  };
}

/** Rows as a JSONL file; a string stands for a line as it is. */
export const jsonLines = (...rows: readonly unknown[]): string =>
  rows.map(row => `${typeof row === 'string' ? row : JSON.stringify(row)}\n`).join('');
