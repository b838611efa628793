/** Page files that are already there: whether one is a whole PNG, and its size (PNG specification, section 5). */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { errorCode, ioError } from './io-error.ts';

export interface PageFileFacts {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly byteLength: number;
  /** 64 hex digits. */
  readonly sha256: string;
}

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Facts of a page file; undefined where it is missing, cut short or damaged. @throws GlyphError kind `io`. */
export async function readPageFile(path: string): Promise<PageFileFacts | undefined> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw ioError(`read ${JSON.stringify(path)}`, 'a readable page file', error);
  }
  const size = wholePngSize(bytes);
  return size === undefined ? undefined : { ...size, byteLength: bytes.length, sha256: sha256Of(bytes) };
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Width and height when every chunk is whole and the last one ends the file. */
export function wholePngSize(
  bytes: Buffer,
): { readonly widthPx: number; readonly heightPx: number } | undefined {
  if (
    bytes.length < 33 ||
    !bytes.subarray(0, 8).equals(signature) ||
    bytes.toString('latin1', 12, 16) !== 'IHDR'
  ) {
    return undefined;
  }
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 12 + bytes.readUInt32BE(at);
    if (end > bytes.length) return undefined;
    if (crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) return undefined;
    if (bytes.toString('latin1', at + 4, at + 8) === 'IEND') {
      return end === bytes.length
        ? { widthPx: bytes.readUInt32BE(16), heightPx: bytes.readUInt32BE(20) }
        : undefined;
    }
    at = end;
  }
  return undefined;
}
