/** Node's files, workers and installed fonts: what the rim hands to the line. */
export type { ExistingPages } from './folder-plan.ts';
export { errorCode, ioError } from './io-error.ts';
export { loadFont } from './load-font.ts';
export {
  type ManifestLine,
  type ManifestPage,
  type PageSummary,
  pageFileName,
  type RenderManifest,
  readManifest,
} from './manifest.ts';
export { type InputOptions, openEachInput, openInput } from './open-inputs.ts';
export { generator } from './package-version.ts';
export {
  type FolderEvent,
  type FolderOptions,
  type RenderedFolder,
  renderToFolder,
} from './render-folder.ts';
export { type Source, type SourcePart, type SourceReading, textSource } from './source.ts';
export { spawnWorker } from './spawn-worker.ts';
export { startTokenCounter, type TextTokenizerChoice, type TokenCounter } from './token-counter.ts';
export { writeWhole } from './write-file.ts';
