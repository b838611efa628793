/** What a model's server did wrong, with the evidence: status, address, the beginning of the body. Never a key. */
import { GlyphError } from '../base/index.ts';

export type ModelFailure =
  /** No connection, or it broke. */
  | 'network'
  | 'timeout'
  /** 401, 403: the key. */
  | 'credentials'
  /** 429 and its like. */
  | 'rate-limit'
  /** 5xx. */
  | 'server'
  /** Other 4xx: what was sent. */
  | 'request'
  /** 413, or an error that says the context or the body is too long. */
  | 'too-large'
  /** What came is not what the format promises: malformed JSON, no choice, a stream cut in the middle. */
  | 'malformed-response'
  /** More bytes than any answer has. */
  | 'oversized-response';

export interface ModelErrorDetails {
  readonly failure: ModelFailure;
  readonly operation: string;
  readonly expected: string;
  readonly actual: string;
  readonly hint?: string;
  readonly cause?: unknown;
  readonly url?: string;
  readonly status?: number;
  /** At most some hundred characters. */
  readonly bodyExcerpt?: string;
  /** From Retry-After, ms. */
  readonly retryAfterMs?: number;
  /** Text received before it failed. */
  readonly partialText?: string;
}

const retryable: ReadonlySet<ModelFailure> = new Set([
  'network',
  'timeout',
  'rate-limit',
  'server',
  'malformed-response',
]);

export class ModelError extends GlyphError {
  readonly failure: ModelFailure;
  readonly url: string | undefined;
  readonly status: number | undefined;
  readonly bodyExcerpt: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly partialText: string | undefined;
  /** Whether the same request may succeed later. */
  readonly isRetryable: boolean;

  constructor(details: ModelErrorDetails) {
    const { operation, expected, actual, hint, cause } = details;
    super({
      kind: 'model',
      operation,
      expected,
      actual,
      cause,
      ...(hint === undefined ? {} : { hint }),
    });
    this.name = 'ModelError';
    this.failure = details.failure;
    this.url = details.url;
    this.status = details.status;
    this.bodyExcerpt = details.bodyExcerpt;
    this.retryAfterMs = details.retryAfterMs;
    this.partialText = details.partialText;
    this.isRetryable = retryable.has(details.failure);
  }
}
