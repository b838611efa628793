/** What a compression came to, for bills, logs and dry runs. Counts leave out the few tokens of a vendor's chat frame. */
import type { Basis } from '../tokens/index.ts';
import type { SharpPage } from './zoom.ts';

export interface SharpenedPage {
  readonly page: number;
  readonly as: SharpPage['as'];
  readonly dpi?: number;
  readonly extraTokens: number;
}

/** Exact strings by places: a string on two lines counts twice. */
export interface ExactCount {
  readonly found: number;
  /** Written out beside the pages, or on a page given as text. */
  readonly carried: number;
  readonly leftOut: number;
  /** Of the text that carries them. */
  readonly tokens: number;
}

export interface RequestAccount {
  readonly textTokens: number;
  /** With marker tokens. */
  readonly visionTokens: number;
  readonly images: number;
  /** PNG bytes, before base64. */
  readonly imageBytes: number;
  readonly exact: ExactCount;
  readonly zoom: { readonly sharpened: readonly SharpenedPage[]; readonly tokens: number };
}

export interface Accounting {
  /** The request untouched. */
  readonly tokensBefore: number;
  /** All requests together, text and images. Images the caller gave count where their size is told. */
  readonly tokensAfter: number;
  readonly visionTokens: number;
  /** Text tokens of what became pages ÷ tokens of those pages with all that stands beside them; null without pages. */
  readonly compressionRatio: number | null;
  readonly tokenizer: string;
  /** How the image counts are known. */
  readonly basis: Basis;
  readonly pages: number;
  readonly imageBytes: number;
  readonly exact: ExactCount;
  readonly zoom: RequestAccount['zoom'];
  /** Secrets replaced, where that was asked. */
  readonly redacted: number;
  readonly requests: number;
}

export const noExact: ExactCount = { found: 0, carried: 0, leftOut: 0, tokens: 0 };

export const addExact = (a: ExactCount, b: ExactCount): ExactCount => ({
  found: a.found + b.found,
  carried: a.carried + b.carried,
  leftOut: a.leftOut + b.leftOut,
  tokens: a.tokens + b.tokens,
});

export const sum = (values: Iterable<number>): number => {
  let total = 0;
  for (const value of values) total += value;
  return total;
};
