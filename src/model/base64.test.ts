import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { toBase64 } from './base64.ts';

test('the same as Node’s, at every length around a step', () => {
  fc.assert(
    fc.property(fc.uint8Array(), bytes => {
      assert.equal(toBase64(bytes), Buffer.from(bytes).toString('base64'));
    }),
  );
  for (let length = 3 * 8192 - 3; length <= 3 * 8192 + 3; length++) {
    const bytes = Uint8Array.from({ length }, (_, index) => index % 251);
    assert.equal(toBase64(bytes), Buffer.from(bytes).toString('base64'));
  }
});
