/** Loads what the first request would have to wait for: vocabulary, fonts, kernels, the glyphs of ordinary text. */
import { createPager, hashOf } from './pager.ts';
import type { ProxyOptions } from './settings.ts';

/** A model of each vendor whose pages differ. */
const models = ['claude-sonnet-4-5', 'gpt-4.1', 'gemini-3-pro'];
const characters = Array.from({ length: 95 }, (_, i) => String.fromCharCode(0x20 + i)).join('');

/** Never throws: what cannot be loaded is told to whoever asks for it. */
export async function warmUp({ loadFont, config }: Pick<ProxyOptions, 'loadFont' | 'config'>): Promise<void> {
  const pager = createPager({ loadFont, config, cacheBytes: 0 });
  const { signal } = new AbortController();
  const text = `${characters} and a word more.\n`.repeat(100);
  for (const model of models) {
    await pager.pagesOf({ hash: hashOf(model), name: 'a text', text, model, signal }).catch(() => {});
  }
}
