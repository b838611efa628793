/**
 * Seeded random numbers, the same on every machine: whoever samples gets the generator passed in. The generator is
 * sfc32 (Chris Doty-Humphrey, PractRand), its state filled from the SHA-256 of the seed so that near seeds differ.
 */
import { GlyphError } from './error.ts';
import { sha256Hex } from './sha256.ts';

export interface Random {
  /** Uniform in [0, 1), 53 bits. */
  next(): number;
  /** Uniform whole number, both ends included. */
  integer(min: number, max: number): number;
  /** Uniform choice; an empty list is an `internal` error. */
  pick<T>(list: readonly T[]): T;
  /** Choice in proportion to the weights, which need not add up to 1; no positive weight is an `internal` error. */
  weighted<T>(list: readonly Weighted<T>[]): T;
}

/** A weight and what it weighs, e.g. `[3, 'left']`. */
export type Weighted<T> = readonly [weight: number, value: T];

/** The seeds 7 and "7" start the same sequence, so that a seed typed on a command line needs no parsing. */
export function createRandom(seed: number | string): Random {
  const next32 = sfc32(String(seed));
  const next = () => ((next32() >>> 5) * 2 ** 26 + (next32() >>> 6)) / 2 ** 53;
  return {
    next,
    integer: (min, max) => min + Math.floor(next() * (max - min + 1)),
    pick(list) {
      if (list.length === 0) throw nothingToChoose('pick');
      return list[Math.floor(next() * list.length)]!;
    },
    weighted: list => chooseWeighted(list, next()),
  };
}

function chooseWeighted<T>(list: readonly Weighted<T>[], fraction: number): T {
  const positive = list.filter(([weight]) => weight > 0);
  const last = positive.at(-1);
  if (last === undefined) throw nothingToChoose('weighted');
  let left = fraction * positive.reduce((sum, [weight]) => sum + weight, 0);
  for (const [weight, value] of positive) {
    left -= weight;
    if (left < 0) return value;
  }
  return last[1];
}

function nothingToChoose(operation: string): GlyphError {
  return new GlyphError({
    kind: 'internal',
    operation: `random ${operation}`,
    expected: 'at least one choice with a positive weight',
    actual: 'none',
  });
}

/** Uniform unsigned 32-bit numbers; the state is three words and a counter. */
function sfc32(seed: string): () => number {
  const digest = sha256Hex(seed);
  const word = (index: number) => Number.parseInt(digest.slice(index * 8, index * 8 + 8), 16) | 0;
  let [a, b, c, counter] = [word(0), word(1), word(2), word(3)];
  return () => {
    const output = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + output) | 0;
    return output >>> 0;
  };
}
