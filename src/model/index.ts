/**
 * Models: messages in, a completion out. One neutral message, one engine for all that are asked over HTTP, one folder a
 * wire format; readers that only transcribe and the mock offer the same interface.
 */

export { anthropicEditor } from './anthropic/edit.ts';
export { anthropicWire } from './anthropic/wire.ts';
export {
  type Body,
  type BodyEditor,
  type BodyImage,
  type BodyListing,
  type BodyPart,
  type Replacement,
  readBody,
} from './body.ts';
export { checkMessages, checkOptions } from './check-options.ts';
export { geminiEditor } from './gemini/edit.ts';
export { geminiWire } from './gemini/wire.ts';
export { createGeneration } from './generation.ts';
export { createHttpModel, type Effects, type HttpModelSettings } from './http-model.ts';
export type { JsonPath } from './json-edit.ts';
export {
  type ImageMediaType,
  type ImagePart,
  type Message,
  messageText,
  type Part,
  type ReasoningPart,
  type Role,
  type TextPart,
  type Tool,
  type ToolCallPart,
  type ToolResultPart,
  textMessage,
} from './message.ts';
export {
  createMockModel,
  type MockAnswers,
  type MockCompletion,
  type MockModel,
  type MockOptions,
} from './mock/mock-model.ts';
export type {
  Abilities,
  Completion,
  Delta,
  FinishReason,
  GenerateOptions,
  Generation,
  Model,
  Timing,
  Usage,
} from './model.ts';
export { ModelError, type ModelErrorDetails, type ModelFailure } from './model-error.ts';
export { type OpenModelOptions, openModel, providerNames } from './open-model.ts';
export { createOpenaiChatWire, openaiChatWire } from './openai/chat.ts';
export { openaiChatEditor } from './openai/chat-edit.ts';
export {
  type ChatAnswerHead,
  type ChatRequest,
  chatCompletion,
  chatError,
  chatEvents,
  readChatRequest,
} from './openai/chat-serve.ts';
export { createOpenaiResponsesWire, openaiResponsesWire } from './openai/responses.ts';
export { openaiResponsesEditor } from './openai/responses-edit.ts';
export { deepseekOcrModes, deepseekOcrPrompts, type OcrMode, type Profile, profiles } from './profiles.ts';
export { greyPage } from './tesseract/grey-page.ts';
export {
  createTesseractModel,
  type PageImage,
  type Recognise,
  type TesseractOptions,
} from './tesseract/index.ts';
export { splitThinking, type ThinkTags } from './think.ts';
export type { Wire, WireMode, WirePiece, WireReader, WireRequest } from './wire.ts';
