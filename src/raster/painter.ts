/**
 * A laid-out page → pixels: glyph masks blitted at quarter-pixel positions into a layer of ink coverage, coloured
 * rectangles and marks composed with it where the config has them, and the page cropped. One painter draws page after
 * page in the same memory, so a page must be encoded before the next is painted.
 */
import type { Bitmap, KernelMemory } from '../base/index.ts';
import type { RenderConfig } from '../config/index.ts';
import { type FontChain, fontIndexOf, glyphIdOf } from '../font/index.ts';
import type { PageBox, Rect } from '../layout/index.ts';
import { Atlas, metricsPerMask, subPixelPositions } from './atlas.ts';
import { type Blitter, createBlitter } from './blit.ts';
import { coveragePalette, greyOf, greyTolerance, indexedColors, paletteColor } from './colors.ts';
import { croppedSize } from './crop.ts';
import { type PageGeometry, pageGeometry } from './geometry.ts';
import { allocatePlane, type Plane, planeBitmap } from './plane.ts';
import { stretchPlane } from './stretch.ts';

export interface InkBox {
  readonly leftPx: number;
  readonly topPx: number;
  /** Exclusive. */
  readonly rightPx: number;
  readonly bottomPx: number;
}

/** What painting needs of a laid-out page. */
export type DrawablePage = Pick<PageBox, 'isLast' | 'glyphs' | 'rects'>;

export interface PaintedPage {
  /** Cropped; shares the painter's memory until the next page is painted. */
  readonly bitmap: Bitmap;
  /** What the bitmap's bytes are: ink coverage 0 to 255, or indices into the palette. */
  readonly content: 'coverage' | 'index';
  /** Colours, three bytes each: of the config's grey levels, or of the indices. */
  readonly palette: Uint8Array;
  /** Smallest box around all glyphs, undefined on a page without ink. */
  readonly inkBox: InkBox | undefined;
}

const commandBytes = 16;
const maxCommands = 4096;

export class Painter {
  readonly #memory: KernelMemory;
  readonly #config: RenderConfig;
  readonly #geometry: PageGeometry;
  readonly #atlas: Atlas;
  readonly #blitter: Blitter;
  readonly #commands: number;
  readonly #coverage: Plane;
  readonly #palette: Uint8Array;
  /** 1 for each coverage that shows. */
  readonly #isInk: Uint8Array;
  #marks: Plane | undefined;
  #indices: Plane | undefined;

  constructor(memory: KernelMemory, config: RenderConfig, fonts: FontChain) {
    this.#memory = memory;
    this.#config = config;
    this.#geometry = pageGeometry(config);
    const { scaleX, scaleY } = this.#geometry;
    this.#atlas = new Atlas(memory, fonts, { x: scaleX * config.fontSize, y: scaleY * config.fontSize });
    this.#blitter = createBlitter(memory);
    this.#commands = memory.allocate(maxCommands * commandBytes);
    this.#coverage = allocatePlane(memory, this.#geometry);
    this.#palette = coveragePalette(config);
    const contrast = Math.abs(greyOf(config.fontColor) - greyOf(config.pageBgColor));
    this.#isInk = Uint8Array.from({ length: 256 }, (_, coverage) =>
      (coverage * contrast) / 255 > greyTolerance ? 1 : 0,
    );
  }

  /** Whether the painter's memory has filled up with masks and a new painter should take over. */
  get isFull(): boolean {
    return this.#atlas.isFull;
  }

  /** Paints a page. Every font its glyphs name must be loaded. */
  paint(page: DrawablePage): PaintedPage {
    const { inkBox, others } = this.#drawGlyphs(page, this.#coverage, 0);
    const isPlain = others === 0 && page.rects.length === 0;
    return isPlain ? this.#finishCoverage(page, inkBox) : this.#finishIndexed(page, inkBox, others > 0);
  }

  /** Draws the glyphs of one ink; returns the box around them and how many have another ink. */
  #drawGlyphs(
    page: DrawablePage,
    plane: Plane,
    ink: number,
  ): { readonly inkBox: InkBox | undefined; readonly others: number } {
    const { drawnWidthPx: widthPx, heightPx, scaleX, scaleY, borderPx } = this.#geometry;
    const { count, key, xPt, yPt, ink: inks } = page.glyphs;
    const atlas = this.#atlas;
    this.#blitter.clear(plane.address, plane.byteLength);
    let commands = this.#commandView();
    let { metrics } = atlas;
    let fontIndex = -1;
    let slots = atlas.slotsOf(0);
    let pending = 0;
    let others = 0;
    let minX = widthPx;
    let minY = heightPx;
    let maxX = 0;
    let maxY = 0;
    for (let i = 0; i < count; i++) {
      if (inks[i] !== ink) {
        others++;
        continue;
      }
      const pen = xPt[i]! * scaleX;
      const penPx = Math.floor(pen);
      const position = ((pen - penPx) * subPixelPositions) | 0;
      const glyph = key[i]!;
      if (fontIndexOf(glyph) !== fontIndex) {
        fontIndex = fontIndexOf(glyph);
        slots = atlas.slotsOf(fontIndex);
      }
      let mask = slots[glyphIdOf(glyph) * subPixelPositions + position];
      if (!mask) {
        mask = atlas.maskOf(glyph, position);
        metrics = atlas.metrics;
        commands = this.#commandView(); // the memory may have grown
      }
      const at = (mask - 1) * metricsPerMask;
      const rows = metrics[at + 1]!;
      if (rows === 0) continue;
      const left = penPx + metrics[at + 3]!;
      const top = Math.floor(yPt[i]! * scaleY + 1e-3) + metrics[at + 4]!;
      const right = left + metrics[at + metricsPerMask - 1]!;
      const bottom = top + rows;
      if (right <= 0 || bottom <= 0 || left >= widthPx || top >= heightPx) continue;
      if (left < minX) minX = left;
      if (top < minY) minY = top;
      if (right > maxX) maxX = right;
      if (bottom > maxY) maxY = bottom;
      const isInside =
        left >= -borderPx && top >= -borderPx && right <= widthPx + borderPx && bottom <= heightPx + borderPx;
      if (!isInside) {
        this.#drawClipped(plane, metrics.subarray(at, at + metricsPerMask), left, top);
        continue;
      }
      const c = pending * 4;
      commands[c] = plane.origin + top * plane.stride + left;
      commands[c + 1] = metrics[at]!;
      commands[c + 2] = rows;
      commands[c + 3] = metrics[at + 2]!;
      if (++pending === maxCommands) {
        this.#blitter.blit(this.#commands, pending, plane.stride);
        pending = 0;
      }
    }
    this.#blitter.blit(this.#commands, pending, plane.stride);
    if (maxX === 0) return { inkBox: undefined, others };
    const narrowing = this.#narrow(plane);
    const [leftPx, topPx] = [Math.floor(Math.max(0, minX) * narrowing), Math.max(0, minY)];
    const rightPx = Math.min(this.#geometry.widthPx, Math.ceil(maxX * narrowing) + (narrowing < 1 ? 2 : 0));
    const bottomPx = Math.min(heightPx, maxY);
    return { inkBox: { leftPx, topPx, rightPx, bottomPx }, others };
  }

  /** Narrows what was drawn to the page's width where that is done last; returns the ratio of the widths. */
  #narrow(plane: Plane): number {
    const { drawnWidthPx: fromPx, widthPx: toPx, heightPx } = this.#geometry;
    if (fromPx !== toPx) stretchPlane(this.#memory, plane, { fromPx, toPx, heightPx });
    return toPx / fromPx;
  }

  #commandView(): Uint32Array {
    return new Uint32Array(this.#memory.bytes.buffer, this.#commands, maxCommands * 4);
  }

  /** A mask that reaches beyond the border: drawn pixel by pixel, clipped to the page. */
  #drawClipped(plane: Plane, mask: Int32Array, left: number, top: number): void {
    const [address = 0, rows = 0, blocks = 0, , , width = 0] = mask;
    const { drawnWidthPx: widthPx, heightPx } = this.#geometry;
    const { bytes } = this.#memory;
    for (let y = Math.max(0, -top); y < Math.min(rows, heightPx - top); y++) {
      const row = plane.origin + (top + y) * plane.stride + left;
      for (let x = Math.max(0, -left); x < Math.min(width, widthPx - left); x++) {
        bytes[row + x] = Math.min(255, bytes[row + x]! + bytes[address + y * blocks * 16 + x]!);
      }
    }
  }

  #finishCoverage(page: DrawablePage, inkBox: InkBox | undefined): PaintedPage {
    const { widthPx, heightPx } = this.#geometry;
    const full = planeBitmap(this.#memory, this.#coverage, widthPx, heightPx);
    const size = croppedSize(full, this.#isInk, inkBox ?? { rightPx: 0, bottomPx: 0 }, this.#config, page);
    return { bitmap: { ...full, ...size }, content: 'coverage', palette: this.#palette, inkBox };
  }

  #finishIndexed(page: DrawablePage, textBox: InkBox | undefined, hasMarks: boolean): PaintedPage {
    const { widthPx, heightPx } = this.#geometry;
    this.#indices ??= allocatePlane(this.#memory, this.#geometry);
    if (hasMarks) this.#marks ??= allocatePlane(this.#memory, this.#geometry);
    const markBox =
      hasMarks && this.#marks !== undefined ? this.#drawGlyphs(page, this.#marks, 1).inkBox : undefined;
    const { palette, baseOf, levelOf } = indexedColors(this.#config, page.rects);
    const { bytes } = this.#memory;
    bytes.fill(0, this.#indices.address, this.#indices.address + this.#indices.byteLength);
    for (const rect of page.rects) this.#fillRect(this.#indices, rect, baseOf.get(rect.color)!);
    for (let y = 0; y < heightPx; y++) {
      const text = this.#coverage.origin + y * this.#coverage.stride;
      const mark =
        hasMarks && this.#marks !== undefined ? this.#marks.origin + y * this.#marks.stride : undefined;
      const out = this.#indices.origin + y * this.#indices.stride;
      for (let x = 0; x < widthPx; x++) {
        const textLevel = levelOf[bytes[text + x]!]!;
        const markLevel = mark === undefined ? 0 : levelOf[bytes[mark + x]!]!;
        if (markLevel > textLevel) bytes[out + x]! += 16 + markLevel;
        else bytes[out + x]! += textLevel;
      }
    }
    const full = planeBitmap(this.#memory, this.#indices, widthPx, heightPx);
    const pageGrey = greyOf(this.#config.pageBgColor);
    const isInk = Uint8Array.from({ length: 256 }, (_, index) =>
      index * 3 < palette.length && Math.abs(greyOf(paletteColor(palette, index)) - pageGrey) > greyTolerance
        ? 1
        : 0,
    );
    const whole = { rightPx: widthPx, bottomPx: heightPx };
    const size = croppedSize(full, isInk, whole, this.#config, page);
    return { bitmap: { ...full, ...size }, content: 'index', palette, inkBox: union(textBox, markBox) };
  }

  #fillRect(plane: Plane, rect: Rect, index: number): void {
    const { widthPx, heightPx, drawnWidthPx, scaleY } = this.#geometry;
    const scaleX = (this.#geometry.scaleX * widthPx) / drawnWidthPx;
    const clamp = (value: number, max: number) => Math.min(max, Math.max(0, Math.round(value)));
    const left = clamp(rect.xPt * scaleX, widthPx);
    const right = clamp((rect.xPt + rect.widthPt) * scaleX, widthPx);
    const top = clamp(rect.yPt * scaleY, heightPx);
    const bottom = clamp((rect.yPt + rect.heightPt) * scaleY, heightPx);
    for (let y = top; y < bottom; y++) {
      const row = plane.origin + y * plane.stride;
      this.#memory.bytes.fill(index, row + left, row + right);
    }
  }
}

function union(a: InkBox | undefined, b: InkBox | undefined): InkBox | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return {
    leftPx: Math.min(a.leftPx, b.leftPx),
    topPx: Math.min(a.topPx, b.topPx),
    rightPx: Math.max(a.rightPx, b.rightPx),
    bottomPx: Math.max(a.bottomPx, b.bottomPx),
  };
}
