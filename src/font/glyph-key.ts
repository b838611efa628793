/**
 * A glyph named by one unsigned 32-bit number: the font's place in the chain and the glyph's number in that font. Keys
 * travel in typed arrays from layout to raster, also between threads, so both sides must hold the same chain.
 */

/** Place in the chain of characters that no font has: the glyph number is then the code point itself. */
export const missingFontIndex = 255;

export const glyphKey = (fontIndex: number, glyphId: number): number => fontIndex * 0x1000000 + glyphId;
export const fontIndexOf = (key: number): number => key >>> 24;
export const glyphIdOf = (key: number): number => key & 0xffffff;
export const isMissing = (key: number): boolean => fontIndexOf(key) === missingFontIndex;
