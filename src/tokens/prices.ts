/**
 * What a use of a model costs in US dollars, by dated list prices. A model without a price, or a kind of token
 * without one, is an error and never 0: an unknown cost that looks free would win every comparison.
 */
import * as v from 'valibot';
import { GlyphError, nearestName } from '../base/index.ts';
import { builtInFamilies } from './families.ts';
import { parseInput } from './parse-input.ts';
import { builtInPrices } from './price-list.ts';
import { namesOf } from './resolve-model.ts';

const usd = v.pipe(v.number(), v.minValue(0));
const rates = {
  /** USD a million tokens, e.g. 2.5. */
  inputUsd: usd,
  cachedInputUsd: v.optional(usd),
  cacheWriteUsd: v.optional(usd),
  outputUsd: usd,
};

const priceSchema = v.strictObject({
  models: v.pipe(v.array(v.pipe(v.string(), v.minLength(1))), v.minLength(1)),
  /** Beginnings of further ids at the same price, e.g. "gpt-4o-20" for dated ones. */
  prefixes: v.optional(v.array(v.pipe(v.string(), v.minLength(1))), []),
  ...rates,
  /** Rates for the whole request when its input is longer. */
  longPrompt: v.optional(
    v.strictObject({ aboveTokens: v.pipe(v.number(), v.integer(), v.minValue(1)), ...rates }),
  ),
  /** The day the price was taken, e.g. "2026-06-01". */
  asOf: v.pipe(v.string(), v.isoDate()),
  source: v.string(),
});
export type Price = v.InferOutput<typeof priceSchema>;
export type PriceTable = readonly Price[];

/** Tokens by how they are billed; each token is in one field only. */
export interface TokenUsage {
  /** Input at the full price. */
  readonly inputTokens: number;
  /** Input read from a cache. */
  readonly cachedInputTokens?: number | undefined;
  /** Input written to a cache. */
  readonly cacheWriteTokens?: number | undefined;
  readonly outputTokens?: number | undefined;
}

/** All that was read, at whatever price. */
export const promptTokens = ({
  inputTokens,
  cachedInputTokens = 0,
  cacheWriteTokens = 0,
}: TokenUsage): number => inputTokens + cachedInputTokens + cacheWriteTokens;

export interface Cost {
  readonly costUsd: number;
  /** The day the price was taken, e.g. "2026-06-01". */
  readonly priceAsOf: string;
  readonly priceSource: string;
}

const perTokens = 1_000_000;

/** Prices from a user's JSON (a list of `Price`), tried before those of `base`. Throws `tokens` where it does not hold. */
export function loadPrices(json: unknown, base: PriceTable = builtInPrices): PriceTable {
  return [...parseInput(v.array(priceSchema), json, 'read the prices'), ...base];
}

/**
 * The cost of `usage` on `model`.
 * Throws `tokens` for a model or kind of token without a price, and for a count that is not a whole number of tokens.
 */
export function cost(model: string, usage: TokenUsage, table: PriceTable = builtInPrices): Cost {
  const price = priceOf(model, table);
  const { inputTokens, cachedInputTokens = 0, cacheWriteTokens = 0, outputTokens = 0 } = usage;
  for (const [kind, count] of Object.entries({
    inputTokens,
    cachedInputTokens,
    cacheWriteTokens,
    outputTokens,
  })) {
    assertCount(kind, count);
  }
  const { longPrompt } = price;
  const rate = longPrompt !== undefined && promptTokens(usage) > longPrompt.aboveTokens ? longPrompt : price;
  const costUsd =
    (inputTokens * rate.inputUsd +
      cachedInputTokens * rateOf(model, 'cachedInputUsd', rate.cachedInputUsd, cachedInputTokens) +
      cacheWriteTokens * rateOf(model, 'cacheWriteUsd', rate.cacheWriteUsd, cacheWriteTokens) +
      outputTokens * rate.outputUsd) /
    perTokens;
  return { costUsd, priceAsOf: price.asOf, priceSource: price.source };
}

function priceOf(model: string, table: PriceTable): Price {
  for (const name of namesOf(model, builtInFamilies.providers)) {
    const byId = table.find(price => price.models.some(id => id.toLowerCase() === name));
    const found = byId ?? longestPrefixed(name, table);
    if (found !== undefined) return found;
  }
  const near = nearestName(
    model,
    table.flatMap(price => price.models),
  );
  throw new GlyphError({
    kind: 'tokens',
    operation: 'price the tokens',
    expected: 'a model with a known price',
    actual: JSON.stringify(model) ?? String(model),
    hint: `${near === undefined ? '' : `nearest priced: ${near}; `}or load your own price list`,
  });
}

function longestPrefixed(name: string, table: PriceTable): Price | undefined {
  let best: Price | undefined;
  let bestLength = 0;
  for (const price of table) {
    for (const prefix of price.prefixes) {
      if (prefix.length > bestLength && name.startsWith(prefix.toLowerCase())) {
        best = price;
        bestLength = prefix.length;
      }
    }
  }
  return best;
}

function rateOf(model: string, field: string, rate: number | undefined, count: number): number {
  if (rate !== undefined || count === 0) return rate ?? 0;
  throw new GlyphError({
    kind: 'tokens',
    operation: 'price the tokens',
    expected: `a "${field}" for ${model}`,
    actual: `${count} tokens of that kind and no price`,
    hint: 'load your own price list',
  });
}

function assertCount(kind: string, count: number): void {
  if (Number.isInteger(count) && count >= 0) return;
  throw new GlyphError({
    kind: 'tokens',
    operation: 'price the tokens',
    expected: `"${kind}" as a whole number of tokens`,
    actual: String(count),
  });
}
