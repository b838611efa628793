/**
 * Where in the corpus each example is taken from. The text of a split is cut into as many stretches as there are
 * examples; each example gets one, in a shuffled order, and a place within it: so the corpus is covered evenly, and the
 * place depends on the example's number alone.
 */
import type { Random } from '../base/index.ts';
import type { CorpusDocument } from './corpus.ts';

export interface Place {
  readonly document: CorpusDocument;
  /** UTF-16 code units of the document. */
  readonly offset: number;
}

export interface Places {
  /** For the example's first attempt its own stretch, for later ones any place. */
  at(index: number, attempt: number, random: Random): Place;
}

/** @param documents at least one */
export function createPlaces(documents: readonly CorpusDocument[], examples: number): Places {
  const starts: number[] = [];
  let total = 0;
  for (const { length } of documents) {
    starts.push(total);
    total += length;
  }
  const stride = coprimeStride(examples);
  const placeAt = (offset: number): Place => {
    const i = lastAtMost(starts, offset);
    return { document: documents[i]!, offset: offset - starts[i]! };
  };
  return {
    at(index, attempt, random) {
      const fraction = random.next();
      if (attempt > 0) return placeAt(Math.floor(fraction * total));
      const stretch = (index * stride) % examples;
      return placeAt(Math.floor(((stretch + fraction) / examples) * total));
    },
  };
}

/** Steps of it visit every number below `count` once; near the golden section, so that neighbours lie far apart. */
function coprimeStride(count: number): number {
  let stride = Math.max(1, Math.round(count * 0.618));
  while (commonDivisor(stride, count) > 1) stride++;
  return stride;
}

const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b));

function lastAtMost(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle;
  }
  return low;
}
