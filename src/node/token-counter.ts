/**
 * Counts the text tokens of a source while it is being rendered: a long text in a thread of its own, a short one in
 * this thread, where starting another would cost more than the count.
 */
import { GlyphError } from '../base/index.ts';
import { type CountTextOptions, countTextTokens, type TextTokens } from '../tokens/index.ts';
import { createPieceQueue } from './piece-queue.ts';
import { startThread } from './start-thread.ts';
import type { FromTokenWorker, ToTokenWorker } from './token-worker.ts';

export type TextTokenizerChoice = NonNullable<CountTextOptions['tokenizer']>;

export interface TokenCounter {
  /** Adds a piece; resolves when there is room for the next. */
  push(piece: string): Promise<void>;
  /** The count of all pieces. Call once, last. */
  end(): Promise<TextTokens>;
  /** Ends the count early, or frees what it held. */
  close(): Promise<void>;
}

/** Bytes of source from which a thread pays. */
const minBytesForThread = 300_000;

/** Code units that may wait for a thread that falls behind. */
const maxWaiting = 1 << 22;

/** `byteLength` is that of the source; the tokenizer is o200k_base unless given. */
export function startTokenCounter(byteLength: number, tokenizer?: TextTokenizerChoice): TokenCounter {
  return byteLength < minBytesForThread ? localCounter(tokenizer) : threadCounter(tokenizer);
}

function localCounter(tokenizer: TextTokenizerChoice | undefined): TokenCounter {
  const queue = createPieceQueue(() => {});
  const counting = countTextTokens(queue, { tokenizer });
  counting.catch(() => {}); // reported by `end`
  return {
    push: async piece => queue.push(piece),
    end() {
      queue.end();
      return counting;
    },
    close: async () => queue.end(),
  };
}

/** With a limit the thread collects garbage early; a tokenizer of unknown size gets none. */
const memoryFor = (tokenizer: TextTokenizerChoice | undefined) =>
  typeof tokenizer === 'object'
    ? {}
    : { resourceLimits: { maxOldGenerationSizeMb: 160, maxYoungGenerationSizeMb: 8 } };

function threadCounter(tokenizer: TextTokenizerChoice | undefined): TokenCounter {
  const worker = startThread('token-worker', { workerData: tokenizer, ...memoryFor(tokenizer) });
  worker.unref(); // an abandoned count must not keep the process alive
  let waiting = 0;
  let makeRoom = () => {};
  const post = (message: ToTokenWorker) => worker.postMessage(message);
  const result = new Promise<TextTokens>((resolve, reject) => {
    worker.on('message', (message: FromTokenWorker) => {
      if (message.type === 'result') return resolve(message.textTokens);
      if (message.type === 'failed') return reject(new GlyphError(message.error));
      waiting -= message.length;
      if (waiting < maxWaiting) makeRoom();
    });
    worker.on('error', reject);
    worker.on('exit', () => reject(new Error('the token counting thread ended early')));
  });
  result.catch(() => makeRoom());
  return {
    async push(piece) {
      post(piece);
      waiting += piece.length;
      if (waiting < maxWaiting) return;
      const room = new Promise<void>(resolve => {
        makeRoom = resolve;
      });
      await Promise.race([room, result]);
    },
    async end() {
      post(null);
      worker.ref();
      return result;
    },
    async close() {
      await worker.terminate();
    },
  };
}
