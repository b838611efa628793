/**
 * Bytes of files and streams in blocks, in bounded memory. What can be read only once (standard input, a pipe) is first
 * copied to a nameless temporary file, because a source is read twice: once for its hash, once for its text.
 */
import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { throwIfAborted } from '../base/index.ts';

const blockLength = 1 << 18;

/** Yields blocks that are overwritten by the next one. */
export async function* readBlocks(handle: FileHandle): AsyncGenerator<Uint8Array> {
  const block = new Uint8Array(blockLength);
  for (let position = 0; ; ) {
    const { bytesRead } = await handle.read(block, 0, block.length, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield block.subarray(0, bytesRead);
  }
}

/** What the first pass over a source tells. */
export interface BytesFacts {
  readonly byteLength: number;
  /** 64 hex digits. */
  readonly sha256: string;
}

/** Hashes all blocks; `onBlock` sees each. @throws GlyphError kind `aborted` when the signal fires. */
export async function hashBlocks(
  blocks: AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
  onBlock: (block: Uint8Array) => void,
): Promise<BytesFacts> {
  const hash = createHash('sha256');
  let byteLength = 0;
  for await (const block of blocks) {
    throwIfAborted(signal, 'read the source');
    hash.update(block);
    byteLength += block.length;
    onBlock(block);
  }
  return { byteLength, sha256: hash.digest('hex') };
}

/** A file that has no name any more, so that nothing is left behind however the process ends. */
export async function openNameless(): Promise<FileHandle> {
  const path = join(tmpdir(), `glyph-${randomUUID()}`);
  const handle = await open(path, 'wx+', 0o600);
  await unlink(path);
  return handle;
}

/** Writes all of `bytes` at the file's current position. */
export async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length; ) done += (await handle.write(bytes, done)).bytesWritten;
}

/** Copies a stream to a nameless file. @throws GlyphError kind `aborted` when the signal fires. */
export async function spool(
  stream: AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): Promise<FileHandle> {
  const handle = await openNameless();
  try {
    for await (const block of stream) {
      throwIfAborted(signal, 'read the source');
      await writeAll(handle, block);
    }
    throwIfAborted(signal, 'read the source');
    return handle;
  } catch (error) {
    await handle.close();
    throwIfAborted(signal, 'read the source'); // a stream destroyed by the abort fails in its own words
    throw error;
  }
}
