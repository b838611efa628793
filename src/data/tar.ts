/** A file as an entry of a tar archive (POSIX ustar): what webdataset shards are. No owner, no time: the same bytes always. */
import { GlyphError } from '../base/index.ts';

const blockLength = 512;

/** Header, bytes and padding of one file. @param name at most 100 ASCII characters */
export function tarEntry(name: string, bytes: Uint8Array): Uint8Array {
  if (!/^[\x21-\x7e]{1,100}$/.test(name)) {
    throw new GlyphError({
      kind: 'internal',
      operation: 'write a tar entry',
      expected: 'a name of 1 to 100 ASCII characters',
      actual: JSON.stringify(name),
    });
  }
  const entry = new Uint8Array(blockLength + Math.ceil(bytes.length / blockLength) * blockLength);
  const put = (offset: number, text: string) => entry.set(new TextEncoder().encode(text), offset);
  put(0, name);
  put(100, octal(0o644, 8));
  put(108, octal(0, 8)); // owner
  put(116, octal(0, 8)); // group
  put(124, octal(bytes.length, 12));
  put(136, octal(0, 12)); // time
  put(148, ' '.repeat(8)); // the checksum counts itself as spaces
  put(156, '0'); // a regular file
  put(257, 'ustar\x0000');
  const sum = entry.subarray(0, blockLength).reduce((total, byte) => total + byte, 0);
  put(148, `${octal(sum, 7)} `);
  entry.set(bytes, blockLength);
  return entry;
}

/** What ends an archive. */
export const tarEnd: Uint8Array = new Uint8Array(2 * blockLength);

/** Zero-padded octal digits and the NUL that ends them. */
const octal = (value: number, fieldLength: number): string =>
  `${value.toString(8).padStart(fieldLength - 1, '0')}\0`;
