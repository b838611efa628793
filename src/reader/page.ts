/**
 * A page's pixels as the reader looks at them: cell by cell, each with a margin of its neighbours' pixels, patch by
 * patch in reading order. Beside them, for training, which character stands in which cell: the renderer knows.
 */
import { GlyphError } from '../base/index.ts';
import { cellsOf, type ReaderConfig } from './config.ts';

/** One byte a pixel without gaps, 0 black to 255 white. */
export interface GreyPage {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly data: Uint8Array;
  /** From one character of its type to the next, where it was measured; else that of the reader's own type. */
  readonly advancePx?: number | undefined;
}

/** A page, ready for the network. */
export interface PagePatches {
  readonly rows: number;
  readonly columns: number;
  /** Of the page, counted from 0, that its first row is; 0 but for crops. */
  readonly firstRow: number;
  /** From one character of its type to the next. */
  readonly advancePx: number;
  /** Ink, 0 to 1, by patch, cell and pixel. */
  readonly cells: Float32Array;
  /** By patch and cell, from `labelCells`. */
  readonly labels?: Int32Array;
}

export interface LargestPage {
  readonly maxPageWidthPx: number;
  readonly maxPageHeightPx: number;
}

export const largestPage = (config: ReaderConfig): LargestPage => ({
  maxPageWidthPx: config.pageColumns * config.patchWidthPx,
  maxPageHeightPx: config.pageRows * config.patchHeightPx,
});

/** Patches across and down, the last ones filled up with white. */
export function patchGrid({ patchWidthPx, patchHeightPx }: ReaderConfig, widthPx: number, heightPx: number) {
  return { columns: Math.ceil(widthPx / patchWidthPx), rows: Math.ceil(heightPx / patchHeightPx) };
}

/**
 * @param firstRow of a crop, the row of its page that it begins with; a reader trained on crops knows all rows
 * @throws GlyphError kind `input` for a page that is empty or too large
 */
export function cutPage(page: GreyPage, config: ReaderConfig, firstRow = 0): PagePatches {
  const { columns, rows } = patchGrid(config, page.widthPx, page.heightPx);
  const cells = cellsOf(config);
  const { cellWidthPx, cellHeightPx, cellMarginXPx, cellMarginYPx } = config;
  checkSize(page, config, firstRow + rows, columns);
  const looks = new Float32Array(rows * columns * cells.count * cells.pixels);
  let at = 0;
  for (let patch = 0; patch < rows * columns; patch++) {
    const top = Math.floor(patch / columns) * config.patchHeightPx - cellMarginYPx;
    const left = (patch % columns) * config.patchWidthPx - cellMarginXPx;
    for (let cell = 0; cell < cells.count; cell++) {
      const y = top + Math.floor(cell / cells.columns) * cellHeightPx;
      const x = left + (cell % cells.columns) * cellWidthPx;
      copyInk(page, x, y, cells.lookWidthPx, looks.subarray(at, at + cells.pixels));
      at += cells.pixels;
    }
  }
  return { rows, columns, firstRow, advancePx: page.advancePx ?? config.advancePx, cells: looks };
}

/**
 * Some whole rows of patches as a page of their own.
 * @param first from 0
 */
export function rowsOf(
  page: GreyPage,
  { patchHeightPx }: ReaderConfig,
  first: number,
  count: number,
): GreyPage {
  const { widthPx, heightPx, data } = page;
  const top = first * patchHeightPx;
  const bottom = Math.min(heightPx, top + count * patchHeightPx);
  return { ...page, heightPx: bottom - top, data: data.subarray(top * widthPx, bottom * widthPx) };
}

/** The same as patches, which keep the numbers of their rows. */
export const cropRows = (page: GreyPage, config: ReaderConfig, first: number, count: number): PagePatches =>
  cutPage(rowsOf(page, config, first, count), config, first);

/** Beyond the page there is no ink; `into` is empty. */
function copyInk(page: GreyPage, left: number, top: number, width: number, into: Float32Array): void {
  const { widthPx, heightPx, data } = page;
  const first = Math.max(0, -left);
  const last = Math.min(width, widthPx - left);
  for (let at = 0, y = top; at < into.length; at += width, y++) {
    if (y < 0 || y >= heightPx) continue;
    const row = y * widthPx + left;
    for (let x = first; x < last; x++) into[at + x] = inkOf[data[row + x]!]!;
  }
}

/** By grey value. */
const inkOf = Float32Array.from({ length: 256 }, (_, grey) => 1 - grey / 255);

/** @throws GlyphError kind `input` for a whole page that is empty or too large */
export function checkPage(page: GreyPage, config: ReaderConfig): void {
  const { columns, rows } = patchGrid(config, page.widthPx, page.heightPx);
  checkSize(page, config, rows, columns);
}

function checkSize(
  { widthPx, heightPx, data }: GreyPage,
  config: ReaderConfig,
  rows: number,
  columns: number,
): void {
  const { pageColumns, pageRows } = config;
  const { maxPageWidthPx, maxPageHeightPx } = largestPage(config);
  const isWhole = widthPx > 0 && heightPx > 0 && data.length === widthPx * heightPx;
  if (isWhole && rows <= pageRows && columns <= pageColumns) return;
  throw new GlyphError({
    kind: 'input',
    operation: 'look at a page',
    expected: isWhole
      ? `at most ${maxPageWidthPx} x ${maxPageHeightPx} px`
      : 'a page with as many values as pixels',
    actual: isWhole ? `${widthPx} x ${heightPx} px` : `${widthPx} x ${heightPx} px, ${data.length} values`,
    ...(isWhole ? { hint: 'render smaller pages for this reader' } : {}),
  });
}

/** A character on a page by its middle, px from the page's top left corner. */
export interface PlacedCharacter {
  readonly character: string;
  readonly xPx: number;
  readonly yPx: number;
}

/** Classes of a label: nothing, the printable characters of ASCII but the space, anything else. */
export const labelClasses = 96;
const nothing = 0;
const anythingElse = 95;

const labelOf = (character: string): number => {
  const code = character.codePointAt(0) ?? 32;
  if (/^\s*$/.test(character)) return nothing;
  return code > 32 && code < 127 ? code - 32 : anythingElse;
};

/** The same patches with the character of each cell; of several in one cell the last. Characters outside are left out. */
export function labelCells(
  patches: PagePatches,
  config: ReaderConfig,
  characters: Iterable<PlacedCharacter>,
): PagePatches {
  const cells = cellsOf(config);
  const labels = new Int32Array(patches.rows * patches.columns * cells.count);
  for (const { character, xPx, yPx } of characters) {
    const [x, y] = [Math.floor(xPx / config.cellWidthPx), Math.floor(yPx / config.cellHeightPx)];
    const [column, row] = [Math.floor(x / cells.columns), Math.floor(y / cells.rows)];
    if (x < 0 || y < 0 || column >= patches.columns || row >= patches.rows) continue;
    const patch = row * patches.columns + column;
    const label = labelOf(character);
    if (label !== nothing)
      labels[patch * cells.count + (y % cells.rows) * cells.columns + (x % cells.columns)] = label;
  }
  return { ...patches, labels };
}
