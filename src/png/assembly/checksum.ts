/**
 * The two checksums of a PNG's image data: Adler-32 (RFC 1950) over the pixels and CRC-32 (ISO 3309) over the chunk.
 * CRC reads 16 bytes a step through 16 tables ("slicing", Kounavis and Berry 2005).
 */
import { crcTables } from './tables';

const modulus: u32 = 65521;

/** Bytes that can be summed before the 32-bit sums must be reduced. */
const adlerRun: usize = 5536;

export function adler32(start: usize, end: usize, before: u32): u32 {
  let a = before & 0xffff;
  let b = before >> 16;
  const ones = i16x8.splat(1);
  const low = i16x8(16, 15, 14, 13, 12, 11, 10, 9);
  const high = i16x8(8, 7, 6, 5, 4, 3, 2, 1);
  let p = start;
  while (p + 16 <= end) {
    const length = min<usize>(adlerRun, (end - p) & ~15);
    const stop = p + length;
    let sums = i32x4.splat(0); // of all bytes so far
    let weighted = i32x4.splat(0); // of each byte by its place in its block of 16
    let steps = i32x4.splat(0); // of `sums` before each block: what a block's bytes add to b for every later block
    for (; p < stop; p += 16) {
      steps = i32x4.add(steps, sums);
      const block = v128.load(p);
      sums = i32x4.add(sums, i32x4.dot_i16x8_s(i16x8.extadd_pairwise_i8x16_u(block), ones));
      weighted = i32x4.add(weighted, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(block), low));
      weighted = i32x4.add(weighted, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(block), high));
    }
    b = (b + a * <u32>length) % modulus;
    b = (b + sumLanes(weighted) + (sumLanes(steps) % modulus) * 16) % modulus;
    a = (a + sumLanes(sums)) % modulus;
  }
  for (; p < end; p++) {
    a += load<u8>(p);
    b += a;
  }
  return (b % modulus) << 16 | a % modulus;
}

@inline
function sumLanes(v: v128): u32 {
  return i32x4.extract_lane(v, 0) + i32x4.extract_lane(v, 1) + i32x4.extract_lane(v, 2) + i32x4.extract_lane(v, 3);
}

/** Table `k` moves a byte's remainder past `k` more bytes. */
export function fillCrcTables(): void {
  const tables = crcTables();
  for (let byte: u32 = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc >> 1 ^ (0xedb88320 & (0 - (crc & 1)));
    store<u32>(tables + (byte << 2), crc);
  }
  for (let i: usize = 0; i < 15 * 256; i++) {
    const crc = load<u32>(tables + (i << 2));
    store<u32>(tables + ((i + 256) << 2), crc >> 8 ^ load<u32>(tables + ((crc & 0xff) << 2)));
  }
}

@inline
function slice(tables: usize, word: u32, first: usize): u32 {
  return (
    load<u32>(tables + (((first + 3) << 8 | (word & 0xff)) << 2)) ^
    load<u32>(tables + (((first + 2) << 8 | (word >> 8 & 0xff)) << 2)) ^
    load<u32>(tables + (((first + 1) << 8 | (word >> 16 & 0xff)) << 2)) ^
    load<u32>(tables + ((first << 8 | word >> 24) << 2))
  );
}

export function crc32(start: usize, end: usize): u32 {
  const tables = crcTables();
  let crc: u32 = 0xffffffff;
  let p = start;
  for (; p + 16 <= end; p += 16) {
    crc =
      slice(tables, load<u32>(p) ^ crc, 12) ^
      slice(tables, load<u32>(p, 4), 8) ^
      slice(tables, load<u32>(p, 8), 4) ^
      slice(tables, load<u32>(p, 12), 0);
  }
  for (; p < end; p++) crc = crc >> 8 ^ load<u32>(tables + ((crc & 0xff ^ load<u8>(p)) << 2));
  return ~crc;
}
