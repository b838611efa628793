/** The font chain a config asks for: its main font, its own fallbacks, then the built-in ones. */
import { RecentCache } from '../base/index.ts';
import type { RenderConfig } from '../config/index.ts';
import { builtinFallback, FontChain, type FontRequest, type LoadFont } from '../font/index.ts';

/** The fonts of a config in the order they are asked. */
export function fontRequests(config: RenderConfig): FontRequest[] {
  const { fontPath, fontFamily, fontIndex: index, fontVariations: variations, fontFallback } = config;
  const main: FontRequest =
    fontPath === '' ? { family: fontFamily, index, variations } : { path: fontPath, index, variations };
  const named = fontFallback.map(name => (/[\\/.]/.test(name) ? { path: name } : { family: name }));
  const builtin = builtinFallback.filter(family => family !== main.family && !fontFallback.includes(family));
  return [main, ...named, ...builtin.map(family => ({ family }))];
}

/** Chains kept for the next rendering with the same fonts, by who loads them. */
const chains = new WeakMap<LoadFont, RecentCache<string, Promise<FontChain>>>();
const keptChains = 8;

/** The chain of a config, opened or kept from before. @throws GlyphError kind `font` */
export async function openFonts(config: RenderConfig, loadFont: LoadFont): Promise<FontChain> {
  const kept = chains.get(loadFont) ?? new RecentCache(keptChains);
  chains.set(loadFont, kept);
  const requests = fontRequests(config);
  const key = JSON.stringify(requests);
  try {
    return await kept.get(key, () => FontChain.open(requests, loadFont));
  } catch (error) {
    kept.delete(key);
    throw error;
  }
}
