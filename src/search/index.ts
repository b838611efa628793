/** Search over renderings: the page a model reads best per token, with the evidence. */
export { type Compression, compressionOf } from './compression.ts';
export type { ConfigEvidence, TaskEvidence } from './evidence.ts';
export { type Held, type HeldConfig, measureHeld, pairedDifference, sameCompression } from './holdout.ts';
export type { LlmTally } from './llm-proposer.ts';
export type { Preference, Recommendation } from './recommend.ts';
export {
  baselineOf,
  type ConfigCandidate,
  frontOf,
  type SearchEvent,
  type SearchLimits,
  type SearchOptions,
  type SearchResult,
  searchConfigs,
  searchSpace,
} from './search.ts';
export { fileNames, summaryOf } from './search-files.ts';
export { defaultSettings, paperSchedule, type SearchSettings, settingsSchema } from './settings.ts';
export { type Item, openValidation, validationNames, validationTask } from './validation.ts';
