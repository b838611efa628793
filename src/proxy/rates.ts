/** What a vendor's prompt cache makes tokens cost, as a share of the full input price, from the price list. */
import { GlyphError } from '../base/index.ts';
import { cost } from '../tokens/index.ts';

export interface Rates {
  /** Of a token read from the cache, e.g. 0.1. */
  readonly read: number;
  /** Of a token that is new, e.g. 1.25 where caching it costs extra. */
  readonly write: number;
}

const uncached: Rates = { read: 1, write: 1 };
/** Of a model without a price whose client asks for caching. */
const usual: Rates = { read: 0.1, write: 1.25 };

/** Where writing has a price of its own, only what the client marks is cached; elsewhere everything is. */
export function ratesOf(model: string, marks: 'marked' | 'none'): Rates {
  const price = priceOf(model, { inputTokens: someTokens });
  if (price === undefined || price === 0) return marks === 'marked' ? usual : uncached;
  const read = priceOf(model, { inputTokens: 0, cachedInputTokens: someTokens });
  if (read === undefined) return uncached;
  const write = priceOf(model, { inputTokens: 0, cacheWriteTokens: someTokens });
  if (write !== undefined && marks === 'none') return uncached;
  return { read: read / price, write: write === undefined ? 1 : write / price };
}

/** Below the prices of long prompts. */
const someTokens = 100_000;

function priceOf(model: string, usage: Parameters<typeof cost>[1]): number | undefined {
  try {
    return cost(model, usage).costUsd;
  } catch (error) {
    if (error instanceof GlyphError) return undefined; // no price
    throw error;
  }
}

/** Of a request whose first `warm` parts are in the cache, in tokens at the full price. */
export function weigh(tokens: readonly number[], warm: number, { read, write }: Rates): number {
  return tokens.reduce((sum, each, i) => sum + each * (i < warm ? read : write), 0);
}
