/**
 * Glyph for Node: long text → compact page images. Fonts, files and threads are Node's. What is heavy (shaping,
 * vocabularies) is loaded when it is first used, so that importing the library costs next to nothing.
 */
import type { RenderConfig } from './config/index.ts';
import type { FolderOptions, InputOptions, RenderedFolder, RenderManifest, Source } from './node/index.ts';
import type { RenderEvent, RenderedPage } from './render/index.ts';
import type { CountTextOptions, TextTokens, VisionSettings, VisionTokens } from './tokens/index.ts';

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
export type {
  FolderEvent,
  FolderOptions,
  InputOptions,
  ManifestLine,
  ManifestPage,
  PageSummary,
  RenderedFolder,
  RenderManifest,
  Source,
} from './node/index.ts';
export type { RenderEvent, RenderedPage } from './render/index.ts';
export type { CountTextOptions, TextTokens, VisionSettings, VisionTokens } from './tokens/index.ts';

/** A text, whole or as a stream of pieces cut anywhere. */
export type TextSource = string | Iterable<string> | AsyncIterable<string>;

export interface RenderOptions {
  /** Threads that draw; 1 unless given. Short texts are always drawn in this thread. */
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
export async function* renderPages(
  text: TextSource,
  config?: RenderConfig,
  options: RenderOptions = {},
): AsyncGenerator<RenderedPage> {
  const [render, { loadFont }, { spawnWorker }] = await Promise.all([
    import('./render/index.ts'),
    import('./node/load-font.ts'),
    import('./node/spawn-worker.ts'),
  ]);
  yield* render.renderPages(text, config, { loadFont, spawnWorker, ...options });
}

/**
 * Renders a text, or what `openInput` opened, into a folder of `page-0001.png …` and `manifest.json`. Finished pages of
 * an interrupted run are kept.
 * @throws GlyphError kind `io` for a folder that cannot be written or holds other pages, else as `renderPages`
 */
export async function renderToFolder(
  source: string | Source,
  config: RenderConfig,
  folder: string,
  options: FolderOptions = {},
): Promise<RenderedFolder> {
  const node = await import('./node/index.ts');
  return node.renderToFolder(source, config, folder, options);
}

/** The manifest of a folder of pages; undefined where it has none, so is not complete. */
export async function readManifest(folder: string): Promise<RenderManifest | undefined> {
  const node = await import('./node/index.ts');
  return node.readManifest(folder);
}

/**
 * Files, folders, globs or `-` as one source for `renderToFolder`; close it when done.
 * @throws GlyphError kind `input` for what names nothing or is not text, `io` for what cannot be read
 */
export async function openInput(inputs: readonly string[], options: InputOptions = {}): Promise<Source> {
  const node = await import('./node/index.ts');
  return node.openInput(inputs, options);
}

/** Tokens of a text by a named tokenizer, o200k_base unless given. */
export async function countTextTokens(
  text: string | AsyncIterable<string>,
  options: CountTextOptions = {},
): Promise<TextTokens> {
  const tokens = await import('./tokens/index.ts');
  return tokens.countTextTokens(text, options);
}

/** Tokens one image costs a model. @throws GlyphError kind `tokens` for an unknown model or a size it refuses. */
export async function visionTokens(
  model: string,
  widthPx: number,
  heightPx: number,
  settings: VisionSettings = {},
): Promise<VisionTokens> {
  const tokens = await import('./tokens/index.ts');
  return tokens.visionTokens(model, widthPx, heightPx, settings);
}
