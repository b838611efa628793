/**
 * Rows of a bitmap → PNG scanlines: a filter byte 0 and the pixels, packed to 1, 2, 4 or 8 bits. Sixteen pixels or more
 * a step: reads may run up to 63 bytes beyond a row, writes up to 31. `src/png/pack.ts` is the twin.
 */

/** Nearest of 16 levels, 32 pixels a step: `((c + 8) * 241) >> 12` is `round(c / 17)` in 16-bit lanes. */
export function pack4(source: usize, stride: usize, width: usize, rows: usize, target: usize): void {
  const rowLength = (width + 1) >> 1;
  const half = i16x8.splat(8);
  const factor = i16x8.splat(241);
  const even = i16x8.splat(0xff);
  for (let y: usize = 0; y < rows; y++, source += stride) {
    store<u8>(target++, 0);
    const end = target + rowLength;
    let out = target;
    for (let p = source; out < end; p += 32, out += 16) {
      const a = v128.load(p);
      const b = v128.load(p, 16);
      const a0 = i16x8.shr_u(i16x8.mul(i16x8.add(v128.and(a, even), half), factor), 12);
      const b0 = i16x8.shr_u(i16x8.mul(i16x8.add(v128.and(b, even), half), factor), 12);
      const a1 = i16x8.shr_u(i16x8.mul(i16x8.add(i16x8.shr_u(a, 8), half), factor), 12);
      const b1 = i16x8.shr_u(i16x8.mul(i16x8.add(i16x8.shr_u(b, 8), half), factor), 12);
      const left = i8x16.narrow_i16x8_u(i16x8.shl(a0, 4), i16x8.shl(b0, 4));
      v128.store(out, v128.or(left, i8x16.narrow_i16x8_u(a1, b1)));
    }
    target = end;
    if (width & 1) store<u8>(end - 1, load<u8>(end - 1) & 0xf0);
  }
}

/** Levels of 16 pixels, four pixels a lane: the multiplication rounds `c * 386 / 32768`, which is the nearest level. */
@inline
function levelsByFour(c: v128): v128 {
  const factor = i16x8.splat(386);
  const left = i16x8.q15mulr_sat_s(v128.and(c, i16x8.splat(0xff)), factor);
  const right = i16x8.q15mulr_sat_s(i16x8.shr_u(c, 8), factor);
  return i32x4.dot_i16x8_s(v128.or(i16x8.shl(left, 2), right), i16x8(16, 1, 16, 1, 16, 1, 16, 1));
}

/** Nearest of 4 levels, 64 pixels a step, of which many are blank. */
export function pack2(source: usize, stride: usize, width: usize, rows: usize, target: usize): void {
  const rowLength = (width + 3) >> 2;
  for (let y: usize = 0; y < rows; y++, source += stride) {
    store<u8>(target++, 0);
    const end = target + rowLength;
    let out = target;
    for (let p = source; out < end; p += 64, out += 16) {
      const a = v128.load(p);
      const b = v128.load(p, 16);
      const c = v128.load(p, 32);
      const d = v128.load(p, 48);
      if (!v128.any_true(v128.or(v128.or(a, b), v128.or(c, d)))) {
        v128.store(out, i8x16.splat(0));
        continue;
      }
      const ab = i16x8.narrow_i32x4_s(levelsByFour(a), levelsByFour(b));
      const cd = i16x8.narrow_i32x4_s(levelsByFour(c), levelsByFour(d));
      v128.store(out, i8x16.narrow_i16x8_u(ab, cd));
    }
    target = end;
    if (width & 3) store<u8>(end - 1, <u8>(0xff00 >> <i32>((width & 3) << 1)) & load<u8>(end - 1));
  }
}

/** Ink from half coverage on, 16 pixels a step. */
export function pack1(source: usize, stride: usize, width: usize, rows: usize, target: usize): void {
  const rowLength = (width + 7) >> 3;
  const leftmostFirst = i8x16(7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8);
  for (let y: usize = 0; y < rows; y++, source += stride) {
    store<u8>(target++, 0);
    const end = target + rowLength;
    let out = target;
    for (let p = source; out < end; p += 16, out += 2) {
      store<u16>(out, <u16>i8x16.bitmask(i8x16.swizzle(v128.load(p), leftmostFirst)));
    }
    target = end;
    if (width & 7) store<u8>(end - 1, <u8>(0xff00 >> <i32>(width & 7)) & load<u8>(end - 1));
  }
}

/** Bytes as they are (`invert` 0) or inverted (`invert` 0xff). */
export function pack8(source: usize, stride: usize, width: usize, rows: usize, target: usize, invert: u32): void {
  const mask = i8x16.splat(<i8>invert);
  for (let y: usize = 0; y < rows; y++, source += stride) {
    store<u8>(target++, 0);
    for (let x: usize = 0; x < width; x += 16) v128.store(target + x, v128.xor(v128.load(source + x), mask));
    target += width;
  }
}

/** Bytes looked up in a table of 256. */
export function packByTable(
  source: usize,
  stride: usize,
  width: usize,
  rows: usize,
  target: usize,
  table: usize,
): void {
  for (let y: usize = 0; y < rows; y++, source += stride) {
    store<u8>(target++, 0);
    for (let x: usize = 0; x < width; x++) store<u8>(target + x, load<u8>(table + load<u8>(source + x)));
    target += width;
  }
}
