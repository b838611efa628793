/**
 * Training data from any corpus through the renderer: the paper's three pre-training families, questions for SFT and RL,
 * in shards that any number of machines build to the same bytes.
 */
export { type Builder, type FailedExample, openBuilder } from './builder.ts';
export { cleanText } from './clean-text.ts';
export {
  type Corpus,
  type CorpusDocument,
  type CorpusFile,
  type CorpusText,
  openCorpus,
  type SkippedFile,
} from './corpus.ts';
export {
  type AnswerKey,
  type Example,
  type ExampleMessage,
  type ExamplePage,
  imageMark,
  type RewardKind,
  type Stage,
  stages,
} from './example.ts';
export { assertFormat, type FormatName, formatNames, formats, type PlainRow, type Row } from './formats.ts';
export { type LauncherName, type LaunchWish, launcherNames, launchFile, shellWord } from './launch.ts';
export {
  addTotals,
  createTotals,
  type DataManifest,
  type DataSet,
  type Generator,
  type Totals,
} from './manifest.ts';
export { type OcrMarks, ocrMarkNames } from './marked-lines.ts';
export { assertSettings, type DataSettings, defaultSettings, tasksOf } from './settings.ts';
export { type BuildOptions, buildShards, type DataEvent, manifestName, planShards } from './shards.ts';
export type { Split } from './split.ts';
export type { DataStore, ShardFiles } from './store.ts';
