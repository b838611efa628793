/**
 * Enlarges a grey page by a whole factor with a Lanczos window of three lobes (Duchon 1979), one axis after the other:
 * readers of letters expect larger type than 72 dpi pages have.
 */
import type { GreyPage } from './grey-page.ts';

/** Pixels of the source that make one of the result, along one axis. */
const taps = 6;

const lanczos = (x: number): number =>
  x === 0 ? 1 : Math.abs(x) >= 3 ? 0 : (3 * sinPi(x) * sinPi(x / 3)) / (Math.PI * x) ** 2;

const sinPi = (x: number): number => Math.sin(Math.PI * x);

/** Where the pixels of one place between two source pixels come from; a factor of n has n such places. */
interface Phase {
  /** The first source pixel, counted from the one the result falls into. */
  readonly first: number;
  /** They add up to 1. */
  readonly weights: Float64Array;
}

function phasesOf(factor: number): readonly Phase[] {
  return Array.from({ length: factor }, (_, phase) => {
    const centre = (phase + 0.5) / factor - 0.5;
    const first = Math.ceil(centre - 3);
    const weights = Float64Array.from({ length: taps }, (_, i) => lanczos(centre - first - i));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return { first, weights: weights.map(weight => weight / total) };
  });
}

/** @param factor a whole number; 1 gives the page itself */
export function enlarge(page: GreyPage, factor: number): GreyPage {
  if (factor === 1) return page;
  const phases = phasesOf(factor);
  return enlargeRows(enlargeColumns(page, phases), phases);
}

/** A page between the two passes: the overshoot at edges must not be cut yet. */
interface WidePage {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly data: Float32Array;
}

/** Each row becomes `factor` times as wide. */
function enlargeColumns({ widthPx, heightPx, data }: GreyPage, phases: readonly Phase[]): WidePage {
  const wide = widthPx * phases.length;
  const result = new Float32Array(wide * heightPx);
  const padded = new Float32Array(widthPx + 2 * taps);
  for (let y = 0; y < heightPx; y++) {
    const row = data.subarray(y * widthPx, (y + 1) * widthPx);
    padded.fill(row[0]!, 0, taps);
    padded.set(row, taps);
    padded.fill(row[widthPx - 1]!, taps + widthPx);
    for (const [phase, { first, weights }] of phases.entries()) {
      let out = y * wide + phase;
      for (let at = taps + first; at < taps + first + widthPx; at++) {
        let value = 0;
        for (let i = 0; i < taps; i++) value += weights[i]! * padded[at + i]!;
        result[out] = value;
        out += phases.length;
      }
    }
  }
  return { widthPx: wide, heightPx, data: result };
}

/** Each row becomes `factor` rows: sums of whole rows, which run through memory in order. */
function enlargeRows({ widthPx, heightPx, data }: WidePage, phases: readonly Phase[]): GreyPage {
  const tall = heightPx * phases.length;
  const result = new Uint8Array(widthPx * tall);
  const sum = new Float64Array(widthPx);
  for (let y = 0; y < tall; y++) {
    const { first, weights } = phases[y % phases.length]!;
    const top = Math.floor(y / phases.length) + first;
    sum.fill(0.5); // the conversion to bytes cuts; this rounds
    for (let i = 0; i < taps; i++) {
      const weight = weights[i]!;
      const row = Math.min(heightPx - 1, Math.max(0, top + i)) * widthPx;
      for (let x = 0; x < widthPx; x++) sum[x]! += weight * data[row + x]!;
    }
    const out = y * widthPx;
    for (let x = 0; x < widthPx; x++) result[out + x] = Math.min(255, Math.max(0, sum[x]!));
  }
  return { widthPx, heightPx: tall, data: result };
}
