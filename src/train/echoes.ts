/**
 * Turns after a question that ask again for words of the same notes: some words are said, what follows them is the answer. A
 * question alone teaches a few tokens of copying; these teach as much again each, and to find words by what stands before.
 */
import type { Random } from '../base/index.ts';
import type { MarkedRow, Piece } from '../reader/index.ts';
import { special } from './lessons.ts';

const [mostCueWords, mostAnswerWords] = [3, 5];

/** At most `count`; fewer where the notes have few words. */
export function echoPieces(rows: readonly MarkedRow[], count: number, random: Random): readonly Piece[] {
  const text = rows.map(row => row.text).join('');
  const pieces: Piece[] = [];
  for (let i = 0; i < count && rows.length > 0; i++) {
    const echo = echoOf(random.pick(rows).text, random);
    if (echo === undefined || text.split(echo.cue).length !== 2) continue;
    pieces.push(
      special('user'),
      { type: 'text', text: `What follows “${echo.cue}”?` },
      special('assistant'),
      special('think-end'),
      { type: 'text', text: ` ${echo.answer}`, weight: 1, copies: 'before' },
      special('end', 1),
    );
  }
  return pieces;
}

function echoOf(line: string, random: Random): { readonly cue: string; readonly answer: string } | undefined {
  const words = [...line.matchAll(/\S+/g)];
  const cueWords = random.integer(1, mostCueWords);
  if (words.length <= cueWords) return undefined;
  const first = random.integer(0, words.length - cueWords - 1);
  const next = first + cueWords;
  const last = Math.min(words.length, next + random.integer(1, mostAnswerWords)) - 1;
  const end = ({ 0: word, index }: RegExpExecArray) => index + word.length;
  return {
    cue: line.slice(words[first]!.index, end(words[next - 1]!)),
    answer: line.slice(words[next]!.index, end(words[last]!)),
  };
}
