/** What is kept of a request: what was decided, what it cost and would have cost. Never its body, never a key. */
import type { Usage } from '../model/index.ts';

/** Why a request went on as it came. */
export type PassedReason =
  /** Its format is not one whose bodies are edited. */
  | 'another-route'
  /** By a model of this process. */
  | 'answered-here'
  | 'nothing-long'
  | 'dearer-as-pages'
  /** Less than a longer answer costs. */
  | 'small-saving'
  /** What the vendor has cached is worth more. */
  | 'warm-cache'
  | 'image-limit'
  | 'unknown-model'
  | 'malformed-body'
  | 'encoded-body'
  | 'too-large'
  | 'busy'
  /** By whoever runs the proxy. */
  | 'switched-off'
  | 'timed-out'
  | 'failed'
  /** The pages were refused, so the original was sent after all. */
  | 'refused-upstream';

export type Decision =
  | { readonly outcome: 'imaged'; readonly reason: 'cheaper-as-pages' }
  | { readonly outcome: 'passed'; readonly reason: PassedReason };

/** Tokens as far as they are counted here: texts, schemas and pages; images the client sent itself are not. */
export interface TokenAccount {
  /** Of the request as it came. */
  readonly textTokens: number;
  /** Of the request as it was sent. */
  readonly sentTokens: number;
  /** Of its pages. */
  readonly visionTokens: number;
  /** Both requests in tokens at the full input price, the vendor's cache in the same state for both. */
  readonly textCost: number;
  readonly sentCost: number;
}

export interface RequestRecord extends TokenAccount {
  /** ISO 8601. */
  readonly time: string;
  /** e.g. "/v1/messages"; without query. */
  readonly route: string;
  readonly model: string | null;
  readonly decision: Decision['outcome'];
  readonly reason: Decision['reason'];
  /** Parts that became pages. */
  readonly parts: number;
  readonly pages: number;
  readonly pageBytes: number;
  /** From the whole body to the edited one. */
  readonly transformMs: number;
  /** From the request to the first byte of the answer; null where none came. */
  readonly firstByteMs: number | null;
  readonly totalMs: number;
  /** Null where upstream gave no answer. */
  readonly upstreamStatus: number | null;
  readonly ended: 'complete' | 'cut-upstream' | 'left-by-client' | 'no-answer';
  /** As billed, where the answer told. */
  readonly usage: Usage | null;
}

export const noTokens: TokenAccount = {
  textTokens: 0,
  sentTokens: 0,
  visionTokens: 0,
  textCost: 0,
  sentCost: 0,
};
