/**
 * LongBench's score for code completion (lcc, repobench-p): the first line that is code, compared with the target as
 * fuzzywuzzy's `ratio` does. That one gives different values depending on what else is installed.
 */
import { lcsLength } from './lcs.ts';
import { roundHalfEven } from './python-number.ts';
import { sequenceRatio } from './sequence-matcher.ts';
import { codePointsOf } from './symbols.ts';

export interface CodeSimilarityOptions {
  /** `difflib`: what LongBench's list of requirements installs. `indel`: with python-Levenshtein beside it. */
  readonly ratio?: 'difflib' | 'indel' | undefined;
}

/** 0 to 1, in hundredths. */
export function codeSimilarity(
  prediction: string,
  target: string,
  options: CodeSimilarityOptions = {},
): number {
  const line = firstCodeLine(prediction);
  if (line === target) return 1;
  if (line === '' || target === '') return 0;
  const ratio = options.ratio === 'indel' ? indelRatio(line, target) : sequenceRatio(line, target);
  return roundHalfEven(100 * ratio) / 100;
}

/** Lines with a backtick or a comment mark are passed over, also those with a URL. */
function firstCodeLine(text: string): string {
  const lines = text.replace(/^\n+/, '').split('\n');
  return lines.find(line => !/`|#|\/\//.test(line)) ?? '';
}

/** 1 − insertions and deletions ÷ both lengths. */
export function indelRatio(a: string, b: string): number {
  const [first, second] = [codePointsOf(a), codePointsOf(b)];
  const length = first.length + second.length;
  return length === 0 ? 1 : (2 * lcsLength(first, second)) / length;
}
