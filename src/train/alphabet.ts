/** The characters a reader learns: those that its data has often enough to be told from others. */
import type { Row } from './data-set.ts';
import { withoutMarks } from './without-marks.ts';

/** Of all characters; a rarer one is a matter of chance. */
const leastShare = 1e-5;

/**
 * In order of their code points.
 * @param before what it knows already
 */
export function alphabetOf(rows: readonly Row[], before = ''): string {
  const counts = new Map<string, number>();
  let all = 0;
  for (const { messages } of rows) {
    for (const { content } of messages) {
      for (const character of withoutMarks(content)) {
        counts.set(character, (counts.get(character) ?? 0) + 1);
        all++;
      }
    }
  }
  const often = [...counts].filter(([, count]) => count > leastShare * all).map(([character]) => character);
  return [...new Set([...before, ...often])].sort().join('');
}
