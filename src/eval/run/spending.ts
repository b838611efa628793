/**
 * Money: what requests cost by list prices, and a limit that is never exceeded. A request begins only if what was spent,
 * what requests under way may come to, and what it may come to itself stay within the limit.
 */
import { GlyphError } from '../../base/index.ts';
import { cost, type TokenUsage } from '../../tokens/index.ts';

/** US dollars; null where no list price is known. */
export function costUsd(family: string, usage: TokenUsage): number | null {
  try {
    return cost(family, usage).costUsd;
  } catch (error) {
    if (error instanceof GlyphError && error.kind === 'tokens') return null;
    throw error;
  }
}

export interface Spending {
  readonly spentUsd: number;
  /**
   * Asks for a request that may cost so much; waits for others to end where their outcome decides.
   * @returns whether it may begin
   */
  enter(atMostUsd: number): Promise<boolean>;
  /** After a request that entered. */
  leave(atMostUsd: number, actualUsd: number): void;
}

export function createSpending(limitUsd: number, spentBeforeUsd: number): Spending {
  let spentUsd = spentBeforeUsd;
  let underWayUsd = 0;
  let underWay = 0;
  let waiting: (() => void)[] = [];
  return {
    get spentUsd() {
      return spentUsd;
    },
    async enter(atMostUsd) {
      while (spentUsd + underWayUsd + atMostUsd > limitUsd) {
        if (underWay === 0 || spentUsd + atMostUsd > limitUsd) return false;
        await new Promise<void>(resolve => waiting.push(resolve));
      }
      underWayUsd += atMostUsd;
      underWay++;
      return true;
    },
    leave(atMostUsd, actualUsd) {
      underWay--;
      underWayUsd = underWay === 0 ? 0 : underWayUsd - atMostUsd;
      spentUsd += actualUsd;
      const wake = waiting;
      waiting = [];
      for (const resolve of wake) resolve();
    },
  };
}
