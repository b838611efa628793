/** Starts rendering workers as Node threads. */
import type { FromWorker, RenderWorker } from '../render/index.ts';
import { startThread } from './start-thread.ts';

export function spawnWorker(): RenderWorker {
  const worker = startThread('worker');
  let hear: (message: FromWorker) => void = () => {};
  let fail: (error: unknown) => void = () => {};
  worker.on('message', (message: FromWorker) => hear(message));
  worker.on('error', error => fail(error));
  return {
    post: (message, transfer) => worker.postMessage(message, transfer),
    listen(onMessage, onError) {
      hear = onMessage;
      fail = onError;
      worker.ref();
    },
    rest() {
      worker.unref();
    },
    async close() {
      await worker.terminate();
    },
  };
}
