/**
 * The one error class of the package. Every message says the operation, what was expected and what came, so that
 * a user can act on it without reading code; `kind` lets a program branch without parsing the message.
 */

/** What went wrong, coarsely: a wrong config, text, font, file system, token rule, model; a cancelled call; our own bug. */
export type ErrorKind = 'config' | 'input' | 'font' | 'io' | 'tokens' | 'model' | 'aborted' | 'internal';

export interface GlyphErrorDetails {
  readonly kind: ErrorKind;
  /** What was being done, e.g. `read config key "dpi"`. */
  readonly operation: string;
  /** What would have been right, e.g. `a number from 10 to 1200`. */
  readonly expected: string;
  /** What came instead, e.g. `"abc"`. */
  readonly actual: string;
  /** How to mend it, e.g. `did you mean "dpi"?`. */
  readonly hint?: string;
  readonly cause?: unknown;
}

export class GlyphError extends Error {
  readonly kind: ErrorKind;
  readonly operation: string;
  readonly expected: string;
  readonly actual: string;
  readonly hint: string | undefined;

  constructor(details: GlyphErrorDetails) {
    const { operation, expected, actual, hint, cause } = details;
    super(
      `${operation}: expected ${expected}, got ${actual}${hint === undefined ? '' : ` (${hint})`}`,
      cause === undefined ? undefined : { cause },
    );
    this.name = 'GlyphError';
    this.kind = details.kind;
    this.operation = operation;
    this.expected = expected;
    this.actual = actual;
    this.hint = hint;
  }
}

/** Throws an `aborted` error when the signal has fired. */
export function throwIfAborted(signal: AbortSignal | undefined, operation: string): void {
  if (signal?.aborted) {
    throw new GlyphError({
      kind: 'aborted',
      operation,
      expected: 'to run to its end',
      actual: 'a cancellation',
      cause: signal.reason,
    });
  }
}
