/** A text as a `PageSource`: drawn once at its config's dpi and kept; at another dpi only the pages asked for. */
import type { RenderConfig } from '../config/index.ts';
import { type RenderedPage, type RenderOptions, renderPages } from '../render/index.ts';
import type { PageImage, PageSource } from './page-source.ts';

/** Fonts and threads, as the renderer takes them. */
export type DrawEffects = Pick<RenderOptions, 'loadFont' | 'spawnWorker' | 'jobs'>;

/** @throws GlyphError as `renderPages` */
export async function openTextPages(
  name: string,
  text: string,
  config: RenderConfig,
  effects: DrawEffects,
  signal?: AbortSignal,
): Promise<PageSource> {
  const options = { ...effects, title: name, ...(signal === undefined ? {} : { signal }) };
  const pages: RenderedPage[] = [];
  for await (const page of renderPages(text, config, options)) pages.push(page);
  return {
    name,
    text,
    shows: 'its-text',
    dpi: config.dpi,
    pages,
    async *draw(numbers, { dpi, signal: drawSignal }) {
      if (dpi === config.dpi) {
        for (const number of numbers) yield toImage(pages[number - 1]!);
        return;
      }
      // Layout is in points, so the same lines stand on the same pages at any dpi.
      const only = new Set(numbers);
      const redrawing = { ...options, only, ...(drawSignal === undefined ? {} : { signal: drawSignal }) };
      for await (const page of renderPages(text, { ...config, dpi }, redrawing)) yield toImage(page);
    },
  };
}

function toImage({ number, png, widthPx, heightPx }: RenderedPage): PageImage {
  return { number, bytes: png, mediaType: 'image/png', widthPx, heightPx };
}
