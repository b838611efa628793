/** What a check of a server found, and how to mend it. */

export interface Finding {
  readonly check: 'server' | 'context' | 'tokens' | 'large-page' | 'images' | 'reading' | 'thinking';
  /** `skipped`: what it needs is not to be had. */
  readonly outcome: 'ok' | 'wrong' | 'doubtful' | 'skipped';
  /** e.g. "630 tokens for a page of 588 x 840 px, as counted here" */
  readonly found: string;
  /** What to do about it. */
  readonly mend?: string;
}

/** A model as `GET /models` lists it. */
export interface ServedModel {
  readonly id: string;
  /** Tokens of a request, where the server tells. */
  readonly contextTokens?: number | undefined;
}
