/**
 * HarfBuzz, loaded on first use: its WebAssembly takes ~10 ms to start and not every import of the package needs it.
 * It reads fonts (TTF, OTF/CFF, TTC, variable), shapes text and yields outlines; no other code parses font files.
 */
type HarfBuzz = typeof import('harfbuzzjs');

let loaded: HarfBuzz | undefined;

/** Loads HarfBuzz once. Every function below needs it to have finished. */
export async function prepareHarfBuzz(): Promise<void> {
  loaded ??= await import('harfbuzzjs');
}

export function harfBuzz(): HarfBuzz {
  if (loaded === undefined) throw new Error('prepareHarfBuzz() has not finished');
  return loaded;
}
