/** MRCR's grade and length bins (openai/mrcr): how much of the asked-for text comes back after the agreed prefix. */
import { sequenceRatio } from './sequence-matcher.ts';

/**
 * 0 unless the response starts with the prefix; else difflib's ratio of what follows. The ratio's autojunk is part of
 * the published grade.
 */
export function mrcrGrade(response: string, answer: string, prefix: string): number {
  if (!response.startsWith(prefix)) return 0;
  const rest = answer.startsWith(prefix) ? answer.slice(prefix.length) : answer;
  return sequenceRatio(response.slice(prefix.length), rest);
}

/** Tokens of prompt and answer, o200k_base: 4,096 and the bins' upper ends, which belong to the bin. */
const bounds = [4096, 8192, 16384, 32768, 65536, 131_072, 262_144, 524_288, 1_048_576];

/** The bin of a sample, e.g. "8192-16384"; undefined outside of all. */
export function mrcrBin(tokenCount: number): string | undefined {
  if (tokenCount < bounds[0]!) return undefined;
  const upper = bounds.findIndex((bound, i) => i > 0 && tokenCount <= bound);
  return upper === -1 ? undefined : `${bounds[upper - 1]}-${bounds[upper]}`;
}
