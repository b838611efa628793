import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { GlyphError } from '../base/index.ts';
import { builtInPrices } from './price-list.ts';
import { cost, loadPrices } from './prices.ts';

const usage = { inputTokens: 1_000_000 };

describe('cost', () => {
  it('is the sum of what each kind of token costs', () => {
    assert.equal(cost('gpt-4o', { inputTokens: 2_000_000, outputTokens: 100_000 }).costUsd, 6);
    const cached = { inputTokens: 0, cachedInputTokens: 1_000_000, cacheWriteTokens: 1_000_000 };
    assert.equal(cost('claude-sonnet-4-5', cached).costUsd, 0.3 + 3.75);
  });

  it('carries the day the price was taken', () => {
    const { priceAsOf, priceSource } = cost('anthropic/claude-haiku-4-5-20251001', usage);
    assert.match(priceAsOf, /^20\d\d-\d\d-\d\d$/);
    assert.match(priceSource, /platform\.claude\.com/);
  });

  it('takes the long rate for a whole long prompt', () => {
    assert.equal(cost('gemini-2.5-pro', { inputTokens: 200_000 }).costUsd, 0.25);
    assert.equal(cost('gemini-2.5-pro', { inputTokens: 200_000, cachedInputTokens: 1 }).costUsd, 0.50000025);
  });

  it('tells models of one name apart', () => {
    assert.equal(cost('gpt-4o-2024-08-06', usage).costUsd, 2.5);
    assert.equal(cost('gpt-4o-mini-2024-07-18', usage).costUsd, 0.15);
    assert.equal(cost('gpt-5', usage).costUsd, 1.25);
    assert.equal(cost('gpt-5-mini', usage).costUsd, 0.25);
  });

  it('is an error, never 0, where the price is unknown', () => {
    assert.throws(() => cost('glm-4.1v', usage), isTokensError(/known price/));
    assert.throws(() => cost('gpt-4o-mimi', usage), isTokensError(/nearest priced: gpt-4o-mini/));
    assert.throws(() => cost('gpt-4o', { ...usage, cacheWriteTokens: 1 }), isTokensError(/cacheWriteUsd/));
  });

  for (const inputTokens of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    it(`refuses ${inputTokens} tokens`, () => {
      assert.throws(() => cost('gpt-4o', { inputTokens }), isTokensError(/inputTokens/));
    });
  }
});

describe('a user’s prices', () => {
  it('come before the built-in ones', () => {
    const mine = {
      models: ['gpt-4o', 'my-model'],
      inputUsd: 7,
      outputUsd: 8,
      asOf: '2026-11-20',
      source: 'contract',
    };
    const table = loadPrices([mine]);
    assert.deepEqual(cost('gpt-4o', usage, table), {
      costUsd: 7,
      priceAsOf: '2026-11-20',
      priceSource: 'contract',
    });
    assert.equal(cost('my-model', usage, table).costUsd, 7);
    assert.equal(cost('gpt-4.1', usage, table).costUsd, 2);
  });

  it('are checked', () => {
    assert.throws(() => loadPrices({}), isTokensError(/read the prices/));
    assert.throws(() => loadPrices([{ models: ['a'] }]), isTokensError(/inputUsd/));
    const price = { models: ['a'], inputUsd: 1, outputUsd: 1, source: '' };
    assert.throws(() => loadPrices([{ ...price, asOf: 'May' }]), isTokensError(/asOf/));
    assert.throws(
      () => loadPrices([{ ...price, asOf: '2026-01-01', inputUsd: -1 }]),
      isTokensError(/inputUsd/),
    );
  });

  it('the built-in list passes the same check', () => {
    assert.equal(loadPrices(builtInPrices, []).length, builtInPrices.length);
  });
});

function isTokensError(message: RegExp) {
  return (error: unknown) => {
    assert.ok(error instanceof GlyphError);
    assert.equal(error.kind, 'tokens');
    assert.match(error.message, message);
    return true;
  };
}
