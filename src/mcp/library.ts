/** Documents that became pages, by the names they were given here; what was used longest ago goes when there are many. */
import { type Compressed, compress, type DrawEffects } from '../compress/index.ts';

export interface Shelved {
  /** e.g. "d1" */
  readonly id: string;
  readonly compressed: Compressed;
}

export interface Library {
  /** @throws GlyphError as `compress` */
  add(name: string, text: string, model: string, signal: AbortSignal): Promise<Shelved>;
  find(id: string): Compressed | undefined;
  ids(): readonly string[];
}

const mostDocuments = 20;

export function createLibrary(effects: DrawEffects): Library {
  const shelf = new Map<string, Compressed>();
  let added = 0;
  return {
    async add(name, text, model, signal) {
      const compressed = await compress([{ name, text }], { ...effects, model, signal, zoom: 'off' });
      const id = `d${++added}`;
      shelf.set(id, compressed);
      const [oldest] = shelf.keys();
      if (shelf.size > mostDocuments && oldest !== undefined) shelf.delete(oldest);
      return { id, compressed };
    },
    find(id) {
      const compressed = shelf.get(id);
      if (compressed === undefined) return undefined;
      shelf.delete(id);
      shelf.set(id, compressed);
      return compressed;
    },
    ids: () => [...shelf.keys()],
  };
}
