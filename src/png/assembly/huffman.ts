/**
 * Length-limited Huffman codes (RFC 1951, 3.2.2): a tree from sorted counts with two queues, its depths cut to the
 * limit as miniz does (move leaves down until the code is complete again), canonical codes, bits reversed for output.
 * `src/png/huffman.ts` is the twin and yields the same codes.
 *
 * A symbol is 8 bytes: u32 count, u16 code, u8 code length.
 */
import { tree } from './tables';

const maxSymbols: usize = 288;
const maxDepth: u32 = 64; // a tree of depth d needs a total count of at least the d-th Fibonacci number

@inline
export function countOf(symbols: usize, symbol: u32): u32 {
  return load<u32>(symbols + (<usize>symbol << 3));
}

@inline
export function setCount(symbols: usize, symbol: u32, count: u32): void {
  store<u32>(symbols + (<usize>symbol << 3), count);
}

@inline
export function codeOf(symbols: usize, symbol: u32): u32 {
  return load<u16>(symbols + (<usize>symbol << 3), 4);
}

@inline
export function lengthOf(symbols: usize, symbol: u32): u32 {
  return load<u8>(symbols + (<usize>symbol << 3), 6);
}

@inline
function setLength(symbols: usize, symbol: u32, length: u32): void {
  store<u8>(symbols + (<usize>symbol << 3), <u8>length, 6);
}

// Room in `tree()`: sorted keys (u64), node weights (u32), parents (u16), depths (u8), leaves of each depth (u32).
@inline
function keyAt(i: u32): usize {
  return tree() + (<usize>i << 3);
}

@inline
function weightAt(i: u32): usize {
  return tree() + maxSymbols * 8 + (<usize>i << 2);
}

@inline
function parentAt(i: u32): usize {
  return tree() + maxSymbols * 16 + (<usize>i << 1);
}

@inline
function depthAt(i: u32): usize {
  return tree() + maxSymbols * 20 + <usize>i;
}

@inline
function leavesAt(depth: u32): usize {
  return tree() + maxSymbols * 22 + (<usize>depth << 2);
}

/** Sets length and code of each of `size` symbols from its count; symbols that do not occur get length 0. */
export function buildCode(symbols: usize, size: u32, limit: u32): void {
  const used = sortByCount(symbols, size);
  for (let symbol: u32 = 0; symbol < size; symbol++) setLength(symbols, symbol, 0);
  memory.fill(leavesAt(0), 0, <usize>maxDepth << 2);
  if (used < 2) {
    // A decoder wants at least one code, and one code wants at least one bit.
    setLength(symbols, used == 0 ? 0 : <u32>load<u16>(keyAt(0)), 1);
    store<u32>(leavesAt(1), 1);
  } else {
    measureDepths(used);
    limitDepths(limit);
    for (let length = limit, i: u32 = 0; length > 0; length--) {
      for (let left = load<u32>(leavesAt(length)); left > 0; left--) setLength(symbols, load<u16>(keyAt(i++)), length);
    }
  }
  assignCodes(symbols, size);
}

/** Keys of the symbols that occur, least frequent first: count, then symbol. Returns how many. */
function sortByCount(symbols: usize, size: u32): u32 {
  let used: u32 = 0;
  for (let symbol: u32 = 0; symbol < size; symbol++) {
    const count = countOf(symbols, symbol);
    if (count == 0) continue;
    store<u64>(keyAt(used++), <u64>count << 16 | symbol);
  }
  // Shell's sort, gaps by Knuth.
  for (let gap: u32 = 121; gap > 0; gap /= 3) {
    for (let next = gap; next < used; next++) {
      const key = load<u64>(keyAt(next));
      let i = next;
      for (; i >= gap && load<u64>(keyAt(i - gap)) > key; i -= gap) store<u64>(keyAt(i), load<u64>(keyAt(i - gap)));
      store<u64>(keyAt(i), key);
    }
  }
  return used;
}

let nextLeaf: u32 = 0;
let nextNode: u32 = 0;

/** The lightest node without a parent: of the leaves in order, or of the inner nodes, which arise in order. */
@inline
function takeLightest(used: u32, nodes: u32): u32 {
  const isLeaf =
    nextLeaf < used && (nextNode >= nodes || load<u32>(weightAt(nextLeaf)) <= load<u32>(weightAt(nextNode)));
  return isLeaf ? nextLeaf++ : nextNode++;
}

/** Builds the tree and counts its leaves by depth. */
function measureDepths(used: u32): void {
  for (let i: u32 = 0; i < used; i++) store<u32>(weightAt(i), <u32>(load<u64>(keyAt(i)) >> 16));
  nextLeaf = 0;
  nextNode = used;
  const total: u32 = 2 * used - 1;
  for (let node = used; node < total; node++) {
    const a = takeLightest(used, node);
    const b = takeLightest(used, node);
    store<u32>(weightAt(node), load<u32>(weightAt(a)) + load<u32>(weightAt(b)));
    store<u16>(parentAt(a), <u16>node);
    store<u16>(parentAt(b), <u16>node);
  }
  store<u8>(depthAt(total - 1), 0);
  for (let node = total - 1; node-- > 0; ) {
    const depth = load<u8>(depthAt(load<u16>(parentAt(node)))) + 1;
    store<u8>(depthAt(node), depth);
    if (node < used) store<u32>(leavesAt(depth), load<u32>(leavesAt(depth)) + 1);
  }
}

/** Cuts depths to the limit and moves leaves down until the code is complete, neither over- nor under-full. */
function limitDepths(limit: u32): void {
  for (let depth = limit + 1; depth < maxDepth; depth++) {
    store<u32>(leavesAt(limit), load<u32>(leavesAt(limit)) + load<u32>(leavesAt(depth)));
  }
  let share: u32 = 0; // of the code space, in units of the longest code
  for (let depth: u32 = 1; depth <= limit; depth++) share += load<u32>(leavesAt(depth)) << (limit - depth);
  for (; share > <u32>1 << limit; share--) {
    let depth = limit - 1;
    while (load<u32>(leavesAt(depth)) == 0) depth--;
    store<u32>(leavesAt(limit), load<u32>(leavesAt(limit)) - 1);
    store<u32>(leavesAt(depth), load<u32>(leavesAt(depth)) - 1);
    store<u32>(leavesAt(depth + 1), load<u32>(leavesAt(depth + 1)) + 2);
  }
}

/** Canonical codes: in order of length, then symbol. */
function assignCodes(symbols: usize, size: u32): void {
  // `leavesAt(length)` becomes the next code of that length.
  let code: u32 = 0;
  for (let length: u32 = 1; length < 16; length++) {
    const leaves = load<u32>(leavesAt(length));
    store<u32>(leavesAt(length), code);
    code = (code + leaves) << 1;
  }
  for (let symbol: u32 = 0; symbol < size; symbol++) {
    const length = lengthOf(symbols, symbol);
    if (length == 0) continue;
    const next = load<u32>(leavesAt(length));
    store<u32>(leavesAt(length), next + 1);
    store<u16>(symbols + (<usize>symbol << 3), <u16>reverse(next, length), 4);
  }
}

function reverse(code: u32, length: u32): u32 {
  let reversed: u32 = 0;
  for (; length > 0; length--) {
    reversed = reversed << 1 | (code & 1);
    code >>= 1;
  }
  return reversed;
}
