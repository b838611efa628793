/** Pages as pixels, without packing them into PNG files: enough to measure or to show them. */
import { KernelMemory } from '../base/index.ts';
import type { RenderConfig } from '../config/index.ts';
import { layoutPages, type TextSource } from '../layout/index.ts';
import { loadFont } from '../node/index.ts';
import { type PaintedPage, Painter } from '../raster/index.ts';
import { openFonts } from '../render/index.ts';

export interface PaintOptions {
  /** For `{title}` in the page header. */
  readonly title?: string;
  readonly signal?: AbortSignal;
}

/** Each page is valid until the next is asked for. Errors as `renderPages`. */
export async function* paintPages(
  text: TextSource,
  config: RenderConfig,
  options: PaintOptions = {},
): AsyncGenerator<PaintedPage> {
  const fonts = await openFonts(config, loadFont);
  let painter: Painter | undefined;
  for await (const box of layoutPages(text, config, fonts, options)) {
    if (painter === undefined || painter.isFull) painter = new Painter(new KernelMemory(), config, fonts);
    yield painter.paint(box);
  }
}
