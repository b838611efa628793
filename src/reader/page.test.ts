import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cellsOf, readerPresets } from './config.ts';
import { cropRows, cutPage, type GreyPage, labelCells, labelClasses } from './page.ts';

const { small: config } = readerPresets;
const cells = cellsOf(config);
const pages = fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }), fc.nat()).map(
  ([widthPx, heightPx, seed]): GreyPage => ({
    widthPx,
    heightPx,
    data: Uint8Array.from({ length: widthPx * heightPx }, (_, i) => (i * 37 + seed) % 256),
  }),
);

test('every pixel stands in its cell with its neighbours around it, and outside the page there is no ink', () => {
  fc.assert(
    fc.property(pages, page => {
      const { rows, columns, cells: looks } = cutPage(page, config);
      assert.equal(looks.length, rows * columns * cells.count * cells.pixels);
      const inkAt = (x: number, y: number) =>
        x >= 0 && y >= 0 && x < page.widthPx && y < page.heightPx
          ? Math.fround(1 - page.data[y * page.widthPx + x]! / 255)
          : 0;
      for (const [at, ink] of looks.entries()) {
        const [look, pixel] = [Math.floor(at / cells.pixels), at % cells.pixels];
        const [patch, cell] = [Math.floor(look / cells.count), look % cells.count];
        const x = (patch % columns) * 64 + (cell % cells.columns) * 4 - 4 + (pixel % cells.lookWidthPx);
        const y =
          Math.floor(patch / columns) * 12 +
          Math.floor(cell / cells.columns) * 12 -
          2 +
          Math.floor(pixel / cells.lookWidthPx);
        assert.equal(ink, inkAt(x, y));
      }
    }),
    { numRuns: 20 },
  );
});

test('a character’s label stands in the cell of its middle', () => {
  const page = cutPage({ widthPx: 128, heightPx: 24, data: new Uint8Array(128 * 24) }, config);
  const at = (xPx: number, yPx: number, character: string) =>
    [...labelCells(page, config, [{ character, xPx, yPx }]).labels!.entries()].filter(
      ([, label]) => label > 0,
    );
  assert.deepEqual(at(0, 0, '!'), [[0, 1]]);
  assert.deepEqual(at(63.9, 11, 'A'), [[15, 33]]);
  assert.deepEqual(at(64, 23, '~'), [[3 * 16, 94]]);
  assert.deepEqual(at(5, 5, 'é'), [[1, labelClasses - 1]]);
  assert.deepEqual([...at(5, 5, ' '), ...at(128, 0, 'a'), ...at(-1, 0, 'a'), ...at(0, 24, 'a')], []);
});

test('crops know their rows, and pages beyond the largest are refused', () => {
  const page: GreyPage = { widthPx: 65, heightPx: 24, data: new Uint8Array(65 * 24) };
  const { firstRow, columns, rows } = cutPage(page, config, 62);
  assert.deepEqual([firstRow, columns, rows], [62, 2, 2]);
  assert.throws(() => cutPage(page, config, 63), /at most 640 x 768 px/);
  assert.throws(
    () => cutPage({ ...page, widthPx: 641, data: new Uint8Array(641 * 24) }, config),
    /got 641 x 24/,
  );
  assert.throws(() => cutPage({ ...page, data: new Uint8Array(3) }, config), /as many values as pixels/);
  assert.throws(() => cutPage({ widthPx: 0, heightPx: 0, data: new Uint8Array(0) }, config), {
    kind: 'input',
  });
});

test('rows of a page are the same alone, but for the pixels around them', () => {
  const plain = { ...config, cellMarginYPx: 0 };
  const data = Uint8Array.from({ length: 65 * 40 }, (_, i) => (i * 37) % 256);
  const page: GreyPage = { widthPx: 65, heightPx: 40, data };
  const whole = cutPage(page, plain);
  const { firstRow, rows, columns, cells: own } = cropRows(page, plain, 2, 3);
  assert.deepEqual([firstRow, rows, columns], [2, 2, 2]);
  assert.deepEqual(own, whole.cells.subarray(whole.cells.length / 2));
});
