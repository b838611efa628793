/**
 * What the WebAssembly kernel and its twin in plain TypeScript have in common: the turning of a bitmap's rows into IDAT
 * chunks. Both write the same bytes; a test holds them to it.
 */
import type { Bitmap } from '../base/index.ts';
import type { PixelStorage } from './format.ts';

export interface Compressor {
  /** Begins an image whose blocks have at most `maxBlockLength` bytes of scanlines. */
  begin(bitmap: Bitmap, storage: PixelStorage, maxBlockLength: number): void;
  /**
   * The next `rows` rows as one whole IDAT chunk with a deflate block of its own; `place` says whether the image ends
   * with them. The chunk's bytes are overwritten by the next call.
   */
  nextChunk(rows: number, place: 'inner' | 'last'): Uint8Array;
}

/** Bytes of scanlines a deflate block holds unless one row is longer: an 8-bit page at 72 dpi is one block. */
export const ordinaryBlockLength = 0x80000;

/** Deflate's window, bytes: what a block remembers of the block before it. */
export const windowLength = 0x8000;

/** Bytes of tokens that so many bytes of scanlines may need: 8 for every two, for the first and for the last. */
export function maxTokensLength(blockLength: number): number {
  return 4 * blockLength + 32;
}

/** Bytes that a chunk may need: with code lengths of at most 13 bits a block cannot double its size. */
export function maxChunkLength(blockLength: number): number {
  return 2 * blockLength + 4096;
}
