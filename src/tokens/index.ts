/**
 * Exact token accounting, both sides of the compression ratio: what a page image costs each model family, what its
 * text would have cost, the page a model takes as it is, and the price of either. Vocabularies load on first use.
 */
export { builtInFamilies } from './families.ts';
export type { Basis, Family, FamilyTable, ModelLimits, SettingName } from './family.ts';
export { loadFamilies } from './load-families.ts';
export { type ModelRow, modelTable } from './model-table.ts';
export { builtInPrices } from './price-list.ts';
export {
  type Cost,
  cost,
  loadPrices,
  type Price,
  type PriceTable,
  promptTokens,
  type TokenUsage,
} from './prices.ts';
export type { VisionSettings } from './resolve-rule.ts';
export type { Size } from './rules/rule-kind.ts';
export { type SnappedPage, type SnapSettings, snapPage } from './snap-page.ts';
export {
  type CountTextOptions,
  countTextTokens,
  countTokensSync,
  loadTextTokenizer,
  type TextTokens,
} from './text/count-text.ts';
export type { TokenizerFile } from './text/huggingface-tokenizer.ts';
export type { TextEncoding } from './text/openai-tokenizers.ts';
export type { CountProgress } from './text/stream-counter.ts';
export { countSync, type TextTokenizer } from './text/text-tokenizer.ts';
export { modelLimits, type VisionTokens, visionTokens } from './vision-tokens.ts';
