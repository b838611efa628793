/** The test problems ZDT1 to 3 (Zitzler, Deb and Thiele 2000): two objectives with a known front, thirty numbers each. */
import type { Random } from '../../base/index.ts';
import type { Problem } from '../problem.ts';

type Vector = readonly number[];

const dimensions = 30;

const shapes = {
  zdt1: (f: number, g: number) => 1 - Math.sqrt(f / g),
  zdt2: (f: number, g: number) => 1 - (f / g) ** 2,
  zdt3: (f: number, g: number) => 1 - Math.sqrt(f / g) - (f / g) * Math.sin(10 * Math.PI * f),
} as const;

export type ZdtName = keyof typeof shapes;
export const zdtNames = Object.keys(shapes) as readonly ZdtName[];

/** Objectives are turned round, since the loop maximises. */
const valuesAt = (name: ZdtName, f: number, g: number): readonly [number, number] => [
  -f,
  -g * shapes[name](f, g),
];

/** Far enough from all fronts, as is usual for these problems. */
export const zdtReference = [-1.1, -1.1] as const;

/** Points close together on the true front (g = 1). */
export const trueFront = (name: ZdtName): (readonly [number, number])[] =>
  Array.from({ length: 20_001 }, (_, i) => valuesAt(name, i / 20_000, 1));

export function zdtProblem(name: ZdtName): Problem<Vector, undefined> {
  return {
    objectives: ['f1', 'f2'],
    reference: zdtReference,
    keyOf: genome => genome.join(),
    sample: random => Array.from({ length: dimensions }, () => random.next()),
    mutate: polynomialMutation,
    crossover: (a, b, random) => polynomialMutation(simulatedBinary(a, b, random), random),
    refusal: async () => undefined,
    rungs: [1],
    async measure(genome) {
      const rest = genome.slice(1).reduce((sum, x) => sum + x, 0);
      return { values: valuesAt(name, genome[0]!, 1 + (9 * rest) / (dimensions - 1)), evidence: undefined };
    },
  };
}

const within = (x: number) => Math.min(1, Math.max(0, x));

/** SBX with distribution index 15 (Deb and Agrawal 1995); one child of the two. */
function simulatedBinary(a: Vector, b: Vector, random: Random): Vector {
  return a.map((x, i) => {
    if (random.next() < 0.5) return x;
    const u = random.next();
    const spread = u <= 0.5 ? (2 * u) ** (1 / 16) : (1 / (2 - 2 * u)) ** (1 / 16);
    const sign = random.next() < 0.5 ? 1 : -1;
    return within(((1 + sign * spread) * x + (1 - sign * spread) * b[i]!) / 2);
  });
}

/** Distribution index 20, one number in thirty. */
function polynomialMutation(genome: Vector, random: Random): Vector {
  const sure = random.integer(0, genome.length - 1);
  return genome.map((x, i) => {
    if (i !== sure && random.next() > 1 / genome.length) return x;
    const u = random.next();
    return within(x + (u < 0.5 ? (2 * u) ** (1 / 21) - 1 : 1 - (2 - 2 * u) ** (1 / 21)));
  });
}
