/** Pages as pixels, without packing them into PNG files: enough to measure or to show them. */
import { KernelMemory } from '../base/index.ts';
import type { RenderConfig } from '../config/index.ts';
import { layoutPages, type TextSource } from '../layout/index.ts';
import { loadFont } from '../node/index.ts';
import { type PaintedPage, Painter } from '../raster/index.ts';
import { type DocumentConfig, openFonts, stretchesOf } from '../render/index.ts';

export interface PaintOptions {
  /** For `{title}` in the page header. */
  readonly title?: string;
  readonly signal?: AbortSignal;
}

/** Each page is valid until the next is asked for. Errors as `renderPages`. */
export async function* paintPages(
  text: TextSource,
  config: DocumentConfig,
  options: PaintOptions = {},
): AsyncGenerator<PaintedPage> {
  const painters = new Map<RenderConfig, Painter>();
  let pages = 0;
  for await (const stretch of stretchesOf(text, config)) {
    const fonts = await openFonts(stretch.config, loadFont);
    const place = { ...options, preceding: { ...stretch.preceding, pages } };
    for await (const box of layoutPages(stretch.text, stretch.config, fonts, place)) {
      const kept = painters.get(stretch.config);
      const painter =
        kept === undefined || kept.isFull ? new Painter(new KernelMemory(), stretch.config, fonts) : kept;
      painters.set(stretch.config, painter);
      pages++;
      yield painter.paint(box);
    }
  }
}
