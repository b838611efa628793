/** Counts the text tokens of pieces that come as messages, in a thread of its own; see `token-counter.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import { GlyphError, type GlyphErrorDetails } from '../base/index.ts';
import { type CountTextOptions, countTextTokens, type TextTokens } from '../tokens/index.ts';
import { createPieceQueue } from './piece-queue.ts';

/** A piece of text, or null after the last one. */
export type ToTokenWorker = string | null;

export type FromTokenWorker =
  | { readonly type: 'counted'; readonly length: number }
  | { readonly type: 'result'; readonly textTokens: TextTokens }
  | { readonly type: 'failed'; readonly error: GlyphErrorDetails };

const port = parentPort;
if (port !== null) {
  const reply = (message: FromTokenWorker) => port.postMessage(message);
  const queue = createPieceQueue(piece => reply({ type: 'counted', length: piece.length }));
  port.on('message', (piece: ToTokenWorker) => (piece === null ? queue.end() : queue.push(piece)));
  const tokenizer = (workerData ?? undefined) as CountTextOptions['tokenizer'];
  countTextTokens(queue, { tokenizer }).then(
    textTokens => reply({ type: 'result', textTokens }),
    (error: unknown) => {
      // Others reach the owner as the thread's error event.
      if (!(error instanceof GlyphError)) throw error;
      const { kind, operation, expected, actual, hint } = error;
      reply({
        type: 'failed',
        error: { kind, operation, expected, actual, ...(hint === undefined ? {} : { hint }) },
      });
    },
  );
}
