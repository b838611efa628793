/**
 * One round of the search: a population, measured, selected, varied, until nothing is gained any more or the budget is
 * used up. Everything random follows from the seed, the round and the generation, so a round that is run again over
 * recorded answers makes the same candidates: that is how a search goes on after a kill.
 */
import { createRandom } from '../base/index.ts';
import { paretoFront, selectBest } from './dominance.ts';
import { halve } from './halving.ts';
import { hypervolume } from './hypervolume.ts';
import { type Made, makeOffspring } from './offspring.ts';
import type { Candidate, Origin, Problem } from './problem.ts';
import type { Proposer } from './proposer.ts';

export interface RoundOptions<Genome, Evidence> {
  readonly problem: Problem<Genome, Evidence>;
  readonly seed: string;
  /** From 1. */
  readonly round: number;
  /** Candidates that are measured, whole or in part. */
  readonly steps: number;
  readonly populationSize: number;
  /** Generations without a gain after which the round ends. */
  readonly patience: number;
  /** `random`: candidates are only drawn, none is varied; what a search is compared with. */
  readonly strategy: 'genetic' | 'random';
  /** Taken into the first generation, before what is drawn. */
  readonly given: readonly Genome[];
  readonly crossoverShare?: number | undefined;
  readonly sampleShare?: number | undefined;
  readonly proposer?: Proposer<Genome, Evidence> | undefined;
  /** Share of a generation asked of the proposer. */
  readonly proposeShare?: number | undefined;
  /** Candidates measured at once. */
  readonly jobs: number;
  /** Whether no measurement may begin any more, e.g. as time or money is used up. */
  readonly isOver: () => boolean;
  readonly onEvent?: ((event: RoundEvent<Genome, Evidence>) => void) | undefined;
}

export type RoundEvent<Genome, Evidence> =
  | { readonly type: 'candidate-refused'; readonly origin: Origin; readonly reason: string }
  | {
      readonly type: 'candidate-measured';
      readonly round: number;
      readonly step: number;
      readonly candidate: Candidate<Genome, Evidence>;
    }
  | {
      readonly type: 'generation-ended';
      readonly round: number;
      readonly generation: number;
      readonly front: readonly Candidate<Genome, Evidence>[];
    };

export type RoundEnd = 'converged' | 'steps-done' | 'space-used-up' | 'budget-reached';

export interface RoundResult<Genome, Evidence> {
  /** All that were measured, whole or in part, in order. */
  readonly candidates: readonly Candidate<Genome, Evidence>[];
  readonly end: RoundEnd;
  readonly generations: number;
}

/**
 * The first generation is so many populations large, and no more than this share of all steps: halving leaves a quarter of it,
 * and a search that begins beside three configs ends beside them.
 */
const [firstPopulations, firstShare] = [3, 0.4];

/** A front must grow by this share to count as a gain. */
const leastGain = 1e-3;

export async function searchRound<Genome, Evidence>(
  options: RoundOptions<Genome, Evidence>,
): Promise<RoundResult<Genome, Evidence>> {
  const { problem, seed, round, steps, populationSize, patience, onEvent } = options;
  const known = new Set<string>();
  const candidates: Candidate<Genome, Evidence>[] = [];
  let population: readonly Candidate<Genome, Evidence>[] = [];
  let [bestArea, idle, generation] = [0, 0, 0];
  for (; candidates.length < steps; generation++) {
    if (options.isOver()) return { candidates, end: 'budget-reached', generations: generation };
    const random = createRandom(`search ${seed} ${round} ${generation}`);
    const size = generation === 0 ? firstSize(options) : populationSize;
    const wanted = Math.min(size, steps - candidates.length);
    const given = generation === 0 ? takeGiven(options, known) : [];
    const isRandom = options.strategy === 'random';
    const offspring = await makeOffspring(
      {
        problem,
        random,
        population: isRandom ? [] : population,
        known,
        round,
        generation,
        crossoverShare: options.crossoverShare ?? 0.3,
        sampleShare: options.sampleShare ?? 0.2,
        proposer: isRandom ? undefined : options.proposer,
        proposeShare: options.proposeShare ?? 0.5,
        onRefused: (origin, reason) => onEvent?.({ type: 'candidate-refused', origin, reason }),
      },
      Math.max(0, wanted - given.length),
    );
    const made = [...given, ...offspring].slice(0, wanted);
    if (made.length === 0) return { candidates, end: 'space-used-up', generations: generation };
    const firstStep = candidates.length;
    const measured = await halve(made, population, {
      problem,
      jobs: options.jobs,
      isOver: options.isOver,
      candidateOf: (each, i) => ({ ...each, id: `${round}-${firstStep + i + 1}`, round, generation }),
      onMeasured: candidate =>
        onEvent?.({ type: 'candidate-measured', round, step: firstStep + made.length, candidate }),
    });
    candidates.push(...measured.candidates);
    population = selectBest(
      [...population, ...measured.candidates.filter(({ fate }) => fate === 'measured')],
      populationSize,
    );
    const front = paretoFront(population);
    onEvent?.({ type: 'generation-ended', round, generation, front });
    if (!measured.isWhole) return { candidates, end: 'budget-reached', generations: generation + 1 };
    const area = hypervolume(
      front.map(({ values }) => values),
      problem.reference,
    );
    idle = area > bestArea * (1 + leastGain) ? 0 : idle + 1;
    bestArea = Math.max(area, bestArea);
    if (idle >= patience) return { candidates, end: 'converged', generations: generation + 1 };
  }
  return { candidates, end: 'steps-done', generations: generation };
}

const firstSize = ({ populationSize, steps }: { readonly populationSize: number; readonly steps: number }) =>
  Math.max(populationSize, Math.min(firstPopulations * populationSize, Math.floor(firstShare * steps)));

/** What is given is measured whatever a check without a model says of it. */
function takeGiven<Genome, Evidence>(
  { given, problem }: RoundOptions<Genome, Evidence>,
  known: Set<string>,
): Made<Genome>[] {
  return given.flatMap((genome): Made<Genome>[] => {
    const key = problem.keyOf(genome);
    if (known.has(key)) return [];
    known.add(key);
    return [{ genome, key, origin: 'given', parents: [] }];
  });
}
