/**
 * Whether one setting beats another on the same samples: a confidence interval of the mean difference by paired
 * bootstrap (Efron; percentile interval). Pairs are drawn with replacement; the same seed draws the same pairs.
 */
import { GlyphError, type Random } from '../../base/index.ts';
import { mean } from './mean.ts';

export interface BootstrapOptions {
  readonly random: Random;
  /** 10,000 unless given. */
  readonly resamples?: number;
  /** 0.95 unless given. */
  readonly confidence?: number;
}

export interface PairedDifference {
  /** Mean of second − first. */
  readonly difference: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Scores of the same samples in the same order. Zero outside of `low` to `high` means a difference at that confidence.
 * @throws GlyphError kind `input` where the lengths differ or there is no sample, `config` for options out of range
 */
export function pairedBootstrap(
  first: readonly number[],
  second: readonly number[],
  options: BootstrapOptions,
): PairedDifference {
  const { random, resamples = 10_000, confidence = 0.95 } = options;
  if (first.length !== second.length) throw unequal(first.length, second.length);
  if (!(resamples >= 1 && confidence > 0 && confidence < 1)) throw badOptions(resamples, confidence);
  const differences = Float64Array.from(second, (score, i) => score - first[i]!);
  const difference = mean([...differences]);
  const means = new Float64Array(resamples);
  for (let k = 0; k < resamples; k++) {
    let sum = 0;
    for (let i = 0; i < differences.length; i++) {
      sum += differences[Math.floor(random.next() * differences.length)]!;
    }
    means[k] = sum / differences.length;
  }
  means.sort();
  const tail = Math.floor(((1 - confidence) / 2) * resamples);
  return { difference, low: means[tail]!, high: means[resamples - 1 - tail]! };
}

const unequal = (first: number, second: number) =>
  new GlyphError({
    kind: 'input',
    operation: 'compare two runs',
    expected: 'a score of each run for every sample',
    actual: `${first} and ${second} scores`,
  });

const badOptions = (resamples: number, confidence: number) =>
  new GlyphError({
    kind: 'config',
    operation: 'compare two runs',
    expected: 'at least one resample and a confidence between 0 and 1',
    actual: `${resamples} and ${confidence}`,
  });
