/** Pages inside of a program: the official clients and the AI SDK as they are, with long material sent as images. */
export { type GlyphFetchOptions, glyphFetch } from './glyph-fetch.ts';
export { type GlyphMiddlewareOptions, glyphMiddleware } from './glyph-middleware.ts';
export { withGlyph } from './with-glyph.ts';
