/**
 * Glyph for browsers: the same line from text to pages, with fonts fetched from the package's `fonts/` folder beside
 * this file, or from any URL a config names. Nothing here imports a Node module.
 */
import { GlyphError, nearestName } from './base/index.ts';
import type { RenderConfig } from './config/index.ts';
import { builtinFonts, type FontFile, type FontRequest } from './font/index.ts';
import {
  type RenderEvent,
  type RenderedPage,
  type RenderWorker,
  renderPages as renderPagesWith,
} from './render/index.ts';

export { type ErrorKind, GlyphError } from './base/index.ts';
export {
  type ConfigReading,
  configHash,
  defaultConfig,
  type PresetName,
  parseConfig,
  preset,
  presetNames,
  type RenderConfig,
  readConfig,
  sampleConfig,
} from './config/index.ts';
export type { FontFile, FontRequest, LoadFont } from './font/index.ts';
export {
  createWorkerHandler,
  type RenderEvent,
  type RenderedPage,
  type RenderWorker,
} from './render/index.ts';
export { countTextTokens, type TextTokens, type VisionTokens, visionTokens } from './tokens/index.ts';

/** A text, whole or as a stream of pieces cut anywhere. */
export type TextSource = string | Iterable<string> | AsyncIterable<string>;

export interface RenderOptions {
  /** Where fonts come from; `fetchFont` unless given. */
  readonly loadFont?: (request: FontRequest) => Promise<FontFile>;
  /** Starts a Web Worker that runs `createWorkerHandler`; without it everything is drawn in this thread. */
  readonly spawnWorker?: () => RenderWorker;
  /** Workers that draw; 1 unless given. */
  readonly jobs?: number;
  /** For `{title}` in the page header. */
  readonly title?: string;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RenderEvent) => void;
}

/**
 * Renders a text page by page, in order and in bounded memory. Offsets in the pages count UTF-16 code units.
 * @throws GlyphError kind `font` for a font that is missing or damaged, `aborted` when the signal fires
 */
export function renderPages(
  text: TextSource,
  config?: RenderConfig,
  options: RenderOptions = {},
): AsyncGenerator<RenderedPage> {
  return renderPagesWith(text, config, { loadFont: fetchFont, ...options });
}

/**
 * A built-in family from the package's files, or `fontPath` as a URL.
 * @throws GlyphError kind `font` where there is none
 */
export async function fetchFont({ family = '', path = '' }: FontRequest): Promise<FontFile> {
  const file = builtinFonts[family];
  if (path === '' && file === undefined) {
    const near = nearestName(family, Object.keys(builtinFonts));
    throw new GlyphError({
      kind: 'font',
      operation: 'find a font',
      expected: 'a built-in family, or fontPath with a URL',
      actual: JSON.stringify(family),
      ...(near === undefined ? {} : { hint: `did you mean "${near}"?` }),
    });
  }
  const url = path === '' ? new URL(`../fonts/${file}`, import.meta.url) : path;
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`HTTP status ${response.status}`);
    return { bytes: new Uint8Array(await response.arrayBuffer()) };
  } catch (cause) {
    const actual = cause instanceof Error ? cause.message : String(cause);
    throw new GlyphError({
      kind: 'font',
      operation: `fetch font ${url}`,
      expected: 'a font file',
      actual,
      cause,
    });
  }
}
