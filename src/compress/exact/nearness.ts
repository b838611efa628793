/**
 * Which exact strings a question is about: first those it names, whole or in part, then those whose line, or a line
 * beside it, shares words with it; rare words weigh more, as in BM25.
 */
import { termsOf } from '../../text/index.ts';

interface Span {
  readonly start: number;
  readonly end: number;
}

/** A string and the lines it stands on, as indexes into all lines. */
export interface PlacedString {
  readonly string: string;
  readonly lines: readonly number[];
}

/** Above any sum of weights. */
const named = 1e9;

/** Of a longer message the end counts: questions come last. Characters. */
const longestQuestion = 4000;

/** For each string how near it is to `question`, larger is nearer. */
export function nearness(
  question: string,
  text: string,
  lines: readonly Span[],
  strings: readonly PlacedString[],
): Float64Array {
  const asked = question.slice(-longestQuestion);
  const near = new Set(strings.flatMap(each => each.lines.flatMap(line => [line - 1, line, line + 1])));
  const weights = lineWeights(new Set(termsOf(asked)), text, lines, near);
  const weightAt = (line: number) => weights.get(line) ?? 0;
  const naming = nameCheck(asked);
  return Float64Array.from(strings, ({ string, lines: at }) => {
    let best = 0;
    for (const line of at) {
      best = Math.max(best, weightAt(line) + (weightAt(line - 1) + weightAt(line + 1)) / 2);
    }
    return best + naming(string) * named;
  });
}

/** For each of the lines `near` that has terms of the question, the sum of their weights. */
function lineWeights(
  terms: ReadonlySet<string>,
  text: string,
  lines: readonly Span[],
  near: ReadonlySet<number>,
): Map<number, number> {
  const shared = new Map<number, ReadonlySet<string>>();
  const linesWith = new Map<string, number>();
  for (const line of near) {
    const span = lines[line];
    if (span === undefined) continue;
    const found = new Set<string>();
    for (const term of termsOf(text.slice(span.start, span.end))) if (terms.has(term)) found.add(term);
    for (const term of found) linesWith.set(term, (linesWith.get(term) ?? 0) + 1);
    if (found.size > 0) shared.set(line, found);
  }
  const weightOf = (term: string) => Math.log(1 + near.size / linesWith.get(term)!);
  return new Map(
    [...shared].map(([line, found]) => [line, [...found].reduce((sum, term) => sum + weightOf(term), 0)]),
  );
}

/** 2 where the question holds the string, 1 where they share a part: a number, or a word of four letters. */
function nameCheck(question: string): (string: string) => 0 | 1 | 2 {
  const asked = question.toLowerCase();
  const parts = new Set([...termsOf(question)].filter(term => /\d/.test(term) || term.length >= 4));
  const figures = [...parts].filter(part => part.length >= 3 && /\d/.test(part));
  return string => {
    const lower = string.toLowerCase();
    if (lower.length >= 4 ? asked.includes(lower) : parts.has(lower)) return 2;
    if (figures.some(figure => lower.includes(figure))) return 1;
    for (const term of termsOf(string)) if (parts.has(term)) return 1;
    return 0;
  };
}
