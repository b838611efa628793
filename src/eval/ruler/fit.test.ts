/** The search lands within the tolerance in a few builds, and ends where nothing fits. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { fitSize } from './fit.ts';

describe('fitSize', () => {
  test('any fixed part and slope are met in a few builds', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1000, max: 1_000_000 }),
        fc.integer({ min: 0, max: 400 }),
        fc.double({ min: 0.3, max: 10, noNaN: true }),
        (length, fixed, slope) => {
          const sizes: number[] = [];
          const build = (size: number) => sizes.push(size) && size;
          const tokensOf = (size: number) => fixed + Math.ceil(size * slope);
          const { built, tokens } = fitSize(length, build, tokensOf)!;
          assert.equal(tokens, tokensOf(built));
          assert.ok(tokens <= length && tokens >= 0.98 * length, `${tokens} of ${length}`);
          assert.ok(sizes.length <= 4, `${sizes.length} builds`);
        },
      ),
    );
  });

  test('where no size fits there is none: too little room, too large steps, a counter that counts nothing', () => {
    const itself = (size: number) => size;
    assert.equal(
      fitSize(100, itself, size => 100 + size),
      undefined,
    );
    assert.equal(
      fitSize(1000, itself, size => Math.floor(size / 10) * 300),
      undefined,
    );
    assert.equal(
      fitSize(1000, itself, () => 7),
      undefined,
    );
    assert.equal(
      fitSize(1000, itself, () => Number.NaN),
      undefined,
    );
  });
});
