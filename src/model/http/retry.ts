/**
 * When to ask again: exponential back-off with jitter, or what the server asks for. Retry-After is RFC 9110 §10.2.3;
 * `retry-after-ms` and the `…ratelimit…reset` headers are what OpenAI and Anthropic send beside or instead of it.
 */

export interface Retries {
  /** Requests at most, the first included. */
  readonly attempts: number;
  /** Wait before the second request; it doubles with each. */
  readonly baseMs: number;
  readonly maxMs: number;
  /** The longest wait a server may ask for; beyond it the error is thrown at once. */
  readonly maxRetryAfterMs: number;
}

/**
 * @param attempt of the request that failed, from 1
 * @param random in [0, 1)
 */
export function backOffMs(retries: Retries, attempt: number, random: number): number {
  return Math.min(retries.maxMs, retries.baseMs * 2 ** (attempt - 1)) * (0.5 + random / 2);
}

/** What the headers of a refusal ask for. @param nowMs since 1970 */
export function retryAfterMs(headers: Headers, nowMs: number): number | undefined {
  return (
    milliseconds(headers.get('retry-after-ms')) ??
    secondsOrDate(headers.get('retry-after'), nowMs) ??
    exhaustedLimitMs(headers, nowMs)
  );
}

function milliseconds(text: string | null): number | undefined {
  return text !== null && /^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : undefined;
}

function secondsOrDate(text: string | null, nowMs: number): number | undefined {
  const seconds = milliseconds(text);
  if (seconds !== undefined) return seconds * 1000;
  return text === null ? undefined : untilDate(text, nowMs);
}

function untilDate(text: string, nowMs: number): number | undefined {
  // Without a time of day it is no date of HTTP, though the run-time would take "-3" for one.
  const dateMs = /\d:\d/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs);
}

/** The longest wait of the limits with nothing left. */
function exhaustedLimitMs(headers: Headers, nowMs: number): number | undefined {
  const waits = limits.flatMap(({ remaining, reset }) => {
    const text = headers.get(reset);
    if (headers.get(remaining) !== '0' || text === null) return [];
    return durationMs(text) ?? untilDate(text, nowMs) ?? [];
  });
  return waits.length === 0 ? undefined : Math.max(...waits);
}

interface LimitHeaders {
  readonly remaining: string;
  readonly reset: string;
}

const limits: readonly LimitHeaders[] = [
  ...['requests', 'tokens'].map(what => ({
    remaining: `x-ratelimit-remaining-${what}`,
    reset: `x-ratelimit-reset-${what}`,
  })),
  ...['requests', 'tokens', 'input-tokens', 'output-tokens'].map(what => ({
    remaining: `anthropic-ratelimit-${what}-remaining`,
    reset: `anthropic-ratelimit-${what}-reset`,
  })),
];

const unitMs: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/** A duration as OpenAI writes it, e.g. "6m0s", "1.5s" or "20ms". */
export function durationMs(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?(ms|h|m|s))+$/.test(text)) return undefined;
  let total = 0;
  for (const [, count, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)) {
    total += Number(count) * unitMs[unit!]!;
  }
  return total;
}
