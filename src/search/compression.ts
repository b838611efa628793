/**
 * How many text tokens a token of the model's stands for under a config, on full pages: measured before any call, on
 * a stretch longer than the samples, so that it is the ratio of long documents and not of a sample's half-empty page.
 */
import type { RenderConfig } from '../config/index.ts';
import { type RenderedPage, type RenderOptions, renderPages } from '../render/index.ts';
import { visionTokens } from '../tokens/index.ts';

export interface CompressionOptions extends Pick<RenderOptions, 'loadFont'> {
  /** What is drawn, as far as it takes; its last page counts only where it is the only one. */
  readonly text: string;
  /** Whose tokens, e.g. "glm-4.1v". */
  readonly family: string;
  readonly countTokens: (text: string) => number;
}

export interface Compression {
  /** Text tokens ÷ tokens of the pages, marks around images included. */
  readonly ratio: number;
  readonly charactersPerPage: number;
  readonly tokensPerPage: number;
  /** Characters no font has. */
  readonly missing: number;
}

/** Pages of one text differ little. */
const mostPages = 3;

/** On the first page alone: a third of the work, and near enough to refuse what is far off. */
export async function firstPageRatio(
  config: RenderConfig,
  { text, family, countTokens, loadFont }: CompressionOptions,
): Promise<number> {
  for await (const { widthPx, heightPx, span } of renderPages(text, config, { loadFont })) {
    const { tokens, perImageOverhead } = visionTokens(family, widthPx, heightPx);
    return countTokens(text.slice(0, span.end)) / Math.max(1, tokens + perImageOverhead);
  }
  return 0;
}

/** @throws GlyphError kind `tokens` for pages the model refuses, `font` as `renderPages` */
export async function compressionOf(config: RenderConfig, options: CompressionOptions): Promise<Compression> {
  const { text, family, countTokens, loadFont } = options;
  const full: RenderedPage[] = [];
  for await (const page of renderPages(text, config, { loadFont })) {
    if (!page.isLast || full.length === 0) full.push(page);
    if (full.length === mostPages) break;
  }
  let [visionTotal, missing] = [0, 0];
  for (const { widthPx, heightPx, missing: boxes } of full) {
    const { tokens, perImageOverhead } = visionTokens(family, widthPx, heightPx);
    visionTotal += tokens + perImageOverhead;
    for (const count of boxes.values()) missing += count;
  }
  const end = full.at(-1)?.span.end ?? 0;
  return {
    ratio: countTokens(text.slice(0, end)) / Math.max(1, visionTotal),
    charactersPerPage: end / Math.max(1, full.length),
    tokensPerPage: visionTotal / Math.max(1, full.length),
    missing,
  };
}
