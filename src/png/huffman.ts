/**
 * Length-limited Huffman codes (RFC 1951, 3.2.2): a tree from sorted counts with two queues, its depths cut to the
 * limit as miniz does (move leaves down until the code is complete again), canonical codes, bits reversed for output.
 * The twin of `assembly/huffman.ts`; both yield the same codes.
 */

export interface Code {
  /** Bits of each symbol's code, 0 for symbols that do not occur. */
  readonly lengths: Uint8Array;
  /** Codes with the first bit lowest, as deflate writes them. */
  readonly codes: Uint16Array;
}

/** A code for symbols that occur `counts` times, none longer than `limit` bits. */
export function buildCode(counts: Uint32Array, limit: number): Code {
  const used = [...counts.keys()].filter(symbol => counts[symbol] !== 0);
  used.sort((a, b) => counts[a]! - counts[b]! || a - b);
  const lengths = new Uint8Array(counts.length);
  if (used.length < 2) {
    // A decoder wants at least one code, and one code wants at least one bit.
    lengths[used[0] ?? 0] = 1;
  } else {
    const leaves = limited(leavesByDepth(used.map(symbol => counts[symbol]!)), limit);
    let i = 0;
    for (let length = limit; length > 0; length--) {
      for (let left = leaves[length]!; left > 0; left--) lengths[used[i++]!] = length;
    }
  }
  return { lengths, codes: canonicalCodes(lengths) };
}

/** How many leaves of a Huffman tree lie at each depth; `weights` rise. */
function leavesByDepth(weights: readonly number[]): number[] {
  const leafCount = weights.length;
  const total = 2 * leafCount - 1;
  const weight = [...weights];
  const parent = new Uint16Array(total);
  let nextLeaf = 0;
  let nextNode = leafCount;
  // The lightest node without a parent: of the leaves in order, or of the inner nodes, which arise in order.
  const takeLightest = (node: number) => {
    const isLeaf = nextLeaf < leafCount && (nextNode >= node || weight[nextLeaf]! <= weight[nextNode]!);
    return isLeaf ? nextLeaf++ : nextNode++;
  };
  for (let node = leafCount; node < total; node++) {
    const [a, b] = [takeLightest(node), takeLightest(node)];
    weight.push(weight[a]! + weight[b]!);
    parent[a] = node;
    parent[b] = node;
  }
  const depth = new Uint8Array(total);
  const leaves = new Array<number>(64).fill(0);
  for (let node = total - 2; node >= 0; node--) {
    depth[node] = depth[parent[node]!]! + 1;
    if (node < leafCount) leaves[depth[node]!]!++;
  }
  return leaves;
}

/** Cuts depths to the limit and moves leaves down until the code is complete, neither over- nor under-full. */
function limited(leavesAtDepth: readonly number[], limit: number): number[] {
  const leaves = leavesAtDepth.slice(0, limit + 1);
  leaves[limit]! += leavesAtDepth.slice(limit + 1).reduce((sum, count) => sum + count, 0);
  // Share of the code space in use, in units of the longest code.
  let share = leaves.reduce((sum, count, depth) => sum + (depth === 0 ? 0 : count << (limit - depth)), 0);
  for (; share > 1 << limit; share--) {
    let depth = limit - 1;
    while (leaves[depth] === 0) depth--;
    leaves[limit]!--;
    leaves[depth]!--;
    leaves[depth + 1]! += 2;
  }
  return leaves;
}

/** Codes in order of length, then symbol. */
function canonicalCodes(lengths: Uint8Array): Uint16Array {
  const next = new Uint32Array(17);
  for (const length of lengths) next[length + 1]!++;
  next[1] = 0; // symbols without a code take no room
  for (let length = 1; length < 17; length++) next[length] = (next[length]! + next[length - 1]!) << 1;
  return Uint16Array.from(lengths, length => (length === 0 ? 0 : reversed(next[length]!++, length)));
}

function reversed(code: number, length: number): number {
  let result = 0;
  for (let i = 0; i < length; i++) result = (result << 1) | ((code >> i) & 1);
  return result;
}
