import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cellsOf, readerPresets } from './config.ts';
import { cutPage, type GreyPage, labelCells, labelClasses } from './page.ts';

const { small } = readerPresets;
const config = { ...small, cellMarginYPx: 2 };
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
        const x = (patch % columns) * 24 + (cell % cells.columns) * 4 - 4 + (pixel % cells.lookWidthPx);
        const y =
          Math.floor(patch / columns) * 24 +
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
  const page = cutPage({ widthPx: 48, heightPx: 48, data: new Uint8Array(48 * 48) }, config);
  const at = (xPx: number, yPx: number, character: string) =>
    [...labelCells(page, config, [{ character, xPx, yPx }]).labels!.entries()].filter(
      ([, label]) => label > 0,
    );
  assert.deepEqual(at(0, 0, '!'), [[0, 1]]);
  assert.deepEqual(at(23.9, 12, 'A'), [[11, 33]]);
  assert.deepEqual(at(24, 47, '~'), [[3 * 12 + 6, 94]]);
  assert.deepEqual(at(5, 5, 'é'), [[1, labelClasses - 1]]);
  assert.deepEqual([...at(5, 5, ' '), ...at(48, 0, 'a'), ...at(-1, 0, 'a'), ...at(0, 48, 'a')], []);
});

test('crops know their place, and pages beyond the largest are refused', () => {
  const page: GreyPage = { widthPx: 25, heightPx: 24, data: new Uint8Array(25 * 24) };
  const { firstRow, firstColumn, columns, rows } = cutPage(page, config, { row: 31, column: 30 });
  assert.deepEqual([firstRow, firstColumn, columns, rows], [31, 30, 2, 1]);
  assert.throws(() => cutPage(page, config, { row: 32, column: 0 }), /at most 768 x 768 px/);
  assert.throws(
    () => cutPage({ ...page, widthPx: 769, data: new Uint8Array(769 * 24) }, config),
    /got 769 x 24/,
  );
  assert.throws(() => cutPage({ ...page, data: new Uint8Array(3) }, config), /as many values as pixels/);
  assert.throws(() => cutPage({ widthPx: 0, heightPx: 0, data: new Uint8Array(0) }, config), {
    kind: 'input',
  });
});
