/** A page's PNG, of any kind, as grey pixels on white: what a recogniser of letters looks at. */
import { type DecodedPng, decode } from 'fast-png';
import { GlyphError } from '../../base/index.ts';

export interface GreyPage {
  readonly widthPx: number;
  readonly heightPx: number;
  /** One value a pixel without gaps, 0 black to 255 white. */
  readonly data: Uint8Array;
}

/** More pixels than a page has at any resolution that helps; keeps a hostile file from filling the memory. */
const maxPixels = 100e6;

/** Width and height stand at this place of every PNG (PNG specification, 5.6 and 11.2.1). */
const sizeOffset = 16;

/** @throws GlyphError kind `input` for bytes that are no PNG, a broken one, or one of more than 100 megapixels */
export function greyPage(png: Uint8Array): GreyPage {
  refuseHuge(png);
  let decoded: DecodedPng;
  try {
    decoded = decode(png);
  } catch (cause) {
    const actual = `a broken one (${cause instanceof Error ? cause.message : String(cause)})`;
    throw wrongPicture('a whole PNG', actual, cause);
  }
  const { width: widthPx, height: heightPx } = decoded;
  const data = new Uint8Array(widthPx * heightPx);
  if (decoded.palette !== undefined || decoded.depth < 8) fillFromLevels(data, decoded);
  else fillFromSamples(data, decoded);
  return { widthPx, heightPx, data };
}

function refuseHuge(png: Uint8Array): void {
  if (png.length < sizeOffset + 8) throw wrongPicture('a whole PNG', `${png.length} bytes`);
  const view = new DataView(png.buffer, png.byteOffset);
  const [width, height] = [view.getUint32(sizeOffset), view.getUint32(sizeOffset + 4)];
  if (width * height > maxPixels) throw wrongPicture('at most 100 megapixels', `${width} x ${height} pixels`);
}

/** Rec. 601 luma, over white paper where the pixel is transparent. */
function greyOf(red: number, green: number, blue: number, alpha: number): number {
  const luma = 0.299 * red + 0.587 * green + 0.114 * blue;
  return Math.round(255 + (luma - 255) * (alpha / 255));
}

/** Palette indices or a few grey levels, packed into bytes; each row begins a byte. */
function fillFromLevels(grey: Uint8Array, { width, height, depth, data, palette }: DecodedPng): void {
  const last = 2 ** depth - 1;
  const greys = Uint8Array.from({ length: last + 1 }, (_, level) => {
    const even = (level * 255) / last;
    const [red = even, green = even, blue = even, alpha = 255] = palette?.[level] ?? [];
    return greyOf(red, green, blue, alpha);
  });
  const rowBytes = Math.ceil((width * depth) / 8);
  const perByte = 8 / depth;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const byte = data[y * rowBytes + Math.floor(x / perByte)]!;
      grey[y * width + x] = greys[(byte >> (8 - depth * ((x % perByte) + 1))) & last]!;
    }
  }
}

/** One to four samples a pixel, of one byte or two. */
function fillFromSamples(grey: Uint8Array, { depth, channels, data }: DecodedPng): void {
  const scale = depth === 16 ? 1 / 257 : 1;
  const hasColor = channels >= 3;
  const alphaAt = channels === 2 || channels === 4 ? channels - 1 : undefined;
  for (let i = 0; i < grey.length; i++) {
    const at = i * channels;
    const first = data[at]! * scale;
    const alpha = alphaAt === undefined ? 255 : data[at + alphaAt]! * scale;
    grey[i] = hasColor
      ? greyOf(first, data[at + 1]! * scale, data[at + 2]! * scale, alpha)
      : greyOf(first, first, first, alpha);
  }
}

function wrongPicture(expected: string, actual: string, cause?: unknown): GlyphError {
  return new GlyphError({ kind: 'input', operation: 'read a page image', expected, actual, cause });
}
