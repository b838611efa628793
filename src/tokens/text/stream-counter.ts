/**
 * A count that grows chunk by chunk: holds back the tail that later text could change, and looks at it again only
 * when it has doubled, so that one endless piece costs no more than its length.
 */
import type { Tail, TextTokenizer } from './text-tokenizer.ts';

export interface CountProgress {
  /** UTF-16 units counted so far. */
  readonly characters: number;
  readonly tokens: number;
}

/** Characters to gather before counting, so that tiny chunks cost little. */
const leastGathered = 4096;

export class StreamCounter {
  readonly #tokenizer: TextTokenizer;
  #waiting = '';
  #countAt = leastGathered;
  #progress: CountProgress = { characters: 0, tokens: 0 };

  constructor(tokenizer: TextTokenizer) {
    this.#tokenizer = tokenizer;
  }

  get progress(): CountProgress {
    return this.#progress;
  }

  /** Counts what `chunk` decides, with a pause every few milliseconds. */
  *add(chunk: string): Generator<CountProgress> {
    this.#waiting += chunk;
    if (this.#waiting.length < this.#countAt) return;
    yield* this.#count('more-may-come');
    this.#countAt = Math.max(leastGathered, 2 * this.#waiting.length);
  }

  /** Counts the rest as the end of the text. */
  *finish(): Generator<CountProgress> {
    yield* this.#count('end-of-text');
  }

  *#count(tail: Tail): Generator<CountProgress> {
    const { characters, tokens } = this.#progress;
    const steps = this.#tokenizer.steps(this.#waiting, tail);
    let step = steps.next();
    for (; !step.done; step = steps.next()) {
      yield { characters: characters + step.value.consumed, tokens: tokens + step.value.tokens };
    }
    const { consumed } = step.value;
    this.#progress = { characters: characters + consumed, tokens: tokens + step.value.tokens };
    this.#waiting = this.#waiting.slice(consumed);
  }
}
