/**
 * One page of a text that goes on: where it ends, and its picture. A page is drawn from its own characters alone, so
 * its bytes depend on nothing that comes later.
 */
import type { RenderConfig } from '../../config/index.ts';
import { type RenderedPage, type RenderOptions, renderPages } from '../../render/index.ts';

export type LoadFont = RenderOptions['loadFont'];

/** Layout is in points, so any dpi tells which characters stand where; the smallest draws the least. */
const measuringDpi = 10;

/** Length of the first page's text; undefined where all of `text` stands on it. */
export async function firstPageLength(
  text: string,
  config: RenderConfig,
  loadFont: LoadFont,
): Promise<number | undefined> {
  const second = await renderOne(text, 2, { ...config, dpi: measuringDpi }, loadFont);
  return second?.span.start;
}

/** The lines of a page's text. */
export async function linesOf(
  text: string,
  config: RenderConfig,
  loadFont: LoadFont,
): Promise<RenderedPage['lines']> {
  const page = await renderOne(text, 1, { ...config, dpi: measuringDpi }, loadFont);
  return page?.lines ?? [];
}

/** The page of a text; undefined where the text does not make exactly one. */
export async function drawPage(
  text: string,
  config: RenderConfig,
  loadFont: LoadFont,
): Promise<RenderedPage | undefined> {
  const page = await renderOne(text, 1, config, loadFont);
  return page?.isLast ? page : undefined;
}

async function renderOne(
  text: string,
  number: number,
  config: RenderConfig,
  loadFont: LoadFont,
): Promise<RenderedPage | undefined> {
  for await (const page of renderPages(text, config, { loadFont, only: new Set([number]) })) return page;
  return undefined;
}
