/**
 * An error as it travels from the server and the workers to the page: in English, and in the parts of a `GlyphError`, so
 * that the page can word it in its own language.
 */
import { GlyphError } from '../base/index.ts';
import type { Failure } from './api.ts';

/** What was described elsewhere, as an error here. */
export class FailureError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.name = 'FailureError';
    this.failure = failure;
  }
}

export function describeFailure(error: unknown): Failure {
  if (error instanceof FailureError) return error.failure;
  if (!(error instanceof Error)) return { message: String(error) };
  if (!(error instanceof GlyphError)) return { message: error.message };
  const { message, operation, expected, actual, hint } = error;
  return { message, parts: { operation, expected, actual, hint } };
}
