/** Faded turns brought back sharp: those that answer a query best, as text. */
import { GlyphError } from '../../base/index.ts';
import type { Message } from '../../model/index.ts';
import { scorePassages } from '../../text/index.ts';
import { turnText } from './transcript.ts';

export interface RecalledTurn {
  /** Number of the turn, from 0. */
  readonly index: number;
  readonly message: Message;
  /** In the words of the pages, e.g. "Tool search: 3 results". */
  readonly text: string;
  /** Okapi BM25 over all turns; higher is better. */
  readonly score: number;
}

/** Best first, newer first among equals; turns without a word of the query are never given. */
export function recallTurns(turns: readonly Message[], query: string, most: number): readonly RecalledTurn[] {
  if (typeof query !== 'string' || !Number.isInteger(most) || most < 1) {
    throw new GlyphError({
      kind: 'input',
      operation: 'recall turns',
      expected: 'a text to look for and a whole number of turns from 1',
      actual: `${typeof query} and ${most}`,
    });
  }
  const texts = turns.map(turnText);
  const scores = scorePassages(query, texts);
  return turns
    .map((message, index) => ({ index, message, text: texts[index]!, score: scores[index]! }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || b.index - a.index)
    .slice(0, most);
}
