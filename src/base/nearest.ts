/** The valid name a user most likely meant: for error messages after a typo. */
import { distance } from 'fastest-levenshtein';

/** The closest of `names` to `name` by edit distance without regard to case, or undefined when none is close. */
export function nearestName(name: string, names: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase();
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of names) {
    const d = distance(wanted, candidate.toLowerCase());
    if (d < bestDistance) {
      bestDistance = d;
      best = candidate;
    }
  }
  return best;
}
