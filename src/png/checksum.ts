/** Adler-32 (RFC 1950), the checksum that ends a zlib stream. The twin of `adler32` in `assembly/checksum.ts`. */

const modulus = 65521;
/** Bytes that can be summed before a 32-bit sum overflows. */
const run = 5552;

/** Checksum of bytes, going on from the checksum of what stood before them: 1 at the beginning. */
export function adler32(bytes: Uint8Array, before: number): number {
  let a = before & 0xffff;
  let b = before >>> 16;
  for (let start = 0; start < bytes.length; start += run) {
    const end = Math.min(start + run, bytes.length);
    for (let i = start; i < end; i++) {
      a += bytes[i]!;
      b += a;
    }
    a %= modulus;
    b %= modulus;
  }
  return ((b << 16) | a) >>> 0;
}
