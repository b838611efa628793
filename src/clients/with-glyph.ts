/** The official OpenAI and Anthropic clients with pages: the same client, which sends long material as images. */
import { type GlyphFetchOptions, glyphFetch } from './glyph-fetch.ts';

/** What both official clients offer. */
interface Client {
  withOptions(options: { readonly fetch: typeof globalThis.fetch }): unknown;
}

/** @returns a client of the same kind, with the same key and address; the one given stays as it is */
export const withGlyph = <Given extends Client>(client: Given, options: GlyphFetchOptions = {}): Given =>
  client.withOptions({ fetch: glyphFetch(options) }) as Given;
