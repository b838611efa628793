/**
 * What a text tokenizer offers to the counter: tokens of a text in steps, so that a long text can be counted between
 * other work and taken from a stream. `countSync` runs the steps without a pause.
 */
/** Whether the text ends here or later text may follow. */
export type Tail = 'end-of-text' | 'more-may-come';

export interface StepsResult {
  readonly tokens: number;
  /** Characters counted; the rest waits for more text. All of them at the end of the text. */
  readonly consumed: number;
}

export interface TextTokenizer {
  readonly name: string;
  /**
   * Counts `text`, pausing every few milliseconds with the count so far. When more may come, the end that
   * later text could change stays uncounted. The text starts where an earlier one's count ended.
   */
  steps(text: string, tail: Tail): Generator<StepsResult, StepsResult>;
}

/** Tokens of the whole `text`, in one go. */
export function countSync(tokenizer: TextTokenizer, text: string): number {
  const steps = tokenizer.steps(text, 'end-of-text');
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value.tokens;
  }
}
