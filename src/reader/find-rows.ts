/**
 * Which rows of a text a question is about. Neighbours are judged together, since a sentence seldom ends with its line,
 * and by trigrams of their words, since a reader may have taken a character for another.
 */
import { scorePassages, trigramsOf } from '../text/index.ts';

/** More would fill the window and hold little that the first ones have not. */
export const mostFound = 12;

/** A pair with less than this share of the best one's score is about something else. */
const leastShare = 0.7;

/** Rows from the first of a pair: the pair, and what its sentence may go on in. */
const rowsOfHit = 3;

/**
 * Indices in ascending order; without a word in common none.
 * @param rows texts in reading order
 */
export function findRows(question: string, rows: readonly string[], most = mostFound): readonly number[] {
  const pairs = rows.map((row, i) => row + (rows[i + 1] ?? ''));
  const scored = Array.from(scorePassages(question, pairs, trigramsOf), (score, index) => ({ index, score }));
  // Of equal ones the later: what it begins with is what matters, and it shows more of what follows.
  scored.sort((a, b) => b.score - a.score || b.index - a.index);
  const least = (scored[0]?.score ?? 0) * leastShare;
  const found = new Set<number>();
  for (const { index, score } of scored) {
    if (score === 0 || score < least) break;
    const hit = Array.from({ length: rowsOfHit }, (_, i) => index + i).filter(row => row < rows.length);
    const added = hit.filter(row => !found.has(row));
    if (found.size + added.length > most) continue;
    for (const row of added) found.add(row);
  }
  return [...found].sort((a, b) => a - b);
}
