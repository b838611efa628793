/** Work that runs one at a time, with a bounded line of those that wait; whoever finds it full is told so at once. */
export class WaitingLine {
  readonly #maxWaiting: number;
  #waiting = 0;
  #last: Promise<void> = Promise.resolve();

  constructor(maxWaiting: number) {
    this.#maxWaiting = maxWaiting;
  }

  /** Resolves when it is this one's turn, with what ends it; undefined where the line is full. */
  enter(): Promise<() => void> | undefined {
    if (this.#waiting > this.#maxWaiting) return undefined;
    this.#waiting++;
    const before = this.#last;
    let leave = () => {};
    this.#last = new Promise<void>(resolve => {
      leave = () => {
        this.#waiting--;
        leave = () => {};
        resolve();
      };
    });
    return before.then(() => () => leave());
  }
}
