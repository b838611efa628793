/**
 * Keeps a run within a vendor's limits of requests and tokens a minute, by spacing: a request waits until the share of
 * the minute that those before it take is over.
 */

export interface RateLimits {
  readonly requestsPerMinute?: number | undefined;
  /** Input tokens. */
  readonly tokensPerMinute?: number | undefined;
}

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Ends early when the signal fires. */
  sleep(ms: number, signal: AbortSignal | undefined): Promise<void>;
}

const minuteMs = 60_000;

/** @returns waits for the turn of a request of so many tokens */
export function createRateLimit(limits: RateLimits, clock: Clock, signal: AbortSignal | undefined) {
  const { requestsPerMinute = Number.POSITIVE_INFINITY, tokensPerMinute = Number.POSITIVE_INFINITY } = limits;
  let freeMs = 0;
  return async (tokens: number): Promise<void> => {
    const nowMs = clock.now();
    const startMs = Math.max(nowMs, freeMs);
    freeMs = startMs + Math.max(minuteMs / requestsPerMinute, (minuteMs * tokens) / tokensPerMinute);
    if (startMs > nowMs) await clock.sleep(startMs - nowMs, signal);
  };
}
