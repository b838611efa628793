/**
 * A sample of a text's shingles, by which near duplicates among documents are found: every stretch of 32 letters and
 * digits is hashed, and those are kept whose hash is small enough, whichever document they stand in (FracMinHash). Case,
 * punctuation, spaces and line breaks do not count, so another edition's wrapping makes no difference.
 */

/** Letters and digits in a shingle: some six English words, more of Chinese. */
const shingleLength = 32;

/** Two rolling hashes of odd base; together they give the 53 bits that make chance meetings rare. */
const [firstBase, secondBase] = [0x01000193, 0x5bd1e995];

const power = (base: number, exponent: number): number => {
  let result = 1;
  for (let i = 0; i < exponent; i++) result = Math.imul(result, base);
  return result;
};
const firstDrop = power(firstBase, shingleLength);
const secondDrop = power(secondBase, shingleLength);

export interface Fingerprint {
  /** Pieces may be cut anywhere. */
  push(piece: string): void;
  /** The sample: distinct whole numbers below 2^53. */
  end(): Float64Array;
}

/** @param share of all shingles that are kept, 0 to 1; comparable only with fingerprints of the same share */
export function startFingerprint(share: number): Fingerprint {
  const limit = share * 2 ** 32;
  const folded = foldTable();
  const recent = new Uint16Array(shingleLength);
  const kept = new Set<number>();
  let count = 0;
  let [first, second] = [0, 0];
  return {
    push(piece) {
      for (let i = 0; i < piece.length; i++) {
        const unit = folded[piece.charCodeAt(i)]!;
        if (unit === 0) continue;
        const at = count++ % shingleLength;
        const gone = recent[at]!;
        recent[at] = unit;
        first = (Math.imul(first, firstBase) + unit - Math.imul(gone, firstDrop)) | 0;
        second = (Math.imul(second, secondBase) + unit - Math.imul(gone, secondDrop)) | 0;
        if (count < shingleLength) continue;
        const mixed = mix(first);
        if (mixed < limit) kept.add((mixed & 0x1fffff) * 2 ** 32 + (second >>> 0));
      }
    },
    end: () => Float64Array.from(kept),
  };
}

/** Spreads a hash whose low bits are poor (the finaliser of MurmurHash3). */
function mix(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

let table: Uint16Array | undefined;

/** Code unit → its lower case where it is a letter or digit, else 0. Surrogates count as letters. */
function foldTable(): Uint16Array {
  table ??= Uint16Array.from({ length: 0x10000 }, (_, unit) => {
    const character = String.fromCharCode(unit);
    return /[\p{L}\p{N}\p{Cs}]/u.test(character) ? character.toLowerCase().charCodeAt(0) : 0;
  });
  return table;
}
