/** The embedded reader: a small vision-language model that reads pages, its training objective, and its `Model`. */
export { type BatchSize, readerParameters } from './architecture.ts';
export {
  type CheckpointFiles,
  type ReaderCheckpoint,
  readCheckpoint,
  writeCheckpoint,
} from './checkpoint.ts';
export { parseReaderConfig, type ReaderConfig, type ReaderPresetName, readerPresets } from './config.ts';
export { createEngine, type Engine, type EngineOptions } from './engine.ts';
export { type WriteOptions, type Written, writeTokens } from './generate.ts';
export {
  feedObjective,
  type Objective,
  type ObjectiveOptions,
  traceObjective,
  trainingOnly,
} from './objective.ts';
export {
  cutPage,
  type GreyPage,
  labelCells,
  type Origin,
  type PagePatches,
  type PlacedCharacter,
  patchGrid,
} from './page.ts';
export { promptPieces, thoughtPieces } from './prompt.ts';
export {
  createReader,
  type Reader,
  type ReaderLimits,
  type ReaderOptions,
  readerFamily,
} from './reader-model.ts';
export { createSample, type Piece, patchCount, type Sample } from './sample.ts';
export { trainVocabulary } from './train-vocabulary.ts';
export {
  createVocabulary,
  readVocabulary,
  type SpecialToken,
  specialId,
  specialTokens,
  type Vocabulary,
  writeVocabulary,
} from './vocabulary.ts';
