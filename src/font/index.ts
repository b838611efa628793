export { builtinFallback, builtinFonts } from './builtin.ts';
export { FontChain, type FontFile, type FontRequest, type LoadFont } from './chain.ts';
export { type Direction, type FontFace, type FontFaceOptions, openFont, type ShapedRun } from './font.ts';
export { fontIndexOf, glyphIdOf, glyphKey, isMissing, missingFontIndex } from './glyph-key.ts';
export { prepareHarfBuzz } from './harfbuzz.ts';
export type { Outline } from './outline.ts';
