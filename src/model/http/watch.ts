/**
 * The limits of time of one piece of work and its cancellation, as one signal whose reason is the error to throw. It
 * does not rely on the work to heed the signal.
 */

export interface Watch {
  readonly signal: AbortSignal;
  /** The result of `work`, or the reason as soon as the signal fires. */
  within<Result>(work: Promise<Result>): Promise<Result>;
  /** Fires with `error` after `ms`, unless set anew or cleared before. */
  setLimit(ms: number, error: () => Error): void;
  clearLimit(): void;
  /** Fires with `error` now; later reasons count no more. */
  stop(error: Error): void;
  /** Frees the timer and the parent's listener. */
  close(): void;
}

/** @param reasonOf the error for a parent that fired */
export function createWatch(
  parent: AbortSignal | undefined,
  reasonOf: (parent: AbortSignal) => Error,
): Watch {
  const controller = new AbortController();
  const { signal } = controller;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = (error: Error) => controller.abort(error);
  const onParent = () => stop(reasonOf(parent!));
  if (parent?.aborted) onParent();
  else parent?.addEventListener('abort', onParent, { once: true });
  return {
    signal,
    within: work =>
      new Promise((resolve, reject) => {
        const onAbort = () => reject(signal.reason);
        work
          .then(resolve, error => reject(signal.aborted ? signal.reason : error))
          .finally(() => signal.removeEventListener('abort', onAbort));
        if (signal.aborted) onAbort();
        else signal.addEventListener('abort', onAbort, { once: true });
      }),
    setLimit(ms, error) {
      clearTimeout(timer);
      if (Number.isFinite(ms)) timer = setTimeout(() => stop(error()), Math.min(ms, longestTimerMs));
    },
    clearLimit: () => clearTimeout(timer),
    stop,
    close() {
      clearTimeout(timer);
      parent?.removeEventListener('abort', onParent);
    },
  };
}

/** Longer ones fire at once. */
const longestTimerMs = 2 ** 31 - 1;
