/**
 * Glyph masks, each rasterised once for each of four sub-pixel positions and kept in kernel memory ready to blit.
 * Four positions read clearly better than one and sixteen no better than four at 72 dpi.
 */
import type { KernelMemory } from '../base/index.ts';
import { type FontChain, fontIndexOf, glyphIdOf, isMissing, missingFontIndex } from '../font/index.ts';
import { scanOutline } from './scan.ts';

export const subPixelPositions = 4;

/**
 * Numbers a mask has in `Atlas.metrics`: address, rows (0 for a blank glyph), blocks of 16 px a row, left px, top px,
 * width px.
 */
export const metricsPerMask = 6;

/** Bytes of masks beyond which the atlas starts anew: bounds memory for texts of very many glyphs. */
const maxMaskBytes = 32 * 1024 * 1024;
const chunkBytes = 256 * 1024;

/** Glyph ids a TrueType or OpenType font can have. */
const maxGlyphs = 0x10000;

const noSlots = new Uint32Array(0);

export class Atlas {
  readonly #memory: KernelMemory;
  readonly #fonts: FontChain;
  readonly #scale: { readonly x: number; readonly y: number };
  /** By font: mask number + 1 at `glyph id * 4 + position`, 0 where not rasterised yet. */
  readonly #slots: Uint32Array[] = [];
  readonly #missingSlots = new Map<number, number>();
  #count = 0;
  #bytes = 0;
  #chunkAt = 0;
  #chunkEnd = 0;
  metrics = new Int32Array(metricsPerMask * 1024);

  /** `scale`: pixels an em, horizontally and vertically. */
  constructor(memory: KernelMemory, fonts: FontChain, scale: { readonly x: number; readonly y: number }) {
    this.#memory = memory;
    this.#fonts = fonts;
    this.#scale = scale;
  }

  /** Whether the masks should be dropped before the next page. */
  get isFull(): boolean {
    return this.#bytes > maxMaskBytes;
  }

  /**
   * Masks rasterised so far of one font: number + 1 at `glyph id * 4 + position`, 0 where `maskOf` must be asked. Good
   * until the next page.
   */
  slotsOf(fontIndex: number): Uint32Array {
    if (fontIndex === missingFontIndex) return noSlots;
    this.#slots[fontIndex] ??= new Uint32Array(maxGlyphs * subPixelPositions);
    return this.#slots[fontIndex];
  }

  /** Number + 1 of a glyph's mask, rasterised now if need be: its metrics begin at `number * metricsPerMask`. */
  maskOf(key: number, position: number): number {
    const slot = glyphIdOf(key) * subPixelPositions + position;
    const known = isMissing(key) ? this.#missingSlots.get(slot) : this.slotsOf(fontIndexOf(key))[slot];
    return known || this.#add(key, position, slot);
  }

  #add(key: number, position: number, slot: number): number {
    const shiftX = position / subPixelPositions;
    const scale = { scaleX: this.#scale.x, scaleY: this.#scale.y, shiftX };
    const mask = scanOutline(this.#fonts.outline(key), scale);
    const blocks = (mask.widthPx + 15) >> 4;
    const address = this.#allocate(mask.heightPx * blocks * 16);
    const { bytes } = this.#memory;
    for (let y = 0; y < mask.heightPx; y++) {
      const row = mask.coverage.subarray(y * mask.widthPx, (y + 1) * mask.widthPx);
      bytes.fill(0, address + y * blocks * 16, address + (y + 1) * blocks * 16);
      bytes.set(row, address + y * blocks * 16);
    }
    const index = this.#count++;
    if (this.#count * metricsPerMask > this.metrics.length) {
      const larger = new Int32Array(this.metrics.length * 2);
      larger.set(this.metrics);
      this.metrics = larger;
    }
    const { heightPx, left, top, widthPx } = mask;
    this.metrics.set([address, heightPx, blocks, left, top, widthPx], index * metricsPerMask);
    if (isMissing(key)) this.#missingSlots.set(slot, index + 1);
    else this.slotsOf(fontIndexOf(key))[slot] = index + 1;
    return index + 1;
  }

  #allocate(byteLength: number): number {
    if (this.#chunkEnd - this.#chunkAt < byteLength) {
      const size = Math.max(chunkBytes, byteLength);
      this.#chunkAt = this.#memory.allocate(size);
      this.#chunkEnd = this.#chunkAt + size;
    }
    const address = this.#chunkAt;
    this.#chunkAt += byteLength;
    this.#bytes += byteLength;
    return address;
  }
}
