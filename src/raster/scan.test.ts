import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Outline } from '../font/index.ts';
import { scanOutline } from './scan.ts';

/** A rectangle in em. */
const rectangle = (left: number, bottom: number, right: number, top: number): Outline => ({
  commands: 'MLLLZ',
  coordinates: Float64Array.of(left, bottom, right, bottom, right, top, left, top),
});

const sum = (coverage: Uint8Array) => coverage.reduce((total, value) => total + value, 0);

test('a rectangle on pixel edges covers whole pixels', () => {
  const mask = scanOutline(rectangle(0.1, 0, 0.3, 0.4), { scaleX: 10, scaleY: 10, shiftX: 0 });
  assert.deepEqual([mask.left, mask.top, mask.widthPx, mask.heightPx], [1, -4, 2, 4]);
  assert.ok(mask.coverage.every(value => value === 255));
});

test('a half covered pixel is half dark, and a shift moves ink', () => {
  const { coverage } = scanOutline(rectangle(0, 0, 0.1, 0.1), { scaleX: 10, scaleY: 10, shiftX: 0.5 });
  assert.deepEqual([...coverage], [128, 128]);
});

test('a hole stays empty', () => {
  const outline: Outline = {
    commands: 'MLLLZMLLLZ',
    coordinates: Float64Array.of(0, 0, 0.5, 0, 0.5, 0.5, 0, 0.5, 0.1, 0.1, 0.1, 0.4, 0.4, 0.4, 0.4, 0.1),
  };
  const mask = scanOutline(outline, { scaleX: 10, scaleY: 10, shiftX: 0 });
  assert.equal(mask.coverage[2 * 5 + 2], 0);
  assert.equal(mask.coverage[0], 255);
});

test('curves have the area of the shape', () => {
  const k = 0.5522847498;
  const circle: Outline = {
    commands: 'MCCCCZ',
    coordinates: Float64Array.of(
      ...[1, 0, 1, k, k, 1, 0, 1, -k, 1, -1, k, -1, 0],
      ...[-1, -k, -k, -1, 0, -1, k, -1, 1, -k, 1, 0],
    ),
  };
  const { coverage } = scanOutline(circle, { scaleX: 20, scaleY: 20, shiftX: 0 });
  assert.ok(Math.abs(sum(coverage) / 255 / (Math.PI * 400) - 1) < 0.01);
});

test('coverage adds up to the area of any rectangle at any place and shift', () => {
  const unit = fc.double({ min: 0.02, max: 1, noNaN: true });
  fc.assert(
    fc.property(
      unit,
      unit,
      unit,
      unit,
      fc.constantFrom(0, 0.25, 0.5, 0.75),
      (x, y, width, height, shiftX) => {
        const scale = 64; // places are rounded to 1/64 px
        const snap = (value: number) => Math.round(value * scale * 64) / (scale * 64);
        const outline = rectangle(snap(x), snap(y), snap(x + width), snap(y + height));
        const mask = scanOutline(outline, { scaleX: scale, scaleY: scale, shiftX });
        const area = snap(x + width) - snap(x);
        const expected = area * (snap(y + height) - snap(y)) * scale * scale;
        assert.ok(
          Math.abs(sum(mask.coverage) / 255 - expected) <
            0.02 * (mask.widthPx + mask.heightPx) + 0.01 * expected,
        );
      },
    ),
  );
});
