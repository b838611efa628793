/**
 * List prices in USD a million tokens, each with the day it was taken and where from: a vendor's page, or pages that
 * quote it with a date, as `source` says; a model without one is left out. Data only; users lay theirs over it.
 */
import type { Price } from './prices.ts';

const openai2025 = {
  asOf: '2025-08-07',
  source: 'OpenAI list prices at the launch of GPT-5, as widely quoted',
};
const openai2026 = { asOf: '2026-06-01', source: 'OpenAI API pricing page, June 2026' };
const gpt52Launch = { asOf: '2025-12-11', source: 'OpenAI API pricing page at the launch of GPT-5.2' };
const claude = { asOf: '2026-10-10', source: 'platform.claude.com/docs/en/about-claude/pricing' };
const gemini = { asOf: '2026-03-01', source: 'ai.google.dev/gemini-api/docs/pricing, March 2026' };

type Rates = readonly [inputUsd: number, cachedInputUsd: number, outputUsd: number, cacheWriteUsd?: number];

function price(
  models: readonly string[],
  [inputUsd, cachedInputUsd, outputUsd, cacheWriteUsd]: Rates,
  taken: { readonly asOf: string; readonly source: string },
  more: Partial<Price> = {},
): Price {
  return {
    models: [...models],
    prefixes: models.map(model => `${model}-20`),
    inputUsd,
    cachedInputUsd,
    outputUsd,
    ...(cacheWriteUsd === undefined ? {} : { cacheWriteUsd }),
    ...taken,
    ...more,
  };
}

export const builtInPrices: readonly Price[] = [
  price(['gpt-4o'], [2.5, 1.25, 10], openai2025),
  price(['gpt-4o-mini'], [0.15, 0.075, 0.6], openai2025),
  price(['gpt-4.1'], [2, 0.5, 8], openai2025),
  price(['gpt-4.1-mini'], [0.4, 0.1, 1.6], openai2025),
  price(['gpt-4.1-nano'], [0.1, 0.025, 0.4], openai2025),
  price(['o1'], [15, 7.5, 60], openai2025),
  price(['o3'], [2, 0.5, 8], openai2025),
  price(['o4-mini'], [1.1, 0.275, 4.4], openai2025),
  price(['gpt-5', 'gpt-5-chat-latest'], [1.25, 0.125, 10], openai2025),
  price(['gpt-5-mini'], [0.25, 0.025, 2], openai2025),
  price(['gpt-5-nano'], [0.05, 0.005, 0.4], openai2025),
  price(['gpt-5.1', 'gpt-5.1-chat-latest'], [1.25, 0.125, 10], gpt52Launch),
  price(['gpt-5.2'], [1.75, 0.175, 14], gpt52Launch),
  price(['gpt-5.3-codex'], [1.75, 0.175, 14], openai2026),
  price(['gpt-5.4'], [2.5, 0.25, 15], openai2026, {
    longPrompt: { aboveTokens: 272_000, inputUsd: 5, cachedInputUsd: 0.5, outputUsd: 22.5 },
  }),
  price(['gpt-5.5'], [5, 0.5, 30], openai2026, {
    longPrompt: { aboveTokens: 272_000, inputUsd: 10, cachedInputUsd: 1, outputUsd: 45 },
  }),
  price(
    ['claude-opus-4', 'claude-opus-4-0', 'claude-opus-4-1', 'claude-opus-4.1'],
    [15, 1.5, 75, 18.75],
    claude,
  ),
  price(
    [
      ...['claude-opus-4-5', 'claude-opus-4.5', 'claude-opus-4-6', 'claude-opus-4.6', 'claude-opus-4-7'],
      ...['claude-opus-4.7', 'claude-opus-4-8', 'claude-opus-4.8', 'claude-opus-5'],
    ],
    [5, 0.5, 25, 6.25],
    claude,
  ),
  price(
    [
      ...['claude-sonnet-4', 'claude-sonnet-4-0', 'claude-sonnet-4-5', 'claude-sonnet-4.5'],
      ...['claude-sonnet-4-6', 'claude-sonnet-4.6'],
    ],
    [3, 0.3, 15, 3.75],
    claude,
  ),
  price(['claude-sonnet-5'], [2, 0.2, 10, 2.5], claude),
  price(['claude-3-5-haiku', 'claude-3.5-haiku'], [0.8, 0.08, 4, 1], claude),
  price(['claude-haiku-4-5', 'claude-haiku-4.5'], [1, 0.1, 5, 1.25], claude),
  price(['claude-fable-5', 'claude-mythos-5'], [10, 1, 50, 12.5], claude),
  price(
    ['claude-fable-5-1', 'claude-fable-5.1', 'claude-mythos-5-1', 'claude-mythos-5.1'],
    [10, 0.25, 50, 12.5],
    claude,
  ),
  price(['gemini-2.5-flash-lite'], [0.1, 0.01, 0.4], gemini),
  price(['gemini-2.5-flash'], [0.3, 0.03, 2.5], gemini),
  price(['gemini-2.5-pro'], [1.25, 0.125, 10], gemini, {
    longPrompt: { aboveTokens: 200_000, inputUsd: 2.5, cachedInputUsd: 0.25, outputUsd: 15 },
  }),
  price(['gemini-3.1-pro', 'gemini-3.1-pro-preview'], [2, 0.2, 12], gemini, {
    longPrompt: { aboveTokens: 200_000, inputUsd: 4, cachedInputUsd: 0.4, outputUsd: 18 },
  }),
];
