/**
 * Which exact strings a question is about: first those it names, whole or in part, then those whose line and the
 * lines beside it share words with it (BM25, as for passages).
 */
import { scorePassages, termsOf } from '../relevance.ts';

interface Span {
  readonly start: number;
  readonly end: number;
}

/** A string and the lines it stands on, as indexes into all lines. */
export interface PlacedString {
  readonly string: string;
  readonly lines: readonly number[];
}

/** Above any sum of line scores. */
const named = 1e9;

/** For each string how near it is to `question`, larger is nearer. */
export function nearness(
  question: string,
  text: string,
  lines: readonly Span[],
  strings: readonly PlacedString[],
): Float64Array {
  const scoreOf = lineScores(question, text, lines, strings);
  const isNamed = nameCheck(question);
  return Float64Array.from(strings, ({ string, lines: at }) => {
    let best = 0;
    for (const line of at) {
      const score = scoreOf(line) + (scoreOf(line - 1) + scoreOf(line + 1)) / 2;
      if (score > best) best = score;
    }
    return best + isNamed(string) * named;
  });
}

/** Scores the lines with strings and their neighbours only. */
function lineScores(
  question: string,
  text: string,
  lines: readonly Span[],
  strings: readonly PlacedString[],
): (line: number) => number {
  const wanted = new Set<number>();
  for (const { lines: at } of strings) {
    for (const line of at)
      wanted
        .add(line - 1)
        .add(line)
        .add(line + 1);
  }
  const scored = [...wanted].filter(line => lines[line] !== undefined);
  const scores = scorePassages(
    question,
    scored.map(line => text.slice(lines[line]!.start, lines[line]!.end)),
  );
  const byLine = new Map(scored.map((line, i) => [line, scores[i]!]));
  return line => byLine.get(line) ?? 0;
}

/** 2 where the question holds the string, 1 where they share a part: a number, or a word of four letters. */
function nameCheck(question: string): (string: string) => 0 | 1 | 2 {
  const asked = question.toLowerCase();
  const parts = new Set([...termsOf(question)].filter(term => /\d/.test(term) || term.length >= 4));
  const figures = [...parts].filter(part => part.length >= 3 && /\d/.test(part));
  return string => {
    const lower = string.toLowerCase();
    if (asked.includes(lower)) return 2;
    if (figures.some(figure => lower.includes(figure))) return 1;
    for (const term of termsOf(string)) if (parts.has(term)) return 1;
    return 0;
  };
}
