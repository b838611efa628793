/**
 * Growable parallel arrays of the glyphs of a page: numbers only, so that filling them stays fast, and all in one
 * memory block, so that a page goes to another thread in one piece.
 */
import type { GlyphBuffer } from './page-box.ts';

/** Bytes of a glyph in all arrays together. */
const glyphBytes = 4 + 4 + 4 + 1;

export function createGlyphBuffer(capacity: number): GlyphBuffer {
  const block = new ArrayBuffer(capacity * glyphBytes);
  return {
    count: 0,
    key: new Uint32Array(block, 0, capacity),
    xPt: new Float32Array(block, capacity * 4, capacity),
    yPt: new Float32Array(block, capacity * 8, capacity),
    ink: new Uint8Array(block, capacity * 12, capacity),
  };
}

/** Makes room for `more` glyphs. */
export function reserveGlyphs(buffer: GlyphBuffer, more: number): void {
  const needed = buffer.count + more;
  if (needed <= buffer.key.length) return;
  const { key, xPt, yPt, ink } = createGlyphBuffer(Math.max(needed, buffer.key.length * 2));
  key.set(buffer.key);
  xPt.set(buffer.xPt);
  yPt.set(buffer.yPt);
  ink.set(buffer.ink);
  Object.assign(buffer, { key, xPt, yPt, ink });
}
