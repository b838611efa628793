/**
 * A trained reader as a `Model`: it runs in this process, asks no server, and counts its own tokens exactly. It is a
 * small model that reads pages of its own kind; what goes beyond its limits is refused, not guessed at.
 */
import { GlyphError } from '../base/index.ts';
import {
  type Abilities,
  type Completion,
  checkMessages,
  checkOptions,
  createGeneration,
  type Delta,
  type GenerateOptions,
  type Message,
  type Model,
} from '../model/index.ts';
import type { Family } from '../tokens/index.ts';
import { createAnswerText } from './answer-text.ts';
import type { ReaderCheckpoint } from './checkpoint.ts';
import type { ReaderConfig } from './config.ts';
import { createEngine, type EngineOptions } from './engine.ts';
import { writeTokens } from './generate.ts';
import { promptPieces } from './prompt.ts';
import { createSample, pageMarks, type Sample } from './sample.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface ReaderOptions extends EngineOptions {
  readonly checkpoint: ReaderCheckpoint;
  /** Stands in the model's id, e.g. "reader-1". */
  readonly name?: string;
  /** Milliseconds; the run-time's clock unless given. */
  readonly now?: () => number;
}

/** What a request may hold. */
export interface ReaderLimits {
  /** Tokens of prompt and answer together. */
  readonly contextTokens: number;
  readonly maxPageWidthPx: number;
  readonly maxPageHeightPx: number;
  /** The characters it was trained on; undefined where the checkpoint names none. */
  readonly alphabet: string | undefined;
}

export interface Reader extends Model {
  readonly config: ReaderConfig;
  readonly vocabulary: Vocabulary;
  readonly limits: ReaderLimits;
  /** The row for the table of token rules: a vision token is a patch. */
  readonly tokenFamily: Family;
  /** Of the whole prompt, marks and pages included. @throws GlyphError kind `input` */
  countTokens(messages: readonly Message[]): number;
  /** Of a text alone. */
  countTextTokens(text: string): number;
  close(): Promise<void>;
}

const abilities: Abilities = {
  task: 'answer',
  tools: 'no',
  partOrder: 'as-given',
  transcribePrompt: 'Transcribe.',
};

/** The name under which the reader's token rule stands. */
export const readerFamily = 'embedded';

export function createReader(options: ReaderOptions): Reader {
  const { checkpoint, name = 'reader', now = () => performance.now() } = options;
  const { config, vocabulary, tensors } = checkpoint;
  const engine = createEngine(config, tensors, options);
  const id = `embedded:${name}`;
  const limits = limitsOf(checkpoint);
  const prompt = (messages: readonly Message[]): Sample =>
    createSample(promptPieces(messages, config), vocabulary);

  async function* answer(
    messages: readonly Message[],
    asked: GenerateOptions,
    signal: AbortSignal,
  ): AsyncGenerator<Delta, Completion> {
    const startMs = now();
    const { maxTokens, temperature, topP, topK, seed, stop } = checkOptions(asked, abilities);
    checkMessages(messages, abilities);
    checkAlphabet(messages, limits);
    const sample = prompt(messages);
    const answerText = createAnswerText(vocabulary, stop);
    const settings = { maxTokens, temperature, topP, topK, seed, signal };
    let firstTokenMs: number | undefined;
    let outputTokens = 0;
    let finishReason: Completion['finishReason'] = 'stop';
    for await (const [written] of writeTokens(engine, config, [sample], settings)) {
      firstTokenMs ??= now() - startMs;
      if (typeof written !== 'number') {
        finishReason = written ?? 'unknown';
        break;
      }
      outputTokens++;
      yield* answerText.take(written);
      if (answerText.isStopped) break;
    }
    yield* answerText.end();
    const { text, reasoning, reasoningTokens } = answerText;
    const inputTokens = sample.tokens.length;
    return {
      text,
      reasoning: reasoning === '' ? [] : [{ type: 'reasoning', text: reasoning }],
      toolCalls: [],
      usage: { inputTokens, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens, reasoningTokens },
      finishReason,
      timing: { firstTokenMs, totalMs: now() - startMs, attempts: 1 },
      model: id,
    };
  }

  return {
    id,
    family: readerFamily,
    abilities,
    config,
    vocabulary,
    limits,
    tokenFamily: familyOf(config),
    countTokens: messages => prompt(messages).tokens.length,
    countTextTokens: text => vocabulary.encode(text).length,
    close: () => engine.close(),
    generate: (messages, asked = {}) =>
      createGeneration(({ signal }) =>
        answer(messages, asked, AbortSignal.any([signal, asked.signal ?? signal])),
      ),
  };
}

function limitsOf({ config, metadata }: ReaderCheckpoint): ReaderLimits {
  const { contextTokens, pageColumns, pageRows, patchPx } = config;
  return {
    contextTokens,
    maxPageWidthPx: pageColumns * patchPx,
    maxPageHeightPx: pageRows * patchPx,
    alphabet: metadata['alphabet'],
  };
}

/** Of what is asked in text; what stands on pages shows only when it is read. */
function checkAlphabet(messages: readonly Message[], { alphabet }: ReaderLimits): void {
  if (alphabet === undefined) return;
  const known = new Set(alphabet);
  for (const { parts } of messages) {
    for (const part of parts) {
      const stranger = part.type === 'text' ? [...part.text].find(each => !known.has(each)) : undefined;
      if (stranger === undefined) continue;
      throw new GlyphError({
        kind: 'input',
        operation: 'ask the embedded reader',
        expected: `characters it was trained on: ${JSON.stringify(alphabet)}`,
        actual: JSON.stringify(stranger),
        hint: 'choose a stronger model with --model',
      });
    }
  }
}

function familyOf(config: ReaderConfig): Family {
  const { patchPx, pageColumns, pageRows, contextTokens } = config;
  return {
    id: readerFamily,
    title: 'The embedded reader',
    models: [readerFamily],
    prefixes: [`${readerFamily}:`],
    rule: {
      kind: 'padded-grid',
      cellPx: patchPx,
      maxSidePx: Math.max(pageColumns, pageRows) * patchPx,
      maxTokens: pageColumns * pageRows,
    },
    basis: 'exact',
    perImageOverhead: pageMarks,
    limits: { contextTokens, maxSidePx: Math.max(pageColumns, pageRows) * patchPx },
    source: 'src/reader/page.ts',
    notes: 'A larger page is refused, never scaled. Overhead is the marks around a page.',
  };
}
