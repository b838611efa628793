/** The embedded reader: a small vision-language model that reads pages, its training objective, and its `Model`. */
export {
  type AnswerFromPagesOptions,
  answerFromPages,
  type DocumentPage,
  type PageAnswer,
  type PagedText,
  type PageQuote,
} from './answer-from-pages.ts';
export { type AnswerText, createAnswerText } from './answer-text.ts';
export { type BatchSize, readerParameters } from './architecture.ts';
export {
  type CheckpointFiles,
  type ReaderCheckpoint,
  readCheckpoint,
  writeCheckpoint,
} from './checkpoint.ts';
export { parseReaderConfig, type ReaderConfig, type ReaderPresetName, readerPresets } from './config.ts';
export { createEngine, type Engine, type EngineOptions } from './engine.ts';
export { findRows } from './find-rows.ts';
export { type WriteOptions, type Written, writeTokens } from './generate.ts';
export { type MarkedRow, splitMarks } from './marks.ts';
export { askingPieces, notedPlaces, rowsOfPlaces } from './notes.ts';
export {
  feedObjective,
  type Objective,
  type ObjectiveOptions,
  traceAlignmentOnly,
  traceObjective,
  trainingOnly,
} from './objective.ts';
export {
  cropRows,
  cutPage,
  type GreyPage,
  labelCells,
  largestPage,
  type PagePatches,
  type PlacedCharacter,
  patchGrid,
} from './page.ts';
export { readerPageConfig, strangeKey } from './page-config.ts';
export { measuredPage } from './pitch.ts';
export { answerPieces, promptPieces } from './prompt.ts';
export { type ReadPageEvent, type ReadPageOptions, type ReadRow, readPage } from './read-page.ts';
export {
  createReader,
  isReader,
  type Reader,
  type ReaderLimits,
  type ReaderOptions,
  readerFamily,
} from './reader-model.ts';
export { assistantTurn, createSample, type Piece, patchCount, type Sample } from './sample.ts';
export { startReader } from './start.ts';
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
