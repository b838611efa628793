/** The valid name a user most likely meant: for error messages after a typo. */
import { distance } from 'fastest-levenshtein';

/** Characters that two names must begin with alike to be taken for each other. */
const minBeginning = 4;

/**
 * The closest of `names` to `name` by edit distance without regard to case; when none is close, as for a name typed
 * short, the one that begins like it the longest; undefined when none does.
 */
export function nearestName(name: string, names: Iterable<string>): string | undefined {
  const known = [...names];
  const wanted = name.toLowerCase();
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of known) {
    const d = distance(wanted, candidate.toLowerCase());
    if (d < bestDistance) {
      bestDistance = d;
      best = candidate;
    }
  }
  return best ?? longestBeginning(wanted, known);
}

function longestBeginning(wanted: string, names: readonly string[]): string | undefined {
  let best: string | undefined;
  let longest = minBeginning - 1;
  for (const candidate of names) {
    const lower = candidate.toLowerCase();
    let length = 0;
    while (length < wanted.length && wanted[length] === lower[length]) length++;
    if (length > longest) {
      longest = length;
      best = candidate;
    }
  }
  return best;
}
