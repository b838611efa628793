/** The choice between pages and what a vendor has cached, on figures small enough to check by hand. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type PlanInput, planPages } from './plan.ts';
import { ratesOf } from './rates.ts';

const cached = { read: 0.1, write: 1.25 };
const base: PlanInput = {
  textTokens: [1000, 4000, 1000],
  pageTokens: new Map([[1, 1000]]),
  warm: 0,
  pagedBefore: new Set(),
  rates: cached,
  roundsAhead: 0,
  margin: 100,
};

test('without a cache whatever is cheaper becomes pages', () => {
  const plan = planPages(base);
  assert.deepEqual([...plan.paged], [1]);
  assert.deepEqual([plan.textTokens, plan.sentTokens], [6000, 3000]);
  assert.deepEqual([plan.textCost, plan.sentCost], [7500, 3750]);
});

test('a warm cache is broken only when the answers to come pay for it', () => {
  // Text: 0.1 × 6000 = 600 now and in each round. Pages: 0.1 × 1000 + 1.25 × 2000 = 2600 now, then 300 a round.
  const warm = { ...base, warm: 3 };
  assert.deepEqual(planPages({ ...warm, roundsAhead: 6 }).reason, 'warm-cache');
  const paying = planPages({ ...warm, roundsAhead: 7 });
  assert.equal(paying.reason, 'cheaper-as-pages');
  assert.deepEqual([paying.textCost, paying.sentCost], [600, 2600]); // the loss of this request is not hidden
});

test('pages sent before cost nothing to send again', () => {
  const plan = planPages({ ...base, warm: 3, pagedBefore: new Set([1]) });
  assert.deepEqual([...plan.paged], [1]);
  assert.equal(plan.sentCost, 300);
});

test('a small saving is none', () => {
  assert.equal(planPages({ ...base, margin: 3000 }).reason, 'small-saving');
  assert.equal(planPages({ ...base, margin: 3000 }).paged.size, 0);
});

test('what is chosen never costs more, over this and the answers to come, than going on as before', () => {
  const tokens = fc.integer({ min: 1, max: 5000 });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(tokens, tokens, fc.boolean()), { minLength: 1 }),
      fc.nat(20),
      fc.nat(40),
      (parts, warm, ahead) => {
        const textTokens = parts.map(([text]) => text);
        const cheaper = parts.flatMap(([text, pages], i): [number, number][] =>
          pages < text ? [[i, pages]] : [],
        );
        const pageTokens = new Map(cheaper);
        const pagedBefore = new Set(cheaper.map(([i]) => i).filter(i => i < warm && parts[i]![2]));
        const plan = planPages({
          ...base,
          textTokens,
          pageTokens,
          warm,
          pagedBefore,
          roundsAhead: ahead,
          margin: 0,
        });
        for (const i of pagedBefore) assert.ok(plan.paged.has(i));
        const asBefore = textTokens.map((text, i) => (pagedBefore.has(i) ? pageTokens.get(i)! : text));
        const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
        const stay = asBefore.reduce((total, each, i) => total + each * (i < warm ? 0.1 : 1.25), 0);
        const total = plan.sentCost + ahead * 0.1 * plan.sentTokens;
        assert.ok(total <= stay + ahead * 0.1 * sum(asBefore) + 1e-6);
      },
    ),
  );
});

test('rates are those of the price list, and only where something is cached', () => {
  const rounded = ({ read, write }: { read: number; write: number }) => [read.toFixed(3), write.toFixed(3)];
  assert.deepEqual(rounded(ratesOf('claude-sonnet-4-5', 'marked')), ['0.100', '1.250']);
  assert.deepEqual(rounded(ratesOf('claude-sonnet-4-5', 'none')), ['1.000', '1.000']);
  assert.deepEqual(rounded(ratesOf('gpt-4.1', 'none')), ['0.250', '1.000']);
  assert.deepEqual(rounded(ratesOf('qwen3-vl', 'none')), ['1.000', '1.000']);
  assert.deepEqual(rounded(ratesOf('qwen3-vl', 'marked')), ['0.100', '1.250']);
});
