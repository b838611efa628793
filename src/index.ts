/**
 * Glyph for Node: long text → compact page images. Fonts, files and threads are Node's. What is heavy (shaping,
 * vocabularies) is loaded when it is first used, so that importing the library costs next to nothing.
 */
import type {
  Answer,
  AskOptions,
  Compressed,
  CompressInput,
  CompressOptions,
  Memory,
  MemoryOptions,
} from './compress/index.ts';
import type { RenderConfig } from './config/index.ts';
import type { Model, OpenModelOptions } from './model/index.ts';
import type { FolderOptions, InputOptions, RenderedFolder, RenderManifest, Source } from './node/index.ts';
import type { AdaptivePage, RenderEvent, RenderedPage } from './render/index.ts';
import type { CountTextOptions, TextTokens, VisionSettings, VisionTokens } from './tokens/index.ts';

export { type ErrorKind, GlyphError } from './base/index.ts';
export type {
  Accounting,
  Answer,
  AskEvent,
  AskOptions,
  Citation,
  Compressed,
  CompressInput,
  CompressOptions,
  Decision,
  DocumentInput,
  Memory,
  MemoryOptions,
  MemoryView,
  PageSource,
  RecalledTurn,
} from './compress/index.ts';
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
  Completion,
  Delta,
  GenerateOptions,
  Generation,
  Message,
  Model,
  Part,
  Tool,
  Usage,
} from './model/index.ts';
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
export type { AdaptivePage, RenderEvent, RenderedPage } from './render/index.ts';
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

/** Configs by kind of content, each whole or in part, e.g. the `adaptive.json` of `glyph search --by content`. */
export type AdaptivePreset = { readonly [Kind in AdaptivePage['kind']]?: object };

/**
 * Renders a text segment by segment: prose, code, tables and logs, Chinese, each with its own config. The text is held
 * whole; pages come in order, one kind on each.
 * @throws GlyphError kind `config` for configs that do not hold, else as `renderPages`
 */
export async function* renderAdaptive(
  text: TextSource,
  configs: AdaptivePreset,
  options: RenderOptions = {},
): AsyncGenerator<AdaptivePage> {
  const [render, { loadFont }, { spawnWorker }] = await Promise.all([
    import('./render/index.ts'),
    import('./node/load-font.ts'),
    import('./node/spawn-worker.ts'),
  ]);
  yield* render.renderAdaptive(text, render.parseAdaptive(configs), { loadFont, spawnWorker, ...options });
}

/**
 * Renders a text, or what `openInput` opened, into a folder of `page-0001.png …` and `manifest.json`. Finished pages of
 * an interrupted run are kept.
 * @param config one for all pages, or an adaptive preset
 * @throws GlyphError kind `io` for a folder that cannot be written or holds other pages, else as `renderPages` and, with
 *   an adaptive preset, `renderAdaptive`
 */
export async function renderToFolder(
  source: string | Source,
  config: RenderConfig | AdaptivePreset,
  folder: string,
  options: FolderOptions = {},
): Promise<RenderedFolder> {
  const [node, render] = await Promise.all([import('./node/index.ts'), import('./render/index.ts')]);
  const settled = 'pageSize' in config ? config : render.parseAdaptive(config);
  return node.renderToFolder(source, settled, folder, options);
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

/** What the rim hands to drawing here: fonts from disk, threads. */
type NodeEffects = 'loadFont' | 'spawnWorker';

/**
 * A text, documents or a conversation rewritten for a vision-language model: long material as page images where they
 * cost less, with what was decided, why, and the tokens. Errors as `compress` of `glyph/compress`.
 */
export async function compress(input: CompressInput, options: CompressOptions): Promise<Compressed> {
  const [line, { loadFont }, { spawnWorker }] = await drawing();
  return line.compress(input, { loadFont, spawnWorker, ...options });
}

/** Asks `model` about documents that it reads as pages. @throws GlyphError as `compress`, `ModelError` as the model */
export async function ask(input: CompressInput, question: string, options: AskOptions): Promise<Answer> {
  const [line, { loadFont }, { spawnWorker }] = await drawing();
  return line.ask(input, question, { loadFont, spawnWorker, ...options });
}

/** A memory of turns kept in `folder`: recent ones as text, older ones as pages that fade. Close it when done. */
export async function createMemory(
  folder: string,
  options: Omit<MemoryOptions, 'store' | NodeEffects>,
): Promise<Memory> {
  const [line, { loadFont }] = await drawing();
  const { openMemoryFolder } = await import('./node/memory-folder.ts');
  return line.createMemory({ ...options, store: await openMemoryFolder(folder), loadFont });
}

/**
 * Opens a model, e.g. "openai:gpt-4.1", "anthropic:claude-sonnet-4-5", "gemini:gemini-2.5-flash" or "glyph". Keys and
 * addresses come from the environment unless given. @throws GlyphError kind `config`
 */
export async function openModel(spec: string, options: Partial<OpenModelOptions> = {}): Promise<Model> {
  const model = await import('./model/index.ts');
  return model.openModel(spec, { env: process.env, ...options });
}

const drawing = () =>
  Promise.all([
    import('./compress/index.ts'),
    import('./node/load-font.ts'),
    import('./node/spawn-worker.ts'),
  ]);
