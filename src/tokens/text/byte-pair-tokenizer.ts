/**
 * A tokenizer of OpenAI's kind: split into pieces, each a token if the vocabulary has it, else merged. Most pieces
 * are words seen before, so their counts are kept. Strings that look like special tokens are plain text here.
 */
import { countLongPiece, countShortPiece, shortPiece, toBytes, type Vocabulary } from './byte-pair.ts';
import { longestKept, PieceCounts } from './piece-counts.ts';
import { type PretokenEnd, undecided } from './pretoken.ts';
import type { StepsResult, Tail, TextTokenizer } from './text-tokenizer.ts';

/** Characters between two pauses: some milliseconds. */
const charactersPerPause = 16_384;

export function bytePairTokenizer(
  name: string,
  vocabulary: Vocabulary,
  pretokenEnd: PretokenEnd,
): TextTokenizer {
  const kept = new PieceCounts();

  function* countPiece(piece: string): Generator<void, number> {
    const bytes = toBytes(piece);
    if (vocabulary.ranks.has(bytes)) return 1;
    return bytes.length <= shortPiece
      ? countShortPiece(bytes, vocabulary)
      : yield* countLongPiece(bytes, vocabulary);
  }

  /** Of the piece that was looked up and not found. */
  function countKept(piece: string): number {
    const bytes = toBytes(piece);
    const tokens = vocabulary.ranks.has(bytes) ? 1 : countShortPiece(bytes, vocabulary);
    kept.keep(tokens);
    return tokens;
  }

  function* steps(given: string, tail: Tail): Generator<StepsResult, StepsResult> {
    const text = tail === 'end-of-text' ? given : withoutHalfPair(given);
    let tokens = 0;
    let at = 0;
    let pauseAt = charactersPerPause;
    while (at < text.length) {
      const end = pretokenEnd(text, at, tail);
      if (end === undecided) break;
      if (end - at <= longestKept) {
        const known = kept.find(text, at, end);
        tokens += known > 0 ? known : countKept(text.slice(at, end));
      } else {
        const counting = countPiece(text.slice(at, end));
        let step = counting.next();
        for (; !step.done; step = counting.next()) yield { tokens, consumed: at };
        tokens += step.value;
      }
      at = end;
      if (at >= pauseAt) {
        yield { tokens, consumed: at };
        pauseAt = at + charactersPerPause;
      }
    }
    return { tokens, consumed: at };
  }

  return { name, steps };
}

/** Half a surrogate pair at the end says nothing of its character's class yet. */
function withoutHalfPair(text: string): string {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last <= 0xdbff ? text.slice(0, -1) : text;
}
