/** Keeps keys out of errors: whatever a server, a proxy or a run-time says may repeat what was sent. */
import { ModelError } from '../model-error.ts';

/** A text without the secrets. */
export type Scrub = (text: string) => string;

/** @param headers all that carry credentials; the words of their values are secret */
export function createScrub(key: string | undefined, headers: Readonly<Record<string, string>>): Scrub {
  const words = Object.values(headers).flatMap(value => [value, ...value.split(' ')]);
  const secrets = [...(key === undefined ? [] : [key]), ...words].filter(
    word => !schemes.has(word.toLowerCase()),
  );
  const spellings = secrets.flatMap(secret => [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
  ]);
  // The longest first: one may be part of another.
  const longestFirst = [...new Set(spellings)].filter(Boolean).sort((a, b) => b.length - a.length);
  return text => longestFirst.reduce((clean, secret) => clean.replaceAll(secret, '[key]'), text);
}

/** Authentication schemes: no secrets. */
const schemes: ReadonlySet<string> = new Set(['', 'bearer', 'basic', 'token']);

/** What is known of an error from outside: its words and codes, without the objects that may hold a request. */
export function scrubCause(cause: unknown, scrub: Scrub): Error {
  const words: string[] = [];
  for (let error = cause, depth = 0; error !== undefined && depth < 4; depth++) {
    words.push(scrub(error instanceof Error ? `${error.name}: ${error.message}` : String(error)));
    error = error instanceof Error ? error.cause : undefined;
  }
  const clean = new Error(words.join(' < '));
  delete clean.stack;
  return clean;
}

/** Where an error arose and what had come before. */
export interface Circumstances {
  readonly url: string;
  readonly partialText: string;
}

/** A model's error without secrets and with its circumstances; others as they are. */
export function completeError(error: unknown, { url, partialText }: Circumstances, scrub: Scrub): unknown {
  if (!(error instanceof ModelError)) return error;
  const { failure, operation, status, retryAfterMs } = error;
  return new ModelError({
    failure,
    operation,
    expected: error.expected,
    actual: scrub(error.actual),
    ...(error.hint === undefined ? {} : { hint: scrub(error.hint) }),
    ...(error.cause === undefined ? {} : { cause: scrubCause(error.cause, scrub) }),
    url,
    ...(status === undefined ? {} : { status }),
    ...(error.bodyExcerpt === undefined ? {} : { bodyExcerpt: scrub(error.bodyExcerpt) }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(partialText === '' ? {} : { partialText }),
  });
}
