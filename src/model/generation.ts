/**
 * A running call as its caller sees it: awaited, iterated or both, with one request behind. Pieces are read from the
 * network only as they are asked for, and kept, so that whoever comes later gets them all.
 */
import { GlyphError } from '../base/index.ts';
import type { Completion, Delta, Generation } from './model.ts';

/** What the work behind a generation may ask of it. */
export interface Caller {
  /** Fires when the caller turned away. */
  readonly signal: AbortSignal;
  /** Forgets the pieces so far, unless the caller has seen some. */
  startOver(): 'done' | 'refused';
}

export function createGeneration(work: (caller: Caller) => AsyncGenerator<Delta, Completion>): Generation {
  const deltas: Delta[] = [];
  const stopped = new AbortController();
  let iterations = 0;
  let running: AsyncGenerator<Delta, Completion> | undefined;
  let pending: Promise<void> | undefined;
  let outcome: Promise<Completion> | undefined;

  const caller: Caller = {
    signal: stopped.signal,
    startOver() {
      if (iterations > 0 && deltas.length > 0) return 'refused';
      deltas.length = 0;
      return 'done';
    },
  };

  /** Waits for one more piece or the end. */
  function pull(): Promise<void> {
    pending ??= pullOnce().finally(() => {
      pending = undefined;
    });
    return pending;
  }

  async function pullOnce(): Promise<void> {
    running ??= work(caller);
    try {
      const step = await running.next();
      if (step.done) outcome ??= Promise.resolve(step.value);
      else deltas.push(step.value);
    } catch (error) {
      outcome ??= Promise.reject(error);
      outcome.catch(() => {}); // thrown to whoever asks
    }
  }

  async function complete(): Promise<Completion> {
    while (outcome === undefined) await pull();
    return outcome;
  }

  async function stop(): Promise<void> {
    if (outcome !== undefined) return;
    outcome = Promise.reject(turnedAway());
    outcome.catch(() => {});
    stopped.abort();
    await running?.return(undefined as never);
  }

  return {
    // biome-ignore lint/suspicious/noThenProperty: a generation is awaited
    then: (onCompletion, onError) => complete().then(onCompletion, onError),
    [Symbol.asyncIterator]() {
      let index = 0;
      iterations++;
      return {
        async next() {
          while (index >= deltas.length && outcome === undefined) await pull();
          if (index < deltas.length) return { done: false, value: deltas[index++]! };
          await outcome;
          return { done: true, value: undefined };
        },
        async return() {
          await stop();
          return { done: true, value: undefined };
        },
      };
    },
  };
}

const turnedAway = () =>
  new GlyphError({
    kind: 'aborted',
    operation: 'generate an answer',
    expected: 'to be read to its end',
    actual: 'an iteration that was left before',
  });
