/**
 * Where the kernel's tables lie: one region of memory that the caller hands over once. All tables but the CRC's are
 * rebuilt for every block, so nothing of one page shows in the next.
 */

/** Positions whose matches are looked up before any of them is parsed: small enough for the first-level cache. */
export const tileLength: usize = 4096;

/** Positions of the next tile that are looked up with a tile, because the parser looks one position ahead. */
export const lookahead: usize = 8;

/** Length of a table with one entry for each of 512 bins and one for "none". */
export const binTableLength: usize = 513 * 4 + 12;

/** From the counts of a token's first two fields to those of its distance. */
export const distanceCountsOffset: usize = binTableLength;

const hashAt: usize = 0;
const lengthsAt: usize = hashAt + 0x10000;
const distancesAt: usize = lengthsAt + tileLength + 32;
const movesAt: usize = distancesAt + 2 * (tileLength + 32);
const literalCountsAt: usize = movesAt + tileLength + 32;
const distanceCountsAt: usize = literalCountsAt + binTableLength;
const literalBitsAt: usize = distanceCountsAt + binTableLength;
const distanceBitsAt: usize = literalBitsAt + binTableLength;
const literalSymbolsAt: usize = distanceBitsAt + binTableLength;
const distanceSymbolsAt: usize = literalSymbolsAt + 288 * 8;
const headerSymbolsAt: usize = distanceSymbolsAt + 32 * 8;
const headerAt: usize = headerSymbolsAt + 32 * 8;
const treeAt: usize = headerAt + 1024;
const crcAt: usize = treeAt + 0x2000;
/** Bytes the region must have. */
export const tablesLength: usize = crcAt + 16 * 1024;

let base: usize = 0;

export function placeTables(address: usize): void {
  base = address;
}

@inline
export function hashTable(): usize {
  return base + hashAt;
}

/** u8 for each position of the tile: bytes that match there, at most 16. */
@inline
export function matchLengths(): usize {
  return base + lengthsAt;
}

/** u16 for each position of the tile: distance of that match, less one. */
@inline
export function matchDistances(): usize {
  return base + distancesAt;
}

/** u8 for each position of the tile: what the parser does there, see `lz.ts`. */
@inline
export function moves(): usize {
  return base + movesAt;
}

/** u32 for each bin of the tokens' first two fields: how often it occurs. */
@inline
export function literalCounts(): usize {
  return base + literalCountsAt;
}

@inline
export function distanceCounts(): usize {
  return base + distanceCountsAt;
}

/** u32 for each bin: the bits to write, and how many. */
@inline
export function literalBits(): usize {
  return base + literalBitsAt;
}

@inline
export function distanceBits(): usize {
  return base + distanceBitsAt;
}

/** A symbol is 8 bytes: u32 count, u16 code, u8 code length. */
@inline
export function literalSymbols(): usize {
  return base + literalSymbolsAt;
}

@inline
export function distanceSymbols(): usize {
  return base + distanceSymbolsAt;
}

@inline
export function headerSymbols(): usize {
  return base + headerSymbolsAt;
}

@inline
export function header(): usize {
  return base + headerAt;
}

/** Room to build a Huffman tree in. */
@inline
export function tree(): usize {
  return base + treeAt;
}

@inline
export function crcTables(): usize {
  return base + crcAt;
}
