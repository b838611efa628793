/** One exchange with an upstream: its limits of time, the client that may leave, and what failure looks like to it. */
import { GlyphError } from '../base/index.ts';
import type { HttpFetch, HttpInit } from './http-fetch.ts';

export interface ExchangeLimits {
  readonly idleMs: number;
  readonly totalMs: number;
}

export interface Exchange {
  /** @throws GlyphError kind `io` where no answer begins, `aborted` where the client left */
  ask(url: string, init: Omit<HttpInit, 'signal'>): Promise<Response>;
  readonly idleMs: number;
  abort(reason: Error): void;
  /** Frees its timer; the client's leaving means nothing any more. */
  close(): void;
}

/** @param client fires when the client leaves */
export function openExchange(fetch: HttpFetch, client: AbortSignal, limits: ExchangeLimits): Exchange {
  const { idleMs, totalMs } = limits;
  const controller = new AbortController();
  const abort = (reason: Error) => controller.abort(reason);
  const onLeave = () => abort(new Error('the client left'));
  if (client.aborted) onLeave();
  client.addEventListener('abort', onLeave, { once: true });
  const total = setTimeout(() => abort(new Error('the exchange took too long')), totalMs);
  // In a program of somebody else's, an answer that is never read to its end must not keep it running.
  total.unref();
  return {
    idleMs,
    abort,
    async ask(url, init) {
      const silence = setTimeout(() => abort(new Error('upstream fell silent')), idleMs);
      try {
        return await fetch(url, { ...init, signal: controller.signal });
      } catch (error) {
        const cause: unknown = controller.signal.aborted ? controller.signal.reason : error;
        throw noAnswer(url, cause, client.aborted ? 'aborted' : 'io');
      } finally {
        clearTimeout(silence);
      }
    },
    close() {
      clearTimeout(total);
      client.removeEventListener('abort', onLeave);
    },
  };
}

function noAnswer(url: string, cause: unknown, kind: 'aborted' | 'io'): GlyphError {
  const { origin } = new URL(url);
  return new GlyphError({
    kind,
    operation: `ask ${origin}`,
    expected: 'an answer',
    actual: cause instanceof Error ? cause.message || cause.name : String(cause),
    cause,
  });
}
