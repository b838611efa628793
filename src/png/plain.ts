/** The compressor in plain TypeScript, for where WebAssembly or its SIMD is missing: the kernel's twin, same bytes. */
import type { Bitmap } from '../base/index.ts';
import { BitWriter } from './bit-writer.ts';
import { adler32 } from './checksum.ts';
import { chunkOverhead, frameChunk } from './chunk.ts';
import { type Compressor, maxChunkLength, maxTokensLength, windowLength } from './compressor.ts';
import { writeBlock } from './deflate.ts';
import type { PixelStorage } from './format.ts';
import { bins, MatchFinder, type Tokens } from './lz.ts';
import { packRow } from './pack.ts';

/** Bytes after a block that match finding may read; the first 16 must be zero. */
const padding = 64;

/** Memory for blocks of up to a length. */
interface Workspace {
  readonly maxBlockLength: number;
  /** The window, then the block's scanlines. */
  readonly bytes: Uint8Array;
  readonly finder: MatchFinder;
  readonly tokens: Tokens;
  readonly writer: BitWriter;
}

function createWorkspace(maxBlockLength: number): Workspace {
  const bytes = new Uint8Array((windowLength + maxBlockLength + padding + 7) & ~7);
  const fields = new Uint16Array(maxTokensLength(maxBlockLength) / 2);
  const tokens = {
    fields,
    count: 0,
    literalCounts: new Uint32Array(bins),
    distanceCounts: new Uint32Array(bins),
  };
  const writer = new BitWriter(new Uint8Array(maxChunkLength(maxBlockLength)));
  return { maxBlockLength, bytes, finder: new MatchFinder(bytes), tokens, writer };
}

export class PlainCompressor implements Compressor {
  #workspace: Workspace | undefined;
  #bitmap: Bitmap | undefined;
  #storage: PixelStorage | undefined;
  #row = 0;
  #pixelSum = 1;

  begin(bitmap: Bitmap, storage: PixelStorage, maxBlockLength: number): void {
    if (this.#workspace === undefined || this.#workspace.maxBlockLength < maxBlockLength) {
      this.#workspace = createWorkspace(maxBlockLength);
    }
    this.#bitmap = bitmap;
    this.#storage = storage;
    this.#row = 0;
    this.#pixelSum = 1;
    this.#workspace.writer.reset();
  }

  nextChunk(rows: number, place: 'inner' | 'last'): Uint8Array {
    const { bytes, finder, tokens, writer } = this.#workspace!;
    const { data, offset, stride, widthPx } = this.#bitmap!;
    const { packing, background } = this.#storage!;
    const isFirst = this.#row === 0;
    let end = windowLength;
    for (const stop = this.#row + rows; this.#row < stop; this.#row++) {
      end = packRow(data, offset + this.#row * stride, widthPx, packing, bytes, end);
    }
    bytes.fill(0, end, end + padding);
    writer.at = 8;
    if (isFirst) writer.putBytes(0x78, 0x01); // zlib: deflate, 32 KiB window, fastest compression
    finder.tokenise(end, background, isFirst ? 'none' : 'window', tokens);
    writeBlock(writer, tokens, place);
    this.#pixelSum = adler32(bytes.subarray(windowLength, end), this.#pixelSum);
    if (place === 'last') {
      writer.flush();
      const sum = this.#pixelSum;
      writer.putBytes(sum >>> 24, (sum >>> 16) & 255, (sum >>> 8) & 255, sum & 255);
    } else bytes.copyWithin(0, end - windowLength, end);
    frameChunk(writer.bytes, 0, 'IDAT', writer.at - 8);
    return writer.bytes.subarray(0, writer.at - 8 + chunkOverhead);
  }
}
