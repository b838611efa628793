/** A picture file as a part of a message: its type and size in pixels, read from its first bytes. */
import { GlyphError } from '../../base/index.ts';
import type { ImageMediaType, ImagePart } from '../../model/index.ts';
import { imageTypeOf } from '../image-type.ts';

/** @throws GlyphError kind `input` for what is no PNG, JPEG, GIF or WebP picture */
export function imagePart(bytes: Uint8Array, path: string): ImagePart {
  const mediaType = imageTypeOf(bytes);
  const size = mediaType === undefined ? undefined : sizeOf(bytes, mediaType);
  if (mediaType !== undefined && size !== undefined) {
    const [widthPx, heightPx] = size;
    return { type: 'image', bytes, mediaType, widthPx, heightPx };
  }
  throw new GlyphError({
    kind: 'input',
    operation: `read ${JSON.stringify(path)}`,
    expected: 'a PNG, JPEG, GIF or WebP picture',
    actual: bytes.length === 0 ? 'an empty file' : 'something else, or a part of one',
  });
}

type Size = readonly [widthPx: number, heightPx: number];

/** Undefined where the file is cut off before. */
function sizeOf(bytes: Uint8Array, type: ImageMediaType): Size | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    switch (type) {
      case 'image/png':
        return [view.getUint32(16), view.getUint32(20)];
      case 'image/jpeg':
        return jpegSize(view);
      case 'image/gif':
        return [view.getUint16(6, true), view.getUint16(8, true)];
      case 'image/webp':
        return webpSize(view);
      default:
        return type satisfies never;
    }
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Markers that begin a frame: SOF0 to SOF15 without the tables DHT, JPG and DAC. */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** ITU T.81: segments of a marker and a length; the frame's has the size. */
function jpegSize(view: DataView): Size | undefined {
  for (let at = 2; view.getUint8(at) === 0xff; ) {
    const marker = view.getUint8(at + 1);
    if (isFrame(marker)) return [view.getUint16(at + 7), view.getUint16(at + 5)];
    // Bytes of 0xff may fill before a marker.
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return undefined;
}

/** RFC 9649: lossy, lossless and extended files hold the size in different places. */
function webpSize(view: DataView): Size | undefined {
  const uint24 = (at: number) => view.getUint32(at, true) & 0xffffff;
  switch (view.getUint32(12)) {
    case 0x56503820: // "VP8 ": 14 bits each
      return [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff];
    case 0x5650384c: {
      // "VP8L": 14 bits each, less one
      const bits = view.getUint32(21, true);
      return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
    }
    case 0x56503858: // "VP8X": 24 bits each, less one
      return [uint24(24) + 1, (view.getUint32(26, true) >>> 8) + 1];
    default:
      return undefined;
  }
}
