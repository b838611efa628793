export type { Accounting, ExactCount, RequestAccount, SharpenedPage } from './accounting.ts';
export { type Answer, type AskEvent, type AskOptions, ask, compressOptions } from './ask.ts';
export type { CompressedRequest } from './build-request.ts';
export { type Citation, type Citations, findCitations } from './cite.ts';
export { type Compressed, compress } from './compress.ts';
export type { CompressInput, DocumentInput, NamedText } from './conversation.ts';
export type { Decision, KeptDecision, PagedDecision, Place } from './decision.ts';
export { type ExactSpan, findExact } from './exact/index.ts';
export { answerExpand, type Expansion, expandTool } from './expand.ts';
export { pageConfigFor } from './geometry.ts';
export { joinTexts, type NamedSpan } from './join-texts.ts';
export {
  createMemory,
  createMemoryStore,
  type Memory,
  type MemoryAccounting,
  type MemoryOptions,
  type MemoryStore,
  type MemoryTier,
  type MemoryView,
  type RecalledTurn,
} from './memory/index.ts';
export type { Budget, CompressOptions } from './options.ts';
export type { PageImage, PageSource, SourcePage, Span } from './page-source.ts';
export type { PagedDocument } from './paged-document.ts';
export type { DrawEffects } from './text-pages.ts';
export type { ZoomOptions } from './zoom.ts';
