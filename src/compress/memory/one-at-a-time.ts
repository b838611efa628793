/** Runs asynchronous work in the order it is asked for, one piece after the other, until closed. */
import { GlyphError } from '../../base/index.ts';

export interface OneAtATime {
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Waits for what is under way, then runs `last`, once however often it is called. */
  close(last: () => Promise<void>): Promise<void>;
}

export function oneAtATime(what: string): OneAtATime {
  let tail: Promise<unknown> = Promise.resolve();
  let closing: Promise<void> | undefined;
  return {
    run(work) {
      if (closing !== undefined) return Promise.reject(closed(what));
      const result = tail.then(work);
      tail = result.catch(() => {}); // whoever asked hears of it; what comes next still runs
      return result;
    },
    close(last) {
      closing ??= tail.then(last);
      return closing;
    },
  };
}

const closed = (what: string) =>
  new GlyphError({
    kind: 'input',
    operation: `use ${what}`,
    expected: 'an open one',
    actual: 'a closed one',
  });
