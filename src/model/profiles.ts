/**
 * The providers a model may come from, as data: wire format, address, variables of the environment, what its models
 * can do, and the settings they were trained or published with.
 */
import { anthropicWire } from './anthropic/wire.ts';
import { geminiWire } from './gemini/wire.ts';
import type { Abilities, GenerateOptions } from './model.ts';
import { createOpenaiChatWire, openaiChatWire } from './openai/chat.ts';
import { openaiResponsesWire } from './openai/responses.ts';
import { splitThinking } from './think.ts';
import type { Wire } from './wire.ts';

export interface Profile {
  readonly wire: Wire;
  /** For servers that speak the vendor's format, where that wants it otherwise. */
  readonly compatibleWire?: Wire;
  readonly baseUrl: string;
  /** Added to a base URL of a host alone. */
  readonly basePath?: string;
  readonly baseUrlVariable?: string;
  /** The first that is set counts. */
  readonly keyVariables: readonly string[];
  /** Who asks for a key. */
  readonly keyAt: 'vendor' | 'nobody';
  /** The model where a spec names none. */
  readonly model?: string;
  /** Where it is not the name of the model. */
  readonly family?: string;
  /** Names after the colon that are settings of the server, not models. */
  readonly modes?: readonly string[];
  readonly abilities: Abilities;
  readonly defaults?: GenerateOptions;
  /** What no option spells. */
  readonly extraBody?: Readonly<Record<string, unknown>>;
}

const answering: Abilities = { task: 'answer', tools: 'yes', partOrder: 'as-given' };

/** A page that a resolution mode of DeepSeek-OCR takes without scaling, pixels. */
export interface OcrMode {
  readonly widthPx: number;
  readonly heightPx: number;
}

/**
 * The mode is set where the server is started (vLLM serves `gundam` and takes no other from a request), so here it
 * only says what pages to send.
 */
export const deepseekOcrModes = {
  tiny: { widthPx: 512, heightPx: 512 },
  small: { widthPx: 640, heightPx: 640 },
  base: { widthPx: 1024, heightPx: 1024 },
  large: { widthPx: 1280, heightPx: 1280 },
  /** 2 × 3 tiles of 640 pixels; up to 640 × 640 a page is not tiled. */
  gundam: { widthPx: 1280, heightPx: 1920 },
} as const satisfies Readonly<Record<string, OcrMode>>;

/** Instructions DeepSeek-OCR was trained with: the text alone, or Markdown with the place of each block. */
export const deepseekOcrPrompts = {
  plain: 'Free OCR.',
  grounding: '<|grounding|>Convert the document to markdown.',
} as const;

const vllm = {
  baseUrl: 'http://localhost:8000/v1',
  basePath: '/v1',
  keyVariables: ['VLLM_API_KEY'],
} as const;

const profileTable = {
  openai: {
    wire: createOpenaiChatWire({ maxTokensField: 'max_completion_tokens' }),
    compatibleWire: openaiChatWire,
    baseUrl: 'https://api.openai.com/v1',
    basePath: '/v1',
    baseUrlVariable: 'OPENAI_BASE_URL',
    keyVariables: ['OPENAI_API_KEY'],
    keyAt: 'vendor',
    abilities: answering,
  },
  'openai-responses': {
    wire: openaiResponsesWire,
    baseUrl: 'https://api.openai.com/v1',
    basePath: '/v1',
    baseUrlVariable: 'OPENAI_BASE_URL',
    keyVariables: ['OPENAI_API_KEY'],
    keyAt: 'vendor',
    abilities: answering,
  },
  anthropic: {
    wire: anthropicWire,
    baseUrl: 'https://api.anthropic.com',
    baseUrlVariable: 'ANTHROPIC_BASE_URL',
    keyVariables: ['ANTHROPIC_API_KEY'],
    keyAt: 'vendor',
    abilities: answering,
  },
  gemini: {
    wire: geminiWire,
    baseUrl: 'https://generativelanguage.googleapis.com',
    baseUrlVariable: 'GOOGLE_GEMINI_BASE_URL',
    keyVariables: ['GEMINI_API_KEY', 'GOOGLE_API_KEY'],
    keyAt: 'vendor',
    abilities: answering,
  },
  // The settings its authors publish for vLLM (thu-coai/Glyph).
  glyph: {
    ...vllm,
    wire: splitThinking(openaiChatWire, 'generated'),
    keyAt: 'nobody',
    model: 'zai-org/Glyph',
    family: 'zai-org/Glyph',
    abilities: { task: 'answer', tools: 'no', partOrder: 'images-first' },
    defaults: { maxTokens: 8192, temperature: 0.0001, topP: 1, topK: 1 },
    extraBody: {
      repetition_penalty: 1.1,
      stop_token_ids: [151329, 151348, 151336],
      skip_special_tokens: false,
    },
  },
  // As vLLM's recipe for it says. No `maxTokens`: its whole context is 8192 tokens, and vLLM refuses a request whose
  // pages and limit together exceed that, but gives what is left where none is named.
  'deepseek-ocr': {
    ...vllm,
    wire: openaiChatWire,
    keyAt: 'nobody',
    model: 'deepseek-ai/DeepSeek-OCR',
    family: 'deepseek-ai/DeepSeek-OCR',
    modes: Object.keys(deepseekOcrModes),
    abilities: {
      task: 'transcribe',
      tools: 'no',
      partOrder: 'images-first',
      imagesPerRequest: 1,
      transcribePrompt: deepseekOcrPrompts.plain,
    },
    defaults: { temperature: 0 },
    extraBody: {
      skip_special_tokens: false,
      // No n-gram of 30 tokens twice within 90, but for the tags of table cells.
      vllm_xargs: { ngram_size: 30, window_size: 90, whitelist_token_ids: [128821, 128822] },
    },
  },
} as const satisfies Readonly<Record<string, Profile>>;

export const profiles: ReadonlyMap<string, Profile> = new Map(Object.entries(profileTable));
