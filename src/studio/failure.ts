/** What the studio's API says instead of an answer. */
import { GlyphError } from '../base/index.ts';

export type FailureStatus = 400 | 401 | 403 | 404 | 413 | 421 | 429 | 500;

export function failure(status: FailureStatus, message: string, hint?: string): Response {
  return Response.json({ error: hint === undefined ? message : `${message} (${hint})` }, { status });
}

/** Wrong input of a user is theirs to mend; anything else is ours, and not shown. */
export function failureOf(error: unknown): Response {
  if (error instanceof SyntaxError) return failure(400, 'the body is no JSON');
  if (error instanceof GlyphError && error.kind !== 'internal') return failure(400, error.message);
  return failure(500, 'this did not work; it is a bug of the studio');
}
