/**
 * Which candidates go as pages now. Pages that were sent before stay; new ones are free where nothing is cached, and
 * must else pay for the cache they break within the answers still to come: a conversation is taken to go on for as long
 * as it has lasted.
 */
import type { Rates } from './rates.ts';
import { weigh } from './rates.ts';

export interface PlanInput {
  /** Tokens of each part as text, in the order the model reads them. */
  readonly textTokens: readonly number[];
  /** Tokens of those that are cheaper as pages, by index. */
  readonly pageTokens: ReadonlyMap<number, number>;
  /** Parts at the beginning that are in the vendor's cache if they go as they went. */
  readonly warm: number;
  /** Of these, those that went as pages. */
  readonly pagedBefore: ReadonlySet<number>;
  readonly rates: Rates;
  readonly roundsAhead: number;
  /** A saving must be more, in tokens: pages make answers longer. */
  readonly margin: number;
}

export interface Plan {
  /** Indexes of the parts that go as pages. */
  readonly paged: ReadonlySet<number>;
  /** Why these and no more. */
  readonly reason: 'cheaper-as-pages' | 'warm-cache' | 'small-saving';
  readonly textTokens: number;
  readonly sentTokens: number;
  /** Of this one request, as `RequestRecord`. */
  readonly textCost: number;
  readonly sentCost: number;
}

export function planPages(input: PlanInput): Plan {
  const { textTokens, pageTokens, warm, pagedBefore, rates, roundsAhead, margin } = input;
  const all = new Set(pageTokens.keys());
  const kept = new Set([...all].filter(i => i >= warm || pagedBefore.has(i)));
  const asSent = (paged: ReadonlySet<number>) =>
    textTokens.map((tokens, i) => (paged.has(i) ? pageTokens.get(i)! : tokens));
  const costNow = (paged: ReadonlySet<number>) => weigh(asSent(paged), warmWith(paged, input), rates);
  const costAll = (paged: ReadonlySet<number>) =>
    costNow(paged) + roundsAhead * rates.read * sum(asSent(paged));
  const paged = costAll(all) <= costAll(kept) ? all : kept;
  const total = sum(textTokens);
  const result = (chosen: ReadonlySet<number>, reason: Plan['reason']): Plan => ({
    paged: chosen,
    reason,
    textTokens: total,
    sentTokens: sum(asSent(chosen)),
    textCost: weigh(textTokens, warm, rates),
    sentCost: costNow(chosen),
  });
  const none = new Set<number>();
  const hadPages = [...kept].some(i => pagedBefore.has(i));
  if (!hadPages && total - sum(asSent(paged)) <= margin) {
    return result(none, paged.size < all.size ? 'warm-cache' : 'small-saving');
  }
  return result(paged, 'cheaper-as-pages');
}

/** Parts at the beginning that go as they went. */
function warmWith(paged: ReadonlySet<number>, { warm, pagedBefore }: PlanInput): number {
  for (let i = 0; i < warm; i++) if (paged.has(i) !== pagedBefore.has(i)) return i;
  return warm;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
