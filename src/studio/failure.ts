/** What the studio's API says instead of an answer. */
import { GlyphError } from '../base/index.ts';
import type { Failure, FailureBody } from './api.ts';
import { describeFailure } from './describe-failure.ts';

export type FailureStatus = 400 | 401 | 403 | 404 | 413 | 421 | 429 | 500;

export function failure(status: FailureStatus, message: string, hint?: string): Response {
  return answerOf(status, { message: hint === undefined ? message : `${message} (${hint})` });
}

/** Wrong input of a user is theirs to mend; anything else is ours, and not shown. */
export function failureOf(error: unknown): Response {
  if (error instanceof SyntaxError) return failure(400, 'the body is no JSON');
  if (error instanceof GlyphError && error.kind !== 'internal') return answerOf(400, describeFailure(error));
  return failure(500, 'this did not work; it is a bug of the studio');
}

function answerOf(status: FailureStatus, { message, parts }: Failure): Response {
  const body: FailureBody = { error: message, parts };
  return Response.json(body, { status });
}
