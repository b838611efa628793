/**
 * Writes a manifest while its pages are being drawn: totals come first in the file but are known last, and a long text
 * has more lines than fit in memory, so what does not fit waits in a nameless file.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { type ManifestHead, type ManifestPage, manifestName } from './manifest.ts';
import { openNameless, readBlocks, writeAll } from './read-bytes.ts';
import { replaceWhole } from './write-file.ts';

/** Characters of page entries kept in memory. */
const maxPending = 1 << 22;

export class ManifestWriter {
  #pending: string[] = [];
  #pendingLength = 0;
  #count = 0;
  #overflow: FileHandle | undefined;

  async add(page: ManifestPage): Promise<void> {
    const entry = `${this.#count === 0 ? '\n    ' : ',\n    '}${JSON.stringify(page)}`;
    this.#count++;
    this.#pending.push(entry);
    this.#pendingLength += entry.length;
    if (this.#pendingLength < maxPending) return;
    this.#overflow ??= await openNameless();
    await writeAll(this.#overflow, this.#takePending());
  }

  /** Writes the manifest whole. @throws GlyphError kind `io`. */
  async finish(folder: string, head: ManifestHead): Promise<void> {
    const text = JSON.stringify(head, undefined, 2);
    await replaceWhole(join(folder, manifestName), async temporary => {
      const file = await open(temporary, 'w');
      try {
        await writeAll(file, Buffer.from(`${text.slice(0, -2)},\n  "pages": [`));
        if (this.#overflow !== undefined) {
          for await (const block of readBlocks(this.#overflow)) await writeAll(file, block);
        }
        await writeAll(file, this.#takePending());
        await writeAll(file, Buffer.from(this.#count === 0 ? ']\n}\n' : '\n  ]\n}\n'));
      } finally {
        await file.close();
      }
    });
  }

  async close(): Promise<void> {
    await this.#overflow?.close();
    this.#overflow = undefined;
  }

  #takePending(): Buffer {
    const bytes = Buffer.from(this.#pending.join(''));
    this.#pending = [];
    this.#pendingLength = 0;
    return bytes;
  }
}
