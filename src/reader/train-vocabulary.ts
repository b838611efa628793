/**
 * Learns the merges of a vocabulary from texts: again and again the commonest pair of neighbours becomes one token.
 * Words are counted once, and only those that a merge changes are looked at again.
 */
import { GlyphError } from '../base/index.ts';
import {
  byteTokens,
  createVocabulary,
  firstMerge,
  type Merge,
  type Vocabulary,
  wordsOf,
} from './vocabulary.ts';

interface Word {
  tokens: number[];
  readonly count: number;
}

interface Pair {
  count: number;
  /** Words that held it at some time. */
  readonly words: Set<Word>;
}

/**
 * The same texts give the same vocabulary. It is smaller than asked for where no pair comes twice.
 * @param size of the vocabulary, special tokens and bytes included, e.g. 1024
 * @throws GlyphError kind `config` for a size without room for the bytes
 */
export function trainVocabulary(texts: Iterable<string>, size: number): Vocabulary {
  if (!(Number.isInteger(size) && size >= firstMerge && size <= 65_536))
    throw new GlyphError({
      kind: 'config',
      operation: 'train a vocabulary',
      expected: `a size from ${firstMerge} to 65536`,
      actual: String(size),
    });
  const pairs = new Map<number, Pair>();
  for (const word of countWords(texts)) countPairs(pairs, word, 1);
  const merges: Merge[] = [];
  while (firstMerge + merges.length < size) {
    const key = commonest(pairs);
    if (key === undefined) break;
    const merge: Merge = [Math.floor(key / keyBase), key % keyBase];
    const id = firstMerge + merges.length;
    merges.push(merge);
    for (const word of pairs.get(key)!.words) {
      countPairs(pairs, word, -1);
      word.tokens = merged(word.tokens, merge, id);
      countPairs(pairs, word, 1);
    }
    pairs.delete(key);
  }
  return createVocabulary(merges);
}

/** Above every token. */
const keyBase = 65_536;

function countWords(texts: Iterable<string>): Word[] {
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const word of wordsOf(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return Array.from(counts, ([word, count]) => ({ tokens: byteTokens(word), count }));
}

function countPairs(pairs: Map<number, Pair>, word: Word, sign: 1 | -1): void {
  const { tokens, count } = word;
  for (let i = 0; i + 1 < tokens.length; i++) {
    const key = tokens[i]! * keyBase + tokens[i + 1]!;
    const pair = pairs.get(key) ?? { count: 0, words: new Set() };
    pair.count += sign * count;
    if (sign > 0) pair.words.add(word);
    pairs.set(key, pair);
  }
}

/** Of equally common pairs the one with the smallest tokens; none that comes only once. */
function commonest(pairs: ReadonlyMap<number, Pair>): number | undefined {
  let best: number | undefined;
  let most = 1;
  for (const [key, { count }] of pairs) {
    if (count > most || (count === most && best !== undefined && key < best)) [best, most] = [key, count];
  }
  return best;
}

function merged(tokens: readonly number[], [left, right]: Merge, id: number): number[] {
  const result: number[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const isPair = tokens[i] === left && tokens[i + 1] === right;
    result.push(isPair ? id : tokens[i]!);
    if (isPair) i++;
  }
  return result;
}
