/**
 * Successive halving (Jamieson and Talwalkar 2016): all candidates of a generation are measured on a few samples, the
 * better half of them on more, the best on all. Better is judged beside the population on the same samples.
 */
import { compareStandings, standingsOf } from './dominance.ts';
import type { Made } from './offspring.ts';
import type { Candidate, Measurement, Problem } from './problem.ts';

export interface HalvingOptions<Genome, Evidence> {
  readonly problem: Problem<Genome, Evidence>;
  readonly jobs: number;
  readonly isOver: () => boolean;
  /** @param index in the generation, from 0 */
  candidateOf(
    made: Made<Genome>,
    index: number,
  ): Pick<
    Candidate<Genome, Evidence>,
    'id' | 'round' | 'generation' | 'key' | 'genome' | 'origin' | 'parents'
  >;
  onMeasured(candidate: Candidate<Genome, Evidence>): void;
}

export interface Halved<Genome, Evidence> {
  /** In the order they were made; without those the budget left no room for. */
  readonly candidates: readonly Candidate<Genome, Evidence>[];
  /** Whether the budget held to the end. */
  readonly isWhole: boolean;
}

interface Runner<Genome, Evidence> {
  readonly made: Made<Genome>;
  readonly index: number;
  candidate: Candidate<Genome, Evidence> | undefined;
}

export async function halve<Genome, Evidence>(
  made: readonly Made<Genome>[],
  population: readonly Candidate<Genome, Evidence>[],
  options: HalvingOptions<Genome, Evidence>,
): Promise<Halved<Genome, Evidence>> {
  const { problem } = options;
  const runners = made.map(
    (each, index): Runner<Genome, Evidence> => ({ made: each, index, candidate: undefined }),
  );
  const candidates = () => runners.flatMap(({ candidate }) => candidate ?? []);
  let running = runners;
  for (const [rung, samples] of problem.rungs.entries()) {
    const isLast = rung === problem.rungs.length - 1;
    const isWhole = await measureAll(running, samples, isLast ? 'measured' : 'halved', options);
    if (!isWhole) return { candidates: candidates(), isWhole: false };
    if (isLast) break;
    const measured = running.filter(({ candidate }) => candidate!.fate !== 'failed');
    running = await better(measured, population, samples, problem);
  }
  return { candidates: candidates(), isWhole: true };
}

/** The better half, rounded up. */
async function better<Genome, Evidence>(
  running: readonly Runner<Genome, Evidence>[],
  population: readonly Candidate<Genome, Evidence>[],
  samples: number,
  problem: Problem<Genome, Evidence>,
): Promise<Runner<Genome, Evidence>[]> {
  const beside = await Promise.all(population.map(({ genome }) => problem.measure(genome, samples)));
  const points = [
    ...running.map(({ candidate }) => candidate!.values),
    ...beside.flatMap(measurement => (measurement?.values == null ? [] : [measurement.values])),
  ];
  const standings = standingsOf(points);
  return [...running.keys()]
    .sort((a, b) => compareStandings(standings[a]!, standings[b]!) || a - b)
    .slice(0, Math.ceil(running.length / 2))
    .sort((a, b) => a - b)
    .map(i => running[i]!);
}

/** @returns whether all were measured */
async function measureAll<Genome, Evidence>(
  running: readonly Runner<Genome, Evidence>[],
  samples: number,
  fate: 'measured' | 'halved',
  { problem, jobs, isOver, candidateOf, onMeasured }: HalvingOptions<Genome, Evidence>,
): Promise<boolean> {
  const queue = [...running];
  let isWhole = true;
  const work = async () => {
    for (let runner = queue.shift(); runner !== undefined; runner = queue.shift()) {
      const measurement: Measurement<Evidence> | undefined = isOver()
        ? undefined
        : await problem.measure(runner.made.genome, samples);
      if (measurement === undefined) {
        isWhole = false;
        return;
      }
      const { values, evidence } = measurement;
      runner.candidate = {
        ...candidateOf(runner.made, runner.index),
        samples,
        fate: values === null ? 'failed' : fate,
        values: values ?? [],
        evidence,
      };
      onMeasured(runner.candidate);
    }
  };
  await Promise.all(Array.from({ length: Math.min(jobs, queue.length) }, work));
  return isWhole;
}
