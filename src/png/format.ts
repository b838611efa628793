/**
 * What a PNG's pixels are and how they are stored (PNG specification, third edition, section 6): palette colours of 1,
 * 2, 4 or 8 bits, or 8-bit grey where the colours are all grey. Checked here once, before any byte is written.
 */
import { type Bitmap, GlyphError } from '../base/index.ts';

export interface PngFormat {
  /** Bits a pixel of the file. */
  readonly bitDepth: 1 | 2 | 4 | 8;
  /**
   * What the bitmap's bytes are. `coverage`: ink from 0 (bare background) to 255, rounded to the nearest of the
   * 2^bitDepth levels. `index`: palette indices; needs a bit depth of 8.
   */
  readonly content: 'coverage' | 'index';
  /** Colours as red, green, blue, one a level or index. The background comes first: its runs compress best so. */
  readonly palette: Uint8Array;
}

/** How stored bytes come from a bitmap's bytes. */
export type Packing =
  /** Levels of 1, 2 or 4 bits, leftmost pixel in the high bits. */
  | { readonly kind: 'levels'; readonly bitDepth: 1 | 2 | 4 }
  /** Each byte with these bits flipped: 0 or 255. */
  | { readonly kind: 'bytes'; readonly flip: 0 | 255 }
  /** Each byte looked up. */
  | { readonly kind: 'table'; readonly table: Uint8Array };

/** A checked format in the file's terms. */
export interface PixelStorage {
  readonly bitDepth: 1 | 2 | 4 | 8;
  readonly packing: Packing;
  /** Content of the PLTE chunk; undefined for grey (colour type 0), else colour type 3. */
  readonly palette: Uint8Array | undefined;
  /** Stored byte of bare background. */
  readonly background: number;
}

const operation = 'encode a PNG';

/** @throws GlyphError of kind `input` where palette, bit depth and content do not fit together. */
export function pixelStorage({ bitDepth, content, palette }: PngFormat): PixelStorage {
  if (![1, 2, 4, 8].includes(bitDepth)) {
    throw new GlyphError({
      kind: 'input',
      operation,
      expected: 'a bit depth of 1, 2, 4 or 8',
      actual: `${bitDepth}`,
    });
  }
  if (content === 'index') return indexStorage(bitDepth, palette);
  const colors = 2 ** bitDepth;
  if (palette.length !== colors * 3) {
    const expected = `a palette of ${colors} colours (${colors * 3} bytes) for ${bitDepth}-bit coverage`;
    throw new GlyphError({ kind: 'input', operation, expected, actual: `${palette.length} bytes` });
  }
  if (bitDepth !== 8) return { bitDepth, packing: { kind: 'levels', bitDepth }, palette, background: 0 };
  if (!isGrey(palette)) return { bitDepth, packing: { kind: 'bytes', flip: 0 }, palette, background: 0 };
  return { bitDepth, packing: greyPacking(palette), palette: undefined, background: palette[0]! };
}

function indexStorage(bitDepth: number, palette: Uint8Array): PixelStorage {
  if (bitDepth !== 8) {
    throw new GlyphError({
      kind: 'input',
      operation,
      expected: 'a bit depth of 8 for palette indices',
      actual: `${bitDepth}`,
    });
  }
  if (palette.length === 0 || palette.length > 768 || palette.length % 3 !== 0) {
    const expected = 'a palette of 1 to 256 colours, three bytes each';
    throw new GlyphError({ kind: 'input', operation, expected, actual: `${palette.length} bytes` });
  }
  return { bitDepth, packing: { kind: 'bytes', flip: 0 }, palette, background: 0 };
}

function isGrey(palette: Uint8Array): boolean {
  for (let i = 0; i < palette.length; i += 3) {
    if (palette[i] !== palette[i + 1] || palette[i] !== palette[i + 2]) return false;
  }
  return true;
}

/** Grey of each level of coverage; an even ramp, black to white or white to black, needs no table. */
function greyPacking(palette: Uint8Array): Packing {
  const table = Uint8Array.from({ length: 256 }, (_, coverage) => palette[coverage * 3]!);
  if (table.every((grey, coverage) => grey === 255 - coverage)) return { kind: 'bytes', flip: 255 };
  if (table.every((grey, coverage) => grey === coverage)) return { kind: 'bytes', flip: 0 };
  return { kind: 'table', table };
}

/** Bytes of a scanline without its filter byte. */
export function rowByteLength(widthPx: number, bitDepth: number): number {
  return Math.ceil((widthPx * bitDepth) / 8);
}

/** Longest side a PNG can have, px. */
const maxSidePx = 2 ** 31 - 1;

/** @throws GlyphError of kind `input` where a bitmap's numbers do not fit each other or its data. */
export function checkBitmap({ widthPx, heightPx, stride, data, offset }: Bitmap): void {
  for (const [side, px] of [
    ['width', widthPx],
    ['height', heightPx],
  ] as const) {
    if (!Number.isInteger(px) || px < 1 || px > maxSidePx) {
      throw new GlyphError({
        kind: 'input',
        operation,
        expected: `a ${side} of 1 to ${maxSidePx} px`,
        actual: `${px}`,
      });
    }
  }
  if (!Number.isInteger(stride) || stride < widthPx) {
    throw new GlyphError({
      kind: 'input',
      operation,
      expected: `a stride of at least the width, ${widthPx}`,
      actual: `${stride}`,
    });
  }
  const end = offset + (heightPx - 1) * stride + widthPx;
  if (!Number.isInteger(offset) || offset < 0 || end > data.length) {
    const expected = `${end} bytes of pixels (offset ${offset})`;
    throw new GlyphError({ kind: 'input', operation, expected, actual: `${data.length}` });
  }
}
