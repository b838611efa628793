import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { buildCode } from './huffman.ts';

/** Share of the code space that the codes use, 1 for a complete code. */
const shareOf = (lengths: Uint8Array) =>
  lengths.reduce((sum, length) => sum + (length === 0 ? 0 : 2 ** -length), 0);

const countsOf = (size: number) =>
  fc.array(fc.oneof(fc.constant(0), fc.nat(3), fc.nat(1_000_000)), { minLength: size, maxLength: size });

test('codes are complete, within the limit, and longer only for rarer symbols', () => {
  fc.assert(
    fc.property(countsOf(286), fc.integer({ min: 9, max: 15 }), (list, limit) => {
      const counts = Uint32Array.from(list);
      const { lengths } = buildCode(counts, limit);
      const used = [...counts.keys()].filter(symbol => counts[symbol]! > 0);
      assert.deepEqual(
        [...lengths.keys()].filter(symbol => lengths[symbol]! > 0),
        used.length === 0 ? [0] : used,
      );
      if (used.length > 1) assert.equal(shareOf(lengths), 1);
      for (const a of used) {
        assert.ok(lengths[a]! <= limit);
        for (const b of used) assert.ok(counts[a]! <= counts[b]! || lengths[a]! <= lengths[b]!);
      }
    }),
    { numRuns: 30 },
  );
});

test('no code is the start of another', () => {
  fc.assert(
    fc.property(countsOf(19), list => {
      const { lengths, codes } = buildCode(Uint32Array.from(list), 7);
      const texts = [...lengths.keys()]
        .filter(symbol => lengths[symbol]! > 0)
        .map(symbol => [...codes[symbol]!.toString(2).padStart(lengths[symbol]!, '0')].reverse().join(''));
      for (const [i, a] of texts.entries()) {
        for (const [k, b] of texts.entries()) assert.ok(i === k || !b.startsWith(a), `${a} ${b}`);
      }
    }),
  );
});

test('lengths come out as Huffman found them where the limit allows', () => {
  assert.deepEqual([...buildCode(Uint32Array.of(45, 13, 12, 16, 9, 5), 15).lengths], [1, 3, 3, 3, 4, 4]);
  // Fibonacci counts make the deepest tree: 7 levels here, cut to 4.
  const fibonacci = Uint32Array.of(1, 1, 2, 3, 5, 8, 13, 21);
  assert.deepEqual([...buildCode(fibonacci, 15).lengths], [7, 7, 6, 5, 4, 3, 2, 1]);
  assert.equal(shareOf(buildCode(fibonacci, 4).lengths), 1);
});
