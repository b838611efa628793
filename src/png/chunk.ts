/**
 * The chunks around a PNG's image data (PNG specification, section 5): signature, IHDR and PLTE before, IEND after.
 * A chunk is its content's length, its type, the content, and a CRC over type and content.
 */
import { crc32 } from '../base/index.ts';
import type { PixelStorage } from './format.ts';

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** Bytes of a chunk besides its content. */
export const chunkOverhead = 12;

/** Writes length, type and CRC around content that already stands at `at + 8`. */
export function frameChunk(bytes: Uint8Array, at: number, type: string, contentLength: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  view.setUint32(at, contentLength);
  for (let i = 0; i < 4; i++) bytes[at + 4 + i] = type.charCodeAt(i);
  view.setUint32(at + 8 + contentLength, crc32(bytes.subarray(at + 4, at + 8 + contentLength)));
}

function chunk(type: string, content: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(content.length + chunkOverhead);
  bytes.set(content, 8);
  frameChunk(bytes, 0, type, content.length);
  return bytes;
}

/** All that comes before the image data. */
export function headOf({ bitDepth, palette }: PixelStorage, widthPx: number, heightPx: number): Uint8Array {
  const header = new Uint8Array(13); // compression, filter and interlace methods stay 0
  const view = new DataView(header.buffer);
  view.setUint32(0, widthPx);
  view.setUint32(4, heightPx);
  header[8] = bitDepth;
  header[9] = palette === undefined ? 0 : 3;
  return joined([
    signature,
    chunk('IHDR', header),
    ...(palette === undefined ? [] : [chunk('PLTE', palette)]),
  ]);
}

/** All that comes after the image data. */
export const tail: Uint8Array = chunk('IEND', new Uint8Array(0));

export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
