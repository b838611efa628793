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
  greyPage,
  type ImagePart,
  type Message,
  type Model,
  textMessage,
} from '../model/index.ts';
import { createAnswerText } from './answer-text.ts';
import { type Asked, askedOf } from './asked.ts';
import type { ReaderCheckpoint } from './checkpoint.ts';
import type { ReaderConfig } from './config.ts';
import { createEngine, type Engine, type EngineOptions } from './engine.ts';
import { checkRoom } from './generate.ts';
import type { MarkedRow } from './marks.ts';
import { answerFromPlaces, notedPlaces } from './notes.ts';
import { type LargestPage, largestPage } from './page.ts';
import { promptPieces } from './prompt.ts';
import { type ReadPageOptions, type ReadRow, readPage } from './read-page.ts';
import { createSample, type Sample } from './sample.ts';
import { transcribe } from './transcription.ts';
import { mostRows, type Vocabulary } from './vocabulary.ts';
import { writeText } from './write-text.ts';

export interface ReaderOptions extends EngineOptions {
  readonly checkpoint: ReaderCheckpoint;
  /** Stands in the model's id, e.g. the folder it comes from; without one the id is the family's name alone. */
  readonly name?: string;
  /** Milliseconds; the run-time's clock unless given. */
  readonly now?: () => number;
}

/** Whether a model is one, which can do more than others can. */
export const isReader = (model: Model): model is Reader => 'readPage' in model;

/** What a request may hold. */
export interface ReaderLimits extends LargestPage {
  /** Tokens of prompt and answer together. */
  readonly contextTokens: number;
  /** The characters it was trained on; undefined where the checkpoint names none. */
  readonly alphabet: string | undefined;
}

export interface Reader extends Model {
  readonly config: ReaderConfig;
  readonly vocabulary: Vocabulary;
  readonly limits: ReaderLimits;
  /** Of the whole prompt, marks and pages included. @throws GlyphError kind `input` */
  countTokens(messages: readonly Message[]): number;
  /** Of a text alone. */
  countTextTokens(text: string): number;
  /** The rows of a page in order, as they are written. @param png of the reader's own kind of page */
  readPage(png: Uint8Array, options?: ReadPageOptions): AsyncIterable<ReadRow>;
  /** What generation runs on, for callers that make their own prompts. */
  readonly engine: Engine;
  close(): Promise<void>;
}

const transcribePrompt = 'Transcribe.';

const abilities: Abilities = { task: 'answer', tools: 'no', partOrder: 'as-given', transcribePrompt };

/** The name under which the reader's token rule stands. */
export const readerFamily = 'embedded';

export function createReader(options: ReaderOptions): Reader {
  const { checkpoint, name, now = () => performance.now() } = options;
  const { config, vocabulary, tensors } = checkpoint;
  const engine = createEngine(config, tensors, options);
  const writing = { config, vocabulary, engine };
  const id = name === undefined ? readerFamily : `${readerFamily}:${name}`;
  const limits = limitsOf(checkpoint);
  const prompt = (messages: readonly Message[]): Sample =>
    createSample(promptPieces(messages, config), config, vocabulary);

  const rowsOf = (png: Uint8Array, settings: ReadPageOptions = {}) =>
    readPage(engine, checkpoint, greyPage(png), settings);

  async function* answer(
    messages: readonly Message[],
    given: GenerateOptions,
    signal: AbortSignal,
  ): AsyncGenerator<Delta, Completion> {
    const startMs = now();
    const generateOptions = { ...checkOptions(given, abilities), signal };
    checkMessages(messages, abilities);
    const asked = askedOf(messages, rowCharacters(config));
    // What a text to search holds beside is as little of a hindrance as on a page.
    checkAlphabet(asked === undefined ? messages : [textMessage('user', asked.question)], limits);
    let firstTokenMs: number | undefined;
    const work = workOn(messages, asked, generateOptions);
    for (;;) {
      const step = await work.next();
      firstTokenMs ??= now() - startMs;
      if (step.done) {
        const timing = { firstTokenMs, totalMs: now() - startMs, attempts: 1 };
        return { reasoning: [], ...step.value, toolCalls: [], timing, model: id };
      }
      yield step.value;
    }
  }

  function workOn(
    messages: readonly Message[],
    asked: Asked | undefined,
    options: GenerateOptions,
  ): AsyncGenerator<Delta, Worked> {
    const page = pageToTranscribe(messages);
    if (page !== undefined) return transcribe(settings => rowsOf(page, settings), vocabulary, options);
    return asked === undefined ? writeAnswer(messages, options) : findAnswer(asked, messages, options);
  }

  /** Reads all pages, a row at a time, finds the rows that the question is about, and answers from these. */
  async function* findAnswer(
    asked: Asked,
    messages: readonly Message[],
    options: GenerateOptions,
  ): AsyncGenerator<Delta, Worked> {
    const inputTokens = prompt(messages).tokens.length;
    checkRoom(inputTokens, config);
    const read = await rowsToSearch(asked, options.signal);
    const places = notedPlaces(asked.question, read.rows, { config, vocabulary });
    const answered = yield* answerFromPlaces(writing, asked.question, places, options);
    const { text, reasoning, reasoningTokens, finishReason } = answered;
    return {
      text,
      reasoning: [{ type: 'reasoning', text: reasoning }],
      usage: {
        ...{ inputTokens, cachedInputTokens: 0, cacheWriteTokens: 0, reasoningTokens },
        outputTokens: read.writtenTokens + answered.outputTokens,
      },
      finishReason,
    };
  }

  async function rowsToSearch(asked: Asked, signal: AbortSignal | undefined) {
    if (asked.from === 'text') {
      const rows = asked.rows.map(
        (text, i): MarkedRow => ({ page: Math.floor(i / mostRows) + 1, row: (i % mostRows) + 1, text }),
      );
      return { rows, writtenTokens: 0 };
    }
    const rows: MarkedRow[] = [];
    let writtenTokens = 0;
    for (const [i, image] of asked.pages.entries()) {
      const reading = rowsOf(image.bytes, {
        signal,
        onEvent(event) {
          if (event.type === 'page-written') writtenTokens += event.outputTokens;
        },
      });
      for await (const { row, text } of reading) rows.push({ page: i + 1, row, text });
    }
    return { rows, writtenTokens };
  }

  async function* writeAnswer(
    messages: readonly Message[],
    { stop, ...settings }: GenerateOptions,
  ): AsyncGenerator<Delta, Worked> {
    const sample = prompt(messages);
    const answerText = createAnswerText(vocabulary, stop);
    const { outputTokens, finishReason } = yield* writeText(writing, sample, answerText, settings);
    const { text, reasoning, reasoningTokens } = answerText;
    const inputTokens = sample.tokens.length;
    return {
      text,
      reasoning: reasoning === '' ? [] : [{ type: 'reasoning', text: reasoning }],
      usage: { inputTokens, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens, reasoningTokens },
      finishReason,
    };
  }

  return {
    id,
    family: readerFamily,
    abilities,
    config,
    vocabulary,
    limits,
    engine,
    readPage: rowsOf,
    countTokens: messages => prompt(messages).tokens.length,
    countTextTokens: text => vocabulary.encode(text).length,
    close: () => engine.close(),
    generate: (messages, asked = {}) =>
      createGeneration(({ signal }) =>
        answer(messages, asked, AbortSignal.any([signal, asked.signal ?? signal])),
      ),
  };
}

/** What an answer is made of, whichever way. */
type Worked = Pick<Completion, 'text' | 'usage' | 'finishReason'> & Partial<Pick<Completion, 'reasoning'>>;

/** That a row of a page has room for. */
const rowCharacters = ({ pageColumns, patchWidthPx, advancePx }: ReaderConfig): number =>
  Math.floor((pageColumns * patchWidthPx) / advancePx);

const limitsOf = ({ config, metadata }: ReaderCheckpoint): ReaderLimits => ({
  contextTokens: config.contextTokens,
  ...largestPage(config),
  alphabet: metadata['alphabet'],
});

/**
 * Of what is asked in text; what stands on pages shows only when it is read.
 * @throws GlyphError kind `input` for a character the reader was not trained on
 */
export function checkAlphabet(messages: readonly Message[], { alphabet }: ReaderLimits): void {
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

/** Only one image and the words for it: then the page is read row by row. */
function pageToTranscribe(messages: readonly Message[]): Uint8Array | undefined {
  const [message, more] = messages;
  if (message?.role !== 'user' || more !== undefined) return undefined;
  const images = message.parts.filter((part): part is ImagePart => part.type === 'image');
  const others = message.parts.filter(part => part.type !== 'image');
  const isAsked =
    others.length === 1 && others[0]!.type === 'text' && others[0]!.text.trim() === transcribePrompt;
  const [page] = images;
  return isAsked && images.length === 1 && page?.mediaType === 'image/png' ? page.bytes : undefined;
}
