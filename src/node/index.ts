/** Node's files, workers and installed fonts: what the rim hands to the line. */
export { type CorpusFiles, openCorpusFiles } from './corpus-files.ts';
export { dataFiles } from './data-files.ts';
export {
  closeDocuments,
  type DocumentOptions,
  type InputDocument,
  openDocuments,
  readDocumentText,
} from './documents.ts';
export { drawForReader } from './draw-for-reader.ts';
export type { ExistingPages } from './folder-plan.ts';
export { handOverRows, type ShapedLine } from './hand-over.ts';
export { errorCode, ioError } from './io-error.ts';
export { loadJieba } from './jieba.ts';
export { loadFont } from './load-font.ts';
export { makeFolder } from './make-folder.ts';
export {
  type ManifestLine,
  type ManifestPage,
  type PageSummary,
  pageFileName,
  type RenderManifest,
  readManifest,
} from './manifest.ts';
export { type MemoryFolder, openMemoryFolder } from './memory-folder.ts';
export { type InputOptions, openEachInput, openInput } from './open-inputs.ts';
export { loadOnnxRuntime, type OpenReaderOptions, openReader } from './open-reader.ts';
export { generator } from './package-version.ts';
export { findPageImages, readPageImage } from './page-images.ts';
export {
  type DrawPdfOptions,
  type OpenPdfOptions,
  openPdf,
  type PdfPage,
  type PdfPages,
  type PdfPicture,
} from './pdf.ts';
export { readModelFolder } from './read-model-folder.ts';
export {
  type FolderEvent,
  type FolderOptions,
  type RenderedFolder,
  renderToFolder,
} from './render-folder.ts';
export { openRunFolder, type RunFolder } from './run-folder.ts';
export { openShardFolder, type ShardFolder } from './shard-folder.ts';
export { type Source, type SourcePart, type SourceReading, textSource } from './source.ts';
export { spawnWorker } from './spawn-worker.ts';
export { type OpenTesseractOptions, openTesseract } from './tesseract.ts';
export { startTokenCounter, type TextTokenizerChoice, type TokenCounter } from './token-counter.ts';
export { writeWhole } from './write-file.ts';
