/** How long to wait, in every spelling servers use. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backOffMs, durationMs, retryAfterMs } from './retry.ts';

const nowMs = Date.parse('2026-01-01T00:00:00Z');
const waitFor = (headers: Record<string, string>) => retryAfterMs(new Headers(headers), nowMs);

test('Retry-After in seconds, as a date, in milliseconds', () => {
  assert.equal(waitFor({ 'retry-after': '2' }), 2000);
  assert.equal(waitFor({ 'retry-after': '0.5' }), 500);
  assert.equal(waitFor({ 'retry-after': 'Thu, 01 Jan 2026 00:00:07 GMT' }), 7000);
  assert.equal(waitFor({ 'retry-after': 'Wed, 31 Dec 2025 23:59:00 GMT' }), 0);
  assert.equal(waitFor({ 'retry-after-ms': '150', 'retry-after': '1' }), 150);
  assert.equal(waitFor({ 'retry-after': 'soon' }), undefined);
  assert.equal(waitFor({ 'retry-after': '-3' }), undefined);
  assert.equal(waitFor({}), undefined);
});

test('the reset of a limit with nothing left', () => {
  assert.equal(
    waitFor({
      'x-ratelimit-remaining-requests': '0',
      'x-ratelimit-reset-requests': '1s',
      'x-ratelimit-remaining-tokens': '0',
      'x-ratelimit-reset-tokens': '6m0s',
    }),
    360_000,
  );
  assert.equal(
    waitFor({
      'anthropic-ratelimit-input-tokens-remaining': '0',
      'anthropic-ratelimit-input-tokens-reset': '2026-01-01T00:00:30Z',
      'anthropic-ratelimit-requests-remaining': '49',
      'anthropic-ratelimit-requests-reset': '2026-01-01T01:00:00Z',
    }),
    30_000,
  );
  assert.equal(waitFor({ 'x-ratelimit-remaining-tokens': '5', 'x-ratelimit-reset-tokens': '9s' }), undefined);
});

test('durations', () => {
  assert.deepEqual(['1s', '20ms', '1.5s', '1h2m3s', '0s'].map(durationMs), [1000, 20, 1500, 3_723_000, 0]);
  assert.deepEqual(['', '12', 's', '1 s'].map(durationMs), [undefined, undefined, undefined, undefined]);
});

test('waits double up to the limit, with jitter in their upper half', () => {
  const retries = { attempts: 9, baseMs: 100, maxMs: 1000, maxRetryAfterMs: 0 };
  assert.deepEqual(
    [1, 2, 3, 4, 5, 9].map(attempt => backOffMs(retries, attempt, 0)),
    [50, 100, 200, 400, 500, 500],
  );
  assert.equal(backOffMs(retries, 1, 0.999_999) < 100, true);
});
