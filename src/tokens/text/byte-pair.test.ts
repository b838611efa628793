import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  countLongPiece,
  countShortPiece,
  shortPiece,
  toBytes,
  type Vocabulary,
  vocabularyOf,
} from './byte-pair.ts';

/** The definition: merge the lowest-ranked adjacent pair, leftmost first, until none is left. */
function countByDefinition(bytes: string, { ranks }: Vocabulary): number {
  const parts = [...bytes];
  for (;;) {
    let [lowest, at] = [Number.POSITIVE_INFINITY, -1];
    for (let i = 0; i + 1 < parts.length; i += 1) {
      const rank = ranks.get(parts[i]! + parts[i + 1]!);
      if (rank !== undefined && rank < lowest) [lowest, at] = [rank, i];
    }
    if (at < 0) return parts.length;
    parts.splice(at, 2, parts[at]! + parts[at + 1]!);
  }
}

function countLong(bytes: string, vocabulary: Vocabulary): { tokens: number; pauses: number } {
  const steps = countLongPiece(bytes, vocabulary);
  for (let pauses = 0; ; pauses += 1) {
    const { done, value } = steps.next();
    if (done) return { tokens: value, pauses };
  }
}

/** Vocabularies over three letters, so that merges compete. */
const vocabulary = fc
  .uniqueArray(fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 2, maxLength: 6 }), {
    maxLength: 30,
  })
  .map(tokens => vocabularyOf(['a', 'b', 'c', ...tokens]));
const piece = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 100 });

describe('byte-pair merging', () => {
  it('of short and of long pieces is the definition', () => {
    fc.assert(
      fc.property(vocabulary, piece, (known, bytes) => {
        const expected = countByDefinition(bytes, known);
        assert.equal(countShortPiece(bytes, known), expected);
        assert.equal(countLong(bytes, known).tokens, expected);
      }),
      { numRuns: 3000 },
    );
  });

  it('takes a piece of exactly the short limit', () => {
    const known = vocabularyOf(['a', 'aa', 'aaaa']);
    assert.equal(countShortPiece('a'.repeat(shortPiece), known), shortPiece / 4);
    assert.equal(countLong('a'.repeat(shortPiece), known).tokens, shortPiece / 4);
  });

  it('pauses within a long piece', () => {
    const known = vocabularyOf(['a', 'aa', 'aaaa']);
    const { tokens, pauses } = countLong('a'.repeat(200_000), known);
    assert.equal(tokens, 50_000);
    assert.ok(pauses >= 10, String(pauses));
  });

  it('knows tokens that are no text', () => {
    const known = vocabularyOf(['\u00e9', [0xc3], [0xa9], undefined, [0xa9, 0xc3]]);
    assert.equal(known.ranks.get('\xc3\xa9'), 0);
    assert.equal(countShortPiece(toBytes('éé'), known), 2);
  });
});

describe('bytes of a text', () => {
  it('are its UTF-8, a lone surrogate as U+FFFD', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        assert.equal(toBytes(text), Buffer.from(text, 'utf8').toString('latin1'));
      }),
    );
    assert.equal(toBytes('a\ud800'), 'a\xef\xbf\xbd');
    assert.equal(toBytes('漢'.repeat(5000)).length, 15_000);
  });
});
