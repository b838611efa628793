/**
 * Draws glyph masks on a page of ink coverage (AssemblyScript, SIMD). Commands are four 32-bit numbers each: byte
 * offset of the top left pixel on the page, byte offset of the mask, rows, blocks of 16 pixels a row. Overlapping ink
 * adds up and saturates. `src/raster/blit.ts` is its twin in plain TypeScript.
 */

export function blit(commands: usize, count: i32, stride: usize): void {
  const end = commands + (<usize>count << 4);
  for (let command = commands; command < end; command += 16) {
    let page = <usize>load<u32>(command);
    let mask = <usize>load<u32>(command, 4);
    let rows = load<i32>(command, 8);
    const blocks = load<i32>(command, 12);
    if (blocks == 1) {
      for (; rows > 0; rows--) {
        v128.store(page, i8x16.add_sat_u(v128.load(page), v128.load(mask)));
        page += stride;
        mask += 16;
      }
    } else {
      for (; rows > 0; rows--) {
        for (let x: usize = 0; x < <usize>blocks << 4; x += 16) {
          v128.store(page + x, i8x16.add_sat_u(v128.load(page + x), v128.load(mask + x)));
        }
        page += stride;
        mask += <usize>blocks << 4;
      }
    }
  }
}

export function clear(page: usize, byteLength: usize): void {
  memory.fill(page, 0, byteLength);
}
