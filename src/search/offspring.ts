/** The candidates of a generation: proposed, crossed, mutated or drawn, none made before and none refused. */
import type { Random } from '../base/index.ts';
import { compareStandings, standingsOf } from './dominance.ts';
import type { Candidate, Origin, Problem } from './problem.ts';
import type { Proposer } from './proposer.ts';

/** A genome with where it comes from. */
export interface Made<Genome> {
  readonly genome: Genome;
  readonly key: string;
  readonly origin: Origin;
  readonly parents: readonly string[];
}

export interface Breeding<Genome, Evidence> {
  readonly problem: Problem<Genome, Evidence>;
  readonly random: Random;
  readonly population: readonly Candidate<Genome, Evidence>[];
  /** Keys of all candidates so far; those made are added. */
  readonly known: Set<string>;
  readonly round: number;
  readonly generation: number;
  /** Shares of the children that are crossed and that are drawn anew; the others are mutated. */
  readonly crossoverShare: number;
  readonly sampleShare: number;
  readonly proposer: Proposer<Genome, Evidence> | undefined;
  readonly proposeShare: number;
  onRefused(origin: Origin, reason: string): void;
}

/** Draws before a place is left empty: a space may be used up, or refused altogether. */
const mostTries = 300;

/** Fewer than `count` where no new genome is found. */
export async function makeOffspring<Genome, Evidence>(
  breeding: Breeding<Genome, Evidence>,
  count: number,
): Promise<Made<Genome>[]> {
  const made = await proposed(breeding, count);
  while (made.length < count) {
    const child = await makeChild(breeding);
    if (child === undefined) break;
    made.push(child);
  }
  return made;
}

async function proposed<Genome, Evidence>(
  {
    proposer,
    proposeShare,
    problem,
    population,
    known,
    round,
    generation,
    onRefused,
  }: Breeding<Genome, Evidence>,
  count: number,
): Promise<Made<Genome>[]> {
  const wanted = Math.round(count * proposeShare);
  if (proposer === undefined || wanted === 0 || population.length === 0) return [];
  const isKnown = (genome: Genome) => known.has(problem.keyOf(genome));
  const { proposals } = await proposer({ round, generation, count: wanted, population, isKnown });
  const made: Made<Genome>[] = [];
  for (const { genome, origin, parents } of proposals.slice(0, wanted)) {
    const key = problem.keyOf(genome);
    if (known.has(key)) continue;
    known.add(key);
    const reason = await problem.refusal(genome);
    if (reason === undefined) made.push({ genome, key, origin, parents });
    else onRefused(origin, reason);
  }
  return made;
}

async function makeChild<Genome, Evidence>(
  breeding: Breeding<Genome, Evidence>,
): Promise<Made<Genome> | undefined> {
  const { problem, known, onRefused } = breeding;
  for (let attempt = 0; attempt < mostTries; attempt++) {
    const { genome, origin, parents } = drawChild(breeding);
    const key = problem.keyOf(genome);
    if (known.has(key)) continue;
    known.add(key);
    const reason = await problem.refusal(genome);
    if (reason === undefined) return { genome, key, origin, parents };
    onRefused(origin, reason);
  }
  return undefined;
}

function drawChild<Genome, Evidence>(breeding: Breeding<Genome, Evidence>): Omit<Made<Genome>, 'key'> {
  const { problem, random, population, crossoverShare, sampleShare } = breeding;
  const kind = random.next();
  if (population.length === 0 || kind < sampleShare)
    return { genome: problem.sample(random), origin: 'sample', parents: [] };
  const first = chooseParent(population, random);
  if (population.length > 1 && kind < sampleShare + crossoverShare) {
    const second = chooseParent(
      population.filter(each => each !== first),
      random,
    );
    const genome = problem.crossover(first.genome, second.genome, random);
    return { genome, origin: 'crossover', parents: [first.id, second.id] };
  }
  return { genome: problem.mutate(first.genome, random), origin: 'mutation', parents: [first.id] };
}

const standings = new WeakMap<readonly unknown[], ReturnType<typeof standingsOf>>();

/** The better of two drawn at random. */
function chooseParent<Genome, Evidence>(
  population: readonly Candidate<Genome, Evidence>[],
  random: Random,
): Candidate<Genome, Evidence> {
  const known = standings.get(population) ?? standingsOf(population.map(({ values }) => values));
  standings.set(population, known);
  const [a, b] = [random.integer(0, population.length - 1), random.integer(0, population.length - 1)];
  return population[compareStandings(known[a]!, known[b]!) <= 0 ? a : b]!;
}
