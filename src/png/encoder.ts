/**
 * Bitmap → PNG bytes: the last step before a page is a message's image, and the one that takes longest. Pages are text
 * on a bare background, and all here is made for them: few grey levels, no filter, a deflate of one cheap look-up a
 * byte. Ordinary pages are one deflate block; large ones several, so that memory stays bounded.
 */
import { type Bitmap, GlyphError, KernelMemory } from '../base/index.ts';
import { headOf, joined, tail } from './chunk.ts';
import { type Compressor, ordinaryBlockLength } from './compressor.ts';
import { checkBitmap, type PixelStorage, type PngFormat, pixelStorage, rowByteLength } from './format.ts';
import { createKernelCompressor } from './kernel.ts';
import { PlainCompressor } from './plain.ts';

export interface PngEncoder {
  /** What compresses: the WebAssembly kernel or its twin. */
  readonly engine: 'wasm' | 'typescript';
  /**
   * A whole PNG file, in memory of its own. The same pixels and format give the same bytes on any machine and engine.
   * @throws GlyphError of kind `input` where bitmap and format do not fit, `internal` where memory runs out.
   */
  encode(bitmap: Bitmap, format: PngFormat): Uint8Array<ArrayBuffer>;
}

/**
 * An encoder that works in `memory`; bitmaps that lie there are read in place, others copied there, which may make it
 * grow. A memory without WebAssembly, or a run-time without its SIMD, makes it use plain TypeScript.
 */
export function createPngEncoder(memory: KernelMemory = new KernelMemory()): PngEncoder {
  const kernel = createKernelCompressor(memory);
  const compressor = kernel ?? new PlainCompressor();
  return {
    engine: kernel === undefined ? 'typescript' : 'wasm',
    encode(bitmap, format) {
      const storage = pixelStorage(format);
      checkBitmap(bitmap);
      if (format.content === 'index') checkIndices(bitmap, format.palette.length / 3);
      return encode(compressor, bitmap, storage);
    },
  };
}

function encode(compressor: Compressor, bitmap: Bitmap, storage: PixelStorage): Uint8Array<ArrayBuffer> {
  const { widthPx, heightPx } = bitmap;
  const rowLength = 1 + rowByteLength(widthPx, storage.bitDepth);
  const blocks = Math.ceil(heightPx / Math.max(1, Math.floor(ordinaryBlockLength / rowLength)));
  const rowsABlock = Math.ceil(heightPx / blocks);
  const head = headOf(storage, widthPx, heightPx);
  compressor.begin(bitmap, storage, Math.max(ordinaryBlockLength, rowLength));
  if (blocks === 1) return joined([head, compressor.nextChunk(heightPx, 'last'), tail]);
  const chunks: Uint8Array[] = [];
  for (let row = 0; row < heightPx; row += rowsABlock) {
    const rows = Math.min(rowsABlock, heightPx - row);
    chunks.push(compressor.nextChunk(rows, row + rows === heightPx ? 'last' : 'inner').slice());
  }
  return joined([head, ...chunks, tail]);
}

/** @throws GlyphError of kind `input` where a pixel has no colour. */
function checkIndices({ data, offset, stride, widthPx, heightPx }: Bitmap, colors: number): void {
  if (colors === 256) return;
  for (let y = 0; y < heightPx; y++) {
    const row = offset + y * stride;
    for (let i = row; i < row + widthPx; i++) {
      if (data[i]! < colors) continue;
      const expected = `indices into a palette of ${colors} colours`;
      throw new GlyphError({
        kind: 'input',
        operation: 'encode a PNG',
        expected,
        actual: `${data[i]} in row ${y}`,
      });
    }
  }
}
