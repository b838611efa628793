/** Gives up waiting for what cannot itself be called off. */
import { throwIfAborted } from '../base/index.ts';

/** Settles as `work`, or with a GlyphError of kind `aborted` as soon as the signal fires; the work itself goes on. */
export async function orAborted<Result>(
  work: Promise<Result>,
  signal: AbortSignal | undefined,
  operation: string,
): Promise<Result> {
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal?.reason);
  });
  signal?.addEventListener('abort', stop);
  try {
    throwIfAborted(signal, operation);
    return await Promise.race([work, aborted]);
  } catch (error) {
    work.catch(() => {}); // nobody waits for it any more
    throwIfAborted(signal, operation);
    throw error;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}
