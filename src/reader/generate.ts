/**
 * Writes on from prompts, a token for each at a time. Keys and values of what was read and written are kept in a cache
 * of its own for each call, so that calls do not disturb each other; an answer depends on its prompt, the seed and its
 * place only.
 */
import { createRandom, GlyphError, throwIfAborted } from '../base/index.ts';
import { type BatchSize, tokensBefore } from './architecture.ts';
import type { ReaderCheckpoint } from './checkpoint.ts';
import type { ReaderConfig } from './config.ts';
import { type Cursor, createCursor } from './cursor.ts';
import { type DrawOptions, drawToken } from './draw-token.ts';
import type { CacheSize, Engine, Outputs } from './engine.ts';
import type { Quotation } from './quotation.ts';
import { feedSamples, patchCount, type Sample, writePlace } from './sample.ts';
import { coordinates } from './turns.ts';
import { specialId, specialTokens, type Vocabulary } from './vocabulary.ts';

export interface WriteOptions extends DrawOptions {
  /** Of each answer; what is left of the window otherwise. */
  readonly maxTokens?: number | undefined;
  /** To each prompt, which is read only once for all of them; 1 unless given. */
  readonly answersPerPrompt?: number | undefined;
  /** 0 unless given. */
  readonly seed?: number | string | undefined;
  /** End an answer, and are not part of it; only `end` unless given. */
  readonly stopTokens?: readonly number[] | undefined;
  /** That the answer is held to; only where there is one answer. */
  readonly quotation?: Quotation | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What one step wrote, by answer: a token, or how the answer ended, once; undefined after it. */
export type Written = number | 'stop' | 'length' | undefined;

/**
 * Answers to one prompt stand side by side.
 * @throws GlyphError kind `input` for a prompt that is empty or leaves no room in the window
 */
export async function* writeTokens(
  engine: Engine,
  { config, vocabulary }: Pick<ReaderCheckpoint, 'config' | 'vocabulary'>,
  prompts: readonly Sample[],
  options: WriteOptions = {},
): AsyncGenerator<readonly Written[]> {
  const { seed = 0, stopTokens = [specialId('end')], answersPerPrompt = 1, quotation, signal } = options;
  if (prompts.length === 0) return;
  const most = mostTokens(prompts, config, options.maxTokens);
  const stops = new Set(stopTokens);
  const answers = prompts.flatMap(({ tokens, pages }, prompt) =>
    Array.from({ length: answersPerPrompt }, (_, i) => ({
      prompt,
      random: createRandom(`${seed} ${prompt} ${i}`),
      cursor: cursorAfter({ tokens, pages }, config, vocabulary),
      /** The last ones, the last first. */
      before: [...tokens.slice(-tokensBefore)].reverse(),
      /** Tokens before the next one. */
      length: tokens.length,
      end: tokens.length + most[prompt]!,
      isOpen: true,
    })),
  );
  throwIfAborted(signal, 'write an answer');
  const { outputs: read, tokens: room } = await readPrompts(engine, config, prompts);
  const size = cacheSize(answers, config);
  const cache = createCache(config, size);
  for (const [i, { prompt, length }] of answers.entries()) cache.copy(read, prompt, room, i, 0, length);
  const tokens = new Int32Array(size.samples);
  const at = new Int32Array(size.samples);
  const places = new Float32Array(size.samples * coordinates);
  const before = new Int32Array(size.samples * tokensBefore).fill(-1);
  let outputs: Outputs | undefined;
  for (;;) {
    const written = answers.map((answer, i): Written => {
      if (!answer.isOpen) return undefined;
      const scores = scoresOf(outputs ?? read, outputs === undefined ? answer.prompt : i, config);
      quotation?.narrow(scores);
      const token = drawToken(scores, answer.random, options);
      quotation?.take(token);
      const isStop = stops.has(token);
      answer.isOpen = !isStop && answer.length < answer.end;
      if (!answer.isOpen) return isStop ? 'stop' : 'length';
      tokens[i] = token;
      before.set(answer.before, i * tokensBefore);
      answer.before = [token, ...answer.before].slice(0, tokensBefore);
      answer.cursor.take(token);
      writePlace(places, i, answer.length, answer.cursor.place);
      at[i] = answer.length++;
      return token;
    });
    yield written;
    if (!answers.some(({ isOpen }) => isOpen)) return;
    throwIfAborted(signal, 'write an answer');
    outputs = await engine.step(size, { tokens, before, at, places, ...cache.feeds });
    for (const [i, { isOpen }] of answers.entries()) if (isOpen) cache.copy(outputs, i, 1, i, at[i]!, 1);
  }
}

/** Where the prompt leaves it, e.g. at a row whose mark is given. */
function cursorAfter(
  { tokens, pages }: Pick<Sample, 'tokens' | 'pages'>,
  config: ReaderConfig,
  vocabulary: Vocabulary,
): Cursor {
  const cursor = createCursor(config, vocabulary, pages);
  for (const token of tokens) cursor.take(token);
  return cursor;
}

/** Tokens that only prompts have are never written. */
const neverWritten = specialTokens.flatMap((name, id) =>
  /^(?:end|think|think-end|next-row|page-\d+|row-\d+)$/.test(name) ? [] : [id],
);

function scoresOf({ logits }: Outputs, sample: number, { vocabularySize }: ReaderConfig): Float32Array {
  const scores = logits!.slice(sample * vocabularySize, (sample + 1) * vocabularySize);
  for (const id of neverWritten) scores[id] = Number.NEGATIVE_INFINITY;
  return scores;
}

function mostTokens(prompts: readonly Sample[], { contextTokens }: ReaderConfig, maxTokens = contextTokens) {
  return prompts.map(({ tokens }) => {
    checkRoom(tokens.length, { contextTokens });
    return Math.min(maxTokens, contextTokens - tokens.length);
  });
}

/** @throws GlyphError kind `input` for a prompt that is empty or leaves no room in the window */
export function checkRoom(tokens: number, { contextTokens }: Pick<ReaderConfig, 'contextTokens'>): void {
  if (tokens > 0 && tokens < contextTokens) return;
  throw new GlyphError({
    kind: 'input',
    operation: 'read a prompt',
    expected: `1 to ${contextTokens - 1} tokens, this reader's window but one`,
    actual: String(tokens),
    hint: 'give it less text or fewer, smaller pages',
  });
}

async function readPrompts(engine: Engine, config: ReaderConfig, prompts: readonly Sample[]) {
  const longest = (of: (sample: Sample) => number) => Math.max(...prompts.map(of));
  const size: BatchSize = {
    samples: roomFor(prompts.length, 1),
    patches: roomFor(longest(patchCount), 16),
    tokens: Math.min(
      config.contextTokens,
      roomFor(
        longest(({ tokens }) => tokens.length),
        32,
      ),
    ),
  };
  const last = new Int32Array(size.samples);
  for (const [i, { tokens }] of prompts.entries()) last[i] = i * size.tokens + tokens.length - 1;
  const outputs = await engine.prefill(size, { ...feedSamples(prompts, config, size), last });
  return { outputs, tokens: size.tokens };
}

function cacheSize(answers: readonly { readonly end: number }[], { contextTokens }: ReaderConfig): CacheSize {
  const longest = Math.max(...answers.map(({ end }) => end));
  return { samples: roomFor(answers.length, 1), places: Math.min(contextTokens, roomFor(longest, 64)) };
}

/** `least` doubled until it is enough, or three quarters of that: few programs, and little of the room empty. */
function roomFor(count: number, least: number): number {
  let room = least;
  while (room < count) room *= 2;
  const less = room * 0.75;
  return room > least && less >= count && Number.isInteger(less) ? less : room;
}

/** Keys and values by layer, `[answers, heads, places, width of a head]`, written in place. */
function createCache({ heads, width, decoderLayers }: ReaderConfig, { samples, places }: CacheSize) {
  const headWidth = width / heads;
  const names = Array.from({ length: decoderLayers }, (_, i) => [`keys.${i}`, `values.${i}`]).flat();
  const length = samples * heads * places * headWidth;
  const feeds: Readonly<Record<string, Float32Array>> = Object.fromEntries(
    names.map(name => [name, new Float32Array(length)]),
  );
  return {
    feeds,
    /**
     * Takes over what a run left of the first `count` tokens of a sample.
     * @param room tokens of each sample in the run @param at the first one's place in the cache
     */
    copy(outputs: Outputs, sample: number, room: number, answer: number, at: number, count: number): void {
      for (const name of names) {
        for (let head = 0; head < heads; head++) {
          const start = (sample * heads + head) * room * headWidth;
          const part = outputs[name]!.subarray(start, start + count * headWidth);
          feeds[name]!.set(part, ((answer * heads + head) * places + at) * headWidth);
        }
      }
    },
  };
}
