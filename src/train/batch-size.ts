/** Sizes of programs for samples of any length: few of them, since each must be traced, compiled and kept. */
import { type BatchSize, patchCount, type Sample } from '../reader/index.ts';

/** Tokens of a sample; shorter ones are filled up to the next of these. */
const lengths = [96, 192, 384, 640, 896, 1280, 1664, 2048] as const;

/** Undefined for a sample that is longer than the reader's window. */
export function lengthFor(tokens: number, contextTokens: number): number | undefined {
  const length = lengths.find(each => each >= tokens) ?? tokens;
  return tokens <= contextTokens ? Math.min(length, contextTokens) : undefined;
}

/** Samples of a length that a step of so many tokens takes. */
export const roomIn = (length: number, stepTokens: number) => Math.max(1, Math.floor(stepTokens / length));

/** Patches are most of a long sample with pages, and never more than its tokens. */
export function sizeFor(samples: readonly Sample[], contextTokens: number, stepTokens: number): BatchSize {
  const longest = samples.reduce((most, { tokens }) => Math.max(most, tokens.length), 0);
  const patches = samples.reduce((most, sample) => Math.max(most, patchCount(sample)), 0);
  const tokens = lengthFor(longest, contextTokens) ?? longest;
  const quarter = Math.ceil(tokens / 4);
  return {
    samples: Math.max(samples.length, roomIn(tokens, stepTokens)),
    tokens,
    patches: Math.max(1, Math.min(tokens, Math.ceil(patches / quarter) * quarter)),
  };
}
