import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ConfigPatch, parseConfig } from '../config/index.ts';
import { croppedSize } from './crop.ts';

/** Height kept of a last page of 20 rows, the lowest ink in row 11. */
function heightOf(patch: ConfigPatch): number {
  const [widthPx, heightPx] = [4, 20];
  const data = new Uint8Array(widthPx * heightPx);
  data[11 * widthPx] = 1;
  const page = { data, offset: 0, stride: widthPx, widthPx, heightPx };
  const isInk = Uint8Array.from({ length: 256 }, (_, value) => value);
  const bound = { rightPx: widthPx, bottomPx: heightPx };
  const config = parseConfig({ autoCropWidth: false, autoCropLastPage: true, ...patch });
  return croppedSize(page, isInk, bound, config, { isLast: true }).heightPx;
}

test('the last page keeps its margin, and without one all of its ink', () => {
  assert.equal(heightOf({ marginY: 5 }), 16);
  assert.equal(heightOf({ marginY: 1 }), 12);
  assert.equal(heightOf({ marginY: 0 }), 12);
  assert.equal(heightOf({ marginY: 0, compat: 'reference' }), 11, 'as the published renderer cuts it');
});
