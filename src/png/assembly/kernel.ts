/**
 * The PNG kernel (AssemblyScript, SIMD): bitmap rows → packed scanlines → one IDAT chunk a block. It keeps no static
 * data and works on memory that it is given; `src/png/kernel.ts` drives it, `src/png/plain.ts` is its twin.
 */
import { adler32, crc32, fillCrcTables } from './checksum';
import { beginBits, flushBits, writeBlock } from './deflate';
import { tokenise } from './lz';
import { placeTables, tablesLength } from './tables';

export { pack1, pack2, pack4, pack8, packByTable } from './pack';

/** zlib's header: deflate with a 32 KiB window, fastest compression, no dictionary. */
const zlibHeader: u16 = 0x0178;
/** "IDAT" as it stands in memory. */
const idat: u32 = 0x54414449;

let pixelSum: u32 = 1;
let isFirst: u32 = 1;

export function tablesByteLength(): usize {
  return tablesLength;
}

export function setUp(tables: usize): void {
  placeTables(tables);
  fillCrcTables();
}

export function begin(): void {
  pixelSum = 1;
  isFirst = 1;
  beginBits();
}

/**
 * Compresses the scanlines from `start` to `end` and writes them as a whole IDAT chunk to `chunk`, returning its
 * length. `start` is a multiple of 32 KiB. Before the image's next block, the last 32 KiB must be copied before `start`.
 */
export function compress(start: usize, end: usize, tokens: usize, chunk: usize, background: u32, isLast: u32): usize {
  v128.store(end, i8x16.splat(0));
  let p = chunk + 8;
  if (isFirst) {
    store<u16>(p, zlibHeader);
    p += 2;
  }
  const tokensEnd = tokenise(start, end, tokens, background, isFirst ^ 1);
  p = writeBlock(tokens, tokensEnd, p, isLast);
  pixelSum = adler32(start, end, pixelSum);
  isFirst = 0;
  if (isLast) {
    p = flushBits();
    store<u32>(p, bswap(pixelSum));
    p += 4;
  }
  store<u32>(chunk, bswap(<u32>(p - chunk - 8)));
  store<u32>(chunk, idat, 4);
  store<u32>(p, bswap(crc32(chunk + 4, p)));
  return p + 4 - chunk;
}
