/** Deflate's symbols for match lengths and distances (RFC 1951, 3.2.5), and the bins that tokens count them in. */

/** Symbol of a match length less 3. */
export function lengthSymbol(x: number): number {
  if (x === 255) return 285;
  if (x < 8) return 257 + x;
  const top = 31 - Math.clz32(x);
  return 257 + 4 * (top - 1) + ((x >> (top - 2)) & 3);
}

export function lengthExtraBits(x: number): number {
  return x === 255 || x < 8 ? 0 : 29 - Math.clz32(x);
}

/** Symbol of a distance less one. */
export function distanceSymbol(x: number): number {
  if (x < 4) return x;
  const top = 31 - Math.clz32(x);
  return 2 * top + ((x >> (top - 1)) & 1);
}

export function distanceExtraBits(x: number): number {
  return x < 4 ? 0 : 30 - Math.clz32(x);
}

/** The smallest distance less one that falls in a bin. */
export function distanceOfBin(bin: number): number {
  return bin < 256 ? bin : (bin - 256) << 7;
}
