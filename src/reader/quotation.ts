/**
 * Holds an answer to the words of some rows: it is written as a quotation of them, or several with commas between, from the
 * beginning of a word to the end of one. Beside it, how likely the reader was to quote unasked: where it wanted to say
 * something else, what it was made to say is no answer.
 */
import type { MarkedRow } from './marks.ts';
import { mostPages, mostRows, specialId, type Vocabulary } from './vocabulary.ts';

export interface Quotation {
  /** The probability, 0 to 1, that the reader would have quoted all this of itself. */
  readonly chance: number;
  /** What is quoted, one after the other, as it stands in the rows; a single word without the stop at it. */
  readonly items: readonly string[];
  /** Takes from the scores of all tokens those that do not go on with a quotation. */
  narrow(scores: Float32Array): void;
  /** Of those left. */
  take(token: number): void;
}

const [space, comma, hyphen, gap] = [32, 44, 45, 0];
const end = specialId('end');
const firstPage = specialId('page-1');
const firstRow = specialId('row-1');

/** A line may also be named by its mark. */
const isMark = (token: number): boolean =>
  (token >= firstPage && token < firstPage + mostPages) || (token >= firstRow && token < firstRow + mostRows);

/** Letters and digits. */
const isWord = /^[\p{L}\p{N}]$/u;

interface Source {
  readonly bytes: Uint8Array;
  /** By byte, whether its character is part of a word. */
  readonly words: readonly boolean[];
}

/** Rows as one text, a break where one does not follow the other: nothing is quoted over it. */
function sourceOf(rows: readonly MarkedRow[]): Source {
  let text = '';
  for (const [i, { page, row, text: own }] of rows.entries()) {
    const before = rows[i - 1];
    const isNext = before?.page === page && before.row + 1 === row;
    text += `${isNext ? '' : '\0'}${own.replaceAll('\0', ' ').replaceAll('\n', ' ')}`;
  }
  const encoder = new TextEncoder();
  const characters = Array.from(`${text}\0`, character => ({
    bytes: [...encoder.encode(character)],
    isWord: isWord.test(character),
  }));
  const bytes = Uint8Array.from(characters.flatMap(each => each.bytes));
  const words = characters.flatMap(each => each.bytes.map(() => each.isWord));
  return { bytes, words };
}

export function createQuotation(rows: readonly MarkedRow[], vocabulary: Vocabulary): Quotation {
  const { bytes: source, words } = sourceOf(rows);
  const isBetweenCharacters = (at: number) => (source[at]! & 0xc0) !== 0x80;
  const isBoundary = (at: number) => isBetweenCharacters(at) && !(words[at - 1] && words[at]);
  const isSpace = (at: number) => source[at] === space || source[at] === gap;
  // A word, or what stands before one; what follows a hyphen is the rest of a name.
  const starts = Array.from(source.keys()).filter(at => {
    if (isSpace(at) || !isBoundary(at)) return false;
    return isSpace(at - 1) || (words[at]! && source[at - 1] !== hyphen);
  });
  const startsWith = (at: number, bytes: Uint8Array) => bytes.every((byte, i) => byte === source[at + i]);

  /** Where what is quoted may end, wherever it stands; none before it has begun. */
  let ends: readonly number[] = [];
  let canBegin = true;
  let isNamed = false;
  let chance = 1;
  let quoted: number[] = [];
  /** Of what is quoted, before a comma that more may follow. */
  let beforeComma = 0;
  const items: (readonly number[])[] = [];

  const furtherWith = (bytes: Uint8Array): readonly number[] =>
    ends.filter(at => startsWith(at, bytes)).map(at => at + bytes.length);
  /** A word's token may have the space before it. */
  function begunWith(bytes: Uint8Array): readonly number[] {
    const word = bytes[0] === space ? bytes.subarray(1) : bytes;
    return word.length === 0 ? [] : starts.filter(at => startsWith(at, word)).map(at => at + word.length);
  }
  const canEnd = () => ends.some(isBoundary);

  function allows(token: number): boolean {
    if (token === end) return isNamed || canEnd();
    if (isMark(token)) return quoted.length === 0;
    const bytes = vocabulary.bytesOf(token);
    if (isNamed || bytes.length === 0 || bytes.includes(gap)) return false;
    if (furtherWith(bytes).length > 0 || (isOne(bytes, comma) && canEnd())) return true;
    return canBegin && (isOne(bytes, space) || begunWith(bytes).length > 0);
  }

  return {
    get chance() {
      return chance;
    },
    get items() {
      const texts = [...items, quoted].map(tokens => withoutStop(vocabulary.decode(tokens).trim()));
      return [...new Set(texts)].filter(text => text !== '');
    },
    narrow(scores) {
      const best = scores.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY);
      let [all, left] = [0, 0];
      for (const [token, score] of scores.entries()) {
        if (score === Number.NEGATIVE_INFINITY) continue;
        const weight = Math.exp(score - best);
        all += weight;
        if (allows(token)) left += weight;
        else scores[token] = Number.NEGATIVE_INFINITY;
      }
      chance *= left / all;
      if (left === 0) scores[end] = best; // rows of nothing but white space
    },
    take(token) {
      if (token === end) return;
      if (isMark(token)) {
        isNamed = true;
        return;
      }
      const bytes = vocabulary.bytesOf(token);
      const further = furtherWith(bytes);
      if (canBegin && further.length === 0 && !isOne(bytes, space)) {
        items.push(quoted.slice(0, beforeComma));
        quoted = [token];
        ends = begunWith(bytes);
        canBegin = false;
        return;
      }
      const isComma = isOne(bytes, comma) && canEnd();
      if (isComma) beforeComma = quoted.length;
      canBegin = isComma || (canBegin && isOne(bytes, space));
      quoted.push(token);
      ends = further;
    },
  };
}

/** What stands at a word or number for the sentence around it is none of it. */
const withoutStop = (text: string): string =>
  /\s/.test(text) ? text : text.replace(/^[.,;:]+(?=[\p{L}\p{N}])|[.,;:]+$/gu, '');

const isOne = (bytes: Uint8Array, byte: number): boolean => bytes.length === 1 && bytes[0] === byte;
