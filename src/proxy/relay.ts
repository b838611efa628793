/** Passes a stream on chunk by chunk, only as fast as it is read, and says how it ended. */

export interface RelayHooks {
  readonly idleMs: number;
  onChunk(chunk: Uint8Array): void;
  /** Once. */
  onEnd(ended: 'complete' | 'cut-upstream' | 'left-by-client'): void;
  /** Ends the exchange with upstream. */
  abort(reason: Error): void;
}

export function relay(source: ReadableStream<Uint8Array>, hooks: RelayHooks): ReadableStream<Uint8Array> {
  const reader = source.getReader();
  let hasEnded = false;
  function end(how: Parameters<RelayHooks['onEnd']>[0]): void {
    if (hasEnded) return;
    hasEnded = true;
    hooks.onEnd(how);
  }
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        // Only while upstream is waited for: a slow client is not an idle upstream.
        const timer = setTimeout(() => hooks.abort(new Error('upstream fell silent')), hooks.idleMs);
        try {
          const { done, value } = await reader.read();
          if (done) {
            end('complete');
            controller.close();
            return;
          }
          hooks.onChunk(value);
          controller.enqueue(value);
        } catch (error) {
          end('cut-upstream');
          controller.error(error);
        } finally {
          clearTimeout(timer);
        }
      },
      async cancel(reason) {
        end('left-by-client');
        hooks.abort(new Error('the client left'));
        await reader.cancel(reason).catch(() => {}); // it may have broken before
      },
    },
    { highWaterMark: 0 },
  );
}
