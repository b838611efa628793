/** A rendering worker as a Node thread: passes messages to the handler and back. */
import { parentPort } from 'node:worker_threads';
import { createWorkerHandler, type ToWorker } from '../render/index.ts';
import { loadFont } from './load-font.ts';

const port = parentPort;
if (port !== null) {
  const handle = createWorkerHandler(loadFont, (message, transfer) => port.postMessage(message, transfer));
  port.on('message', (message: ToWorker) => void handle(message));
}
