/**
 * What the search loop searches: genomes of any kind, drawn, varied and measured. Rendering configs are one problem; the
 * test functions whose fronts are known are others, so that the loop itself is tested on them.
 */
import type { Random } from '../base/index.ts';

export interface Problem<Genome, Evidence> {
  /** One name an objective; larger values are better in all of them. */
  readonly objectives: readonly string[];
  /** The point that progress is measured from: a little worse than anything of use, by objective. */
  readonly reference: readonly number[];
  /** Equal keys are one candidate. */
  keyOf(genome: Genome): string;
  sample(random: Random): Genome;
  mutate(genome: Genome, random: Random): Genome;
  crossover(first: Genome, second: Genome, random: Random): Genome;
  /** Why a genome is not worth a measurement, found out without one; undefined where it is. */
  refusal(genome: Genome): Promise<string | undefined>;
  /** Samples of each measurement of successive halving, rising; the last is all of them. */
  readonly rungs: readonly number[];
  /** Undefined where the budget ends before. Measuring fewer samples again must be free. */
  measure(genome: Genome, samples: number): Promise<Measurement<Evidence> | undefined>;
}

export interface Measurement<Evidence> {
  /** By objective; null where the genome could not be measured, e.g. since the model refused its pages. */
  readonly values: readonly number[] | null;
  readonly evidence: Evidence;
}

/** Who made a candidate. */
export type Origin = 'given' | 'sample' | 'mutation' | 'crossover' | 'llm-mutation' | 'llm-crossover';

export interface Candidate<Genome, Evidence> {
  /** In order of making, from 1 in each round, e.g. "2-17". */
  readonly id: string;
  readonly round: number;
  readonly generation: number;
  readonly key: string;
  readonly genome: Genome;
  readonly origin: Origin;
  /** Ids. */
  readonly parents: readonly string[];
  /** Samples it was measured on. */
  readonly samples: number;
  /** `halved`: measured on some samples only. `failed`: it could not be measured. */
  readonly fate: 'measured' | 'halved' | 'failed';
  readonly values: readonly number[];
  readonly evidence: Evidence;
}
