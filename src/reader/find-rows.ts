/**
 * Which rows of a text a question is about: those that have most of what is rare in it (inverse document frequency, Spärck Jones
 * 1972). Neighbours are judged together, since a sentence seldom ends with its line, and by trigrams of their words, since a
 * reader may have taken a character for another.
 */
import { trigramsOf } from '../text/index.ts';

/** More would fill the window and hold little that the first ones have not. */
export const mostFound = 12;

/** Places with less than this share of the best one's score are about something else, whatever stands between. */
const leastShare = 0.5;

/** Those with this share of it are about the same, whatever falls between: a misread word costs as much. */
const sameShare = 0.7;

/** Rows from the first of a pair: the pair, and what its sentence may go on in. */
const rowsOfHit = 3;

/** Indices of rows in ascending order, of all places together. */
export const findRows = (question: string, rows: readonly string[], most = mostFound): readonly number[] =>
  [...new Set(findPlaces(question, rows, most).flat())].sort((a, b) => a - b);

/**
 * Places that the question is about, the likeliest first, each as indices of the rows that stand there; without a word in
 * common none.
 * @param rows texts in reading order @param most rows of all places together
 */
export function findPlaces(
  question: string,
  rows: readonly string[],
  most = mostFound,
): readonly (readonly number[])[] {
  const pairs = rows.map((row, i) => row + (rows[i + 1] ?? ''));
  const hits = withoutNeighbours(scoresOf(question, pairs));
  const found = new Set<number>();
  const places: (readonly number[])[] = [];
  for (const { index } of hits.slice(0, countBeforeGap(hits.map(({ score }) => score)))) {
    const place = Array.from({ length: rowsOfHit }, (_, i) => index + i).filter(row => row < rows.length);
    const added = place.filter(row => !found.has(row));
    if (found.size + added.length > most) continue;
    places.push(place);
    for (const row of added) found.add(row);
  }
  return places;
}

interface Hit {
  readonly index: number;
  readonly score: number;
}

/** The best pairs, none beside a better one, which has the same row. */
function withoutNeighbours(scores: Float64Array): readonly Hit[] {
  const scored = Array.from(scores, (score, index) => ({ index, score }));
  // Of equal ones the later: what it begins with is what matters, and it shows more of what follows.
  scored.sort((a, b) => b.score - a.score || b.index - a.index);
  const least = (scored[0]?.score ?? 0) * leastShare;
  const hits: Hit[] = [];
  for (const hit of scored) {
    if (hit.score === 0 || hit.score < least) break;
    if (hits.every(({ index }) => Math.abs(index - hit.index) > 1)) hits.push(hit);
  }
  return hits;
}

/** What a question is about stands out from what only has words in common with it: how many before the largest fall. */
function countBeforeGap(scores: readonly number[]): number {
  const least = (scores[0] ?? 0) * leastShare;
  let [count, largest] = [scores.length, 0];
  for (const [i, score] of scores.entries()) {
    if ((scores[i + 1] ?? 0) >= sameShare * scores[0]!) continue;
    const fall = score - (scores[i + 1] ?? least);
    if (fall > largest) [count, largest] = [i + 1, fall];
  }
  return count;
}

/** Of each passage, the rarity of what it has of the question, whatever else it has. */
function scoresOf(question: string, passages: readonly string[]): Float64Array {
  const terms = new Set(trigramsOf(question));
  const found = passages.map(passage => new Set([...trigramsOf(passage)].filter(term => terms.has(term))));
  const scores = new Float64Array(passages.length);
  for (const term of terms) {
    const having = found.flatMap((own, i) => (own.has(term) ? [i] : []));
    const rarity = Math.log(1 + (passages.length - having.length + 0.5) / (having.length + 0.5));
    for (const i of having) scores[i]! += rarity;
  }
  return scores;
}
