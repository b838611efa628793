/**
 * A judge that a whole cluster may ask: each question once as long as it is remembered, no more at a time and in a
 * minute than its vendor allows. What fails is not remembered.
 */
import { RecentCache, sha256Hex } from '../../base/index.ts';
import { type Clock, createRateLimit } from '../../eval/index.ts';
import type { JudgeAnswer } from '../reward.ts';

export interface JudgeLimits {
  /** Questions under way at once. */
  readonly concurrency: number;
  readonly requestsPerMinute?: number | undefined;
  /** Verdicts remembered. */
  readonly remembered: number;
}

export function limitJudge(judge: JudgeAnswer, limits: JudgeLimits, clock: Clock): JudgeAnswer {
  const verdicts = new RecentCache<string, Promise<boolean>>(limits.remembered);
  const waitTurn = createRateLimit(limits, clock, undefined);
  const enter = createGate(limits.concurrency);
  return async (answer, key) => {
    const name = sha256Hex(JSON.stringify([answer, key.answer]));
    const verdict = verdicts.get(name, () =>
      enter(async () => {
        await waitTurn(0);
        return await judge(answer, key);
      }),
    );
    verdict.catch(() => verdicts.delete(name));
    return await verdict;
  };
}

/** Lets so many through at once, in the order they came. */
function createGate(places: number): <T>(work: () => Promise<T>) => Promise<T> {
  let free = places;
  const waiting: (() => void)[] = [];
  return async work => {
    if (free > 0) free--;
    else await new Promise<void>(resolve => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free++;
      else next();
    }
  };
}
