import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRandom } from '../../base/index.ts';
import { longestKept, PieceCounts } from './piece-counts.ts';

describe('counts of pieces', () => {
  it('are found again for the same piece and for no other', () => {
    const random = createRandom('pieces');
    const units = ['\0', 'a', 'b', '\u4e2d', '\ud83d', '\uffff'];
    const counts = new PieceCounts();
    const known = new Map<string, number>();
    for (let i = 0; i < 20_000; i++) {
      const length = random.integer(1, longestKept);
      const piece = Array.from({ length }, () => random.pick(units)).join('');
      const text = `a${piece}b`;
      assert.equal(counts.find(text, 1, 1 + length), known.get(piece) ?? 0);
      if (known.has(piece)) continue;
      known.set(piece, random.integer(1, 3 * longestKept));
      counts.keep(known.get(piece)!);
    }
  });

  it('are right however many pieces there have been', () => {
    const counts = new PieceCounts();
    let found = 0;
    for (let round = 0; round < 2; round++) {
      for (let i = 0; i < 200_000; i++) {
        const piece = `${i}`;
        const tokens = counts.find(piece, 0, piece.length);
        if (tokens === 0) counts.keep(piece.length);
        else {
          assert.equal(tokens, piece.length);
          found++;
        }
      }
    }
    assert.ok(found < 200_000);
  });
});
