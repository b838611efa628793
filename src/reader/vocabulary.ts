/**
 * A byte-level BPE vocabulary (Sennrich et al. 2016; bytes as in GPT-2): every string has an encoding, and decoding
 * gives it back. Special tokens mark pages, turns and thinking; text never makes one, whatever it says.
 */
import * as v from 'valibot';
import { GlyphError } from '../base/index.ts';

/** Pages of a prompt, and rows of patches of a page, that have a mark. */
export const mostPages = 8;
export const mostRows = 64;

const numbered = <Name extends string>(name: Name, count: number) =>
  Array.from({ length: count }, (_, i): `${Name}-${number}` => `${name}-${i + 1}`);

/** In this order from id 0; then the 256 bytes, then one token a merge. */
export const specialTokens = [
  /** Fills up what is shorter than its batch. */
  'pad',
  /** Where a vision token stands. */
  'patch',
  'page-end',
  'system',
  'user',
  'assistant',
  'end',
  'think',
  'think-end',
  /** In answers, before what is read from the row below that of the last mark. */
  'next-row',
  /** Before a page's patches, and in answers before a row of it; from 1. */
  ...numbered('page', mostPages),
  /** In answers, before what is read from this row of patches; from 1. */
  ...numbered('row', mostRows),
] as const;
export type SpecialToken = (typeof specialTokens)[number];

export const firstByte = specialTokens.length;
export const firstMerge = firstByte + 256;

const specialIds: ReadonlyMap<string, number> = new Map(specialTokens.map((name, id) => [name, id]));

export const specialId = (name: SpecialToken): number => specialIds.get(name)!;

/** What a merge joins, e.g. `[119, 120]`; its own id is its place in the list after the bytes. */
export type Merge = readonly [left: number, right: number];

export interface Vocabulary {
  readonly size: number;
  readonly merges: readonly Merge[];
  /** Lone surrogates become U+FFFD. */
  encode(text: string): readonly number[];
  /** Special tokens have no text; bytes that are no UTF-8 become U+FFFD. */
  decode(tokens: Iterable<number>): string;
  /** The bytes of a token, none for a special one. */
  bytesOf(token: number): Uint8Array;
  /** Characters that begin in a token: code points, not bytes. */
  charactersIn(token: number): number;
}

/**
 * Merges stay within these: a word with the space before it, one digit, some signs, one break. Bounded, so that no
 * text takes longer than its length.
 */
const wordPattern = / ?\p{L}{1,24}|\p{N}| ?[^\s\p{L}\p{N}]{1,8}|[^\S\n]{1,8}(?=\s)|\s/gu;

/** The same words whatever else is in the text around them. */
export const wordsOf = (text: string): readonly string[] => text.match(wordPattern) ?? [];

export const byteTokens = (word: string): number[] =>
  Array.from(new TextEncoder().encode(word), byte => byte + firstByte);

/** More words than any language's common ones; the memory of an encoder stays bounded. */
const rememberedWords = 50_000;

/** @throws GlyphError kind `input` for a merge of what is not yet there, or one that comes twice */
export function createVocabulary(merges: readonly Merge[]): Vocabulary {
  const size = firstMerge + merges.length;
  const ids = new Map<number, number>();
  const bytes: Uint8Array[] = Array.from({ length: firstMerge }, (_, id) =>
    id < firstByte ? new Uint8Array(0) : Uint8Array.of(id - firstByte),
  );
  for (const [index, [left, right]] of merges.entries()) {
    const id = firstMerge + index;
    const isKnown = [left, right].every(part => part >= firstByte && part < id);
    if (!isKnown || ids.has(left * size + right))
      throw broken(
        `a new pair of tokens from ${firstByte} to ${id - 1} as merge ${index}`,
        `${left}, ${right}`,
      );
    ids.set(left * size + right, id);
    bytes.push(Uint8Array.of(...bytes[left]!, ...bytes[right]!));
  }
  const known = new Map<string, readonly number[]>();

  function encodeWord(word: string): readonly number[] {
    const tokens = byteTokens(word);
    for (;;) {
      let [best, at] = [Number.POSITIVE_INFINITY, -1];
      for (let i = 0; i + 1 < tokens.length; i++) {
        const id = ids.get(tokens[i]! * size + tokens[i + 1]!) ?? best;
        if (id < best) [best, at] = [id, i];
      }
      if (at < 0) return tokens;
      tokens.splice(at, 2, best);
    }
  }

  function remembered(word: string): readonly number[] {
    const found = known.get(word);
    if (found !== undefined) return found;
    if (known.size >= rememberedWords) known.clear();
    const tokens = encodeWord(word);
    known.set(word, tokens);
    return tokens;
  }

  const bytesOf = (token: number) => {
    const found = bytes[token];
    if (found === undefined) throw broken(`a token from 0 to ${size - 1}`, String(token));
    return found;
  };
  return {
    size,
    merges,
    encode: text => wordsOf(text).flatMap(remembered),
    decode(tokens) {
      const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
      let text = '';
      for (const token of tokens) text += decoder.decode(bytesOf(token), { stream: true });
      return text + decoder.decode();
    },
    bytesOf,
    charactersIn: token => bytesOf(token).reduce((count, byte) => count + Number((byte & 0xc0) !== 0x80), 0),
  };
}

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const fileSchema = v.strictObject({
  kind: v.literal('byte-bpe'),
  specialTokens: v.array(v.string()),
  merges: v.array(v.tuple([whole, whole])),
});

/** As JSON text; equal vocabularies give equal texts. */
export const writeVocabulary = ({ merges }: Vocabulary): string =>
  `${JSON.stringify({ kind: 'byte-bpe', specialTokens, merges })}\n`;

/** @throws GlyphError kind `input` */
export function readVocabulary(json: string): Vocabulary {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw broken('JSON', `other text (${cause instanceof Error ? cause.message : String(cause)})`);
  }
  const result = v.safeParse(fileSchema, value);
  if (!result.success) {
    const [issue] = result.issues;
    throw broken(`${issue.expected} at ${v.getDotPath(issue) ?? 'the root'}`, issue.received);
  }
  const names = result.output.specialTokens;
  if (names.join() !== specialTokens.join())
    throw broken(`the special tokens ${specialTokens.join(', ')}`, names.join(', '));
  return createVocabulary(result.output.merges);
}

const broken = (expected: string, actual: string) =>
  new GlyphError({ kind: 'input', operation: 'read a vocabulary', expected, actual });
