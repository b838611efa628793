/**
 * What a text costs in tokens, by a named tokenizer: the upper half of the compression ratio. Counts without blocking:
 * a long text is counted in pieces that cannot change the sum, other work runs between them, and a signal ends it.
 */
import { GlyphError, throwIfAborted } from '../../base/index.ts';
import type { Basis } from '../family.ts';
import { loadTokenizerFile, type TokenizerFile } from './huggingface-tokenizer.ts';
import { isTextEncoding, loadEncoding, loadedEncoding, type TextEncoding } from './openai-tokenizers.ts';
import { type CountProgress, StreamCounter } from './stream-counter.ts';
import { countSync, type TextTokenizer } from './text-tokenizer.ts';

export interface CountTextOptions {
  /** "o200k_base" when left out. */
  readonly tokenizer?: TextEncoding | TokenizerFile | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called between pieces with the count so far. */
  readonly onProgress?: ((progress: CountProgress) => void) | undefined;
}

export interface TextTokens {
  readonly tokens: number;
  /** The tokenizer's name, e.g. "o200k_base". */
  readonly tokenizer: string;
  /** Exact for the tokenizer named; whether a model uses it is for the caller to know. */
  readonly basis: Basis;
}

const operation = 'count text tokens';

/**
 * Tokens of `text`, or of a stream's chunks joined. Strings that look like special tokens are plain text for the
 * named encodings, and a lone surrogate counts as U+FFFD.
 * Throws `tokens` when the tokenizer cannot be loaded, `input` for what is not text, `aborted`.
 */
export async function countTextTokens(
  text: string | AsyncIterable<string>,
  options: CountTextOptions = {},
): Promise<TextTokens> {
  const { signal, onProgress } = options;
  throwIfAborted(signal, operation);
  const tokenizer = await loadTextTokenizer(options.tokenizer);
  const counter = new StreamCounter(tokenizer);
  const run = async (steps: Iterable<CountProgress>) => {
    throwIfAborted(signal, operation);
    for (const progress of steps) {
      onProgress?.(progress);
      await otherWork();
      throwIfAborted(signal, operation);
    }
  };
  for await (const chunk of chunksOf(text)) await run(counter.add(chunk));
  await run(counter.finish());
  onProgress?.(counter.progress);
  return { tokens: counter.progress.tokens, tokenizer: tokenizer.name, basis: 'exact' };
}

/**
 * Tokens of a short `text` at once, by an encoding that `loadTextTokenizer` (or a count) has loaded before.
 * Throws `tokens` when it has not, because loading takes time of its own.
 */
export function countTokensSync(text: string, encoding: TextEncoding = 'o200k_base'): number {
  assertEncoding(encoding);
  const tokenizer = loadedEncoding(encoding);
  if (tokenizer === undefined) {
    throw new GlyphError({
      kind: 'tokens',
      operation,
      expected: `${encoding} to be loaded`,
      actual: 'no vocabulary in memory',
      hint: `await loadTextTokenizer("${encoding}") first`,
    });
  }
  return countSync(tokenizer, text);
}

/** The tokenizer of an encoding's name or a tokenizer file, loaded once. Throws `tokens` when it cannot be. */
export async function loadTextTokenizer(
  tokenizer: TextEncoding | TokenizerFile = 'o200k_base',
): Promise<TextTokenizer> {
  if (typeof tokenizer === 'object' && tokenizer !== null) return loadTokenizerFile(tokenizer);
  assertEncoding(tokenizer);
  return loadEncoding(tokenizer);
}

function assertEncoding(name: unknown): asserts name is TextEncoding {
  if (isTextEncoding(name)) return;
  throw new GlyphError({
    kind: 'tokens',
    operation: 'choose the text tokenizer',
    expected: '"o200k_base", "cl100k_base" or a tokenizer.json',
    actual: JSON.stringify(name) ?? String(name),
  });
}

async function* chunksOf(text: string | AsyncIterable<string>): AsyncGenerator<string> {
  if (typeof text === 'string') {
    yield text;
    return;
  }
  if (typeof text !== 'object' || text === null || !(Symbol.asyncIterator in text)) throw notText(text);
  for await (const chunk of text) {
    if (typeof chunk !== 'string') throw notText(chunk);
    yield chunk;
  }
}

function notText(value: unknown): GlyphError {
  return new GlyphError({
    kind: 'input',
    operation,
    expected: 'a string or a stream of strings',
    actual: value === null ? 'null' : typeof value,
    hint: 'decode bytes as UTF-8 first',
  });
}

function otherWork(): Promise<void> {
  return new Promise(resolve => {
    // Browsers have no setImmediate.
    if (typeof setImmediate === 'function') setImmediate(resolve);
    else setTimeout(resolve, 0);
  });
}
