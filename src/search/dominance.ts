/**
 * Who is better than whom with several objectives at once: non-dominated ranks and crowding distances of NSGA-II (Deb
 * et al. 2002). Larger values are better in every objective.
 */

/** Whether `a` is nowhere worse than `b` and somewhere better. */
export function dominates(a: readonly number[], b: readonly number[]): boolean {
  let isBetter = false;
  for (let i = 0; i < a.length; i++) {
    if (a[i]! < b[i]!) return false;
    if (a[i]! > b[i]!) isBetter = true;
  }
  return isBetter;
}

/** Indices of the points, best front first; each front in the order of the points. */
export function rankFronts(points: readonly (readonly number[])[]): number[][] {
  const dominatedBy = points.map(() => 0);
  const dominated = points.map((): number[] => []);
  for (let i = 0; i < points.length; i++) {
    for (let j = i + 1; j < points.length; j++) {
      const [winner, loser] = dominates(points[i]!, points[j]!)
        ? [i, j]
        : dominates(points[j]!, points[i]!)
          ? [j, i]
          : [];
      if (winner === undefined || loser === undefined) continue;
      dominated[winner]!.push(loser);
      dominatedBy[loser]!++;
    }
  }
  const fronts: number[][] = [];
  let front = [...points.keys()].filter(i => dominatedBy[i] === 0);
  while (front.length > 0) {
    fronts.push(front);
    const next: number[] = [];
    for (const i of front) {
      for (const j of dominated[i]!) if (--dominatedBy[j]! === 0) next.push(j);
    }
    front = next.sort((a, b) => a - b);
  }
  return fronts;
}

/** How much room each point of a front has, by point; the ends of every objective have infinite room. */
export function crowdingDistances(points: readonly (readonly number[])[]): number[] {
  const distances = points.map(() => 0);
  const objectives = points[0]?.length ?? 0;
  for (let k = 0; k < objectives; k++) {
    const order = [...points.keys()].sort((a, b) => points[a]![k]! - points[b]![k]! || a - b);
    const [low, high] = [points[order[0]!]![k]!, points[order.at(-1)!]![k]!];
    distances[order[0]!] = Number.POSITIVE_INFINITY;
    distances[order.at(-1)!] = Number.POSITIVE_INFINITY;
    if (high === low) continue;
    for (let i = 1; i < order.length - 1; i++) {
      distances[order[i]!]! += (points[order[i + 1]!]![k]! - points[order[i - 1]!]![k]!) / (high - low);
    }
  }
  return distances;
}

export interface Standing {
  /** 0 for the best front. */
  readonly rank: number;
  readonly crowding: number;
}

/** By point. */
export function standingsOf(points: readonly (readonly number[])[]): Standing[] {
  const standings: Standing[] = new Array(points.length);
  for (const [rank, front] of rankFronts(points).entries()) {
    const distances = crowdingDistances(front.map(i => points[i]!));
    front.forEach((index, i) => {
      standings[index] = { rank, crowding: distances[i]! };
    });
  }
  return standings;
}

/** Negative where `a` stands before `b`: lower rank first, then more room. */
export const compareStandings = (a: Standing, b: Standing): number =>
  a.rank - b.rank || (a.crowding === b.crowding ? 0 : b.crowding - a.crowding);

/** The best `count` of a list, best first; equals keep their order. */
export function selectBest<T extends { readonly values: readonly number[] }>(
  list: readonly T[],
  count: number,
): T[] {
  const standings = standingsOf(list.map(({ values }) => values));
  return [...list.keys()]
    .sort((a, b) => compareStandings(standings[a]!, standings[b]!) || a - b)
    .slice(0, count)
    .map(i => list[i]!);
}

/** Those that no other dominates; of equals the first. */
export function paretoFront<T extends { readonly values: readonly number[] }>(list: readonly T[]): T[] {
  const [front = []] = rankFronts(list.map(({ values }) => values));
  const seen = new Set<string>();
  return front
    .map(i => list[i]!)
    .filter(({ values }) => {
      const key = values.join(' ');
      return seen.has(key) ? false : seen.add(key) !== undefined;
    });
}
