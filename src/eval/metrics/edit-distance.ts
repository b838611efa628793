/**
 * Levenshtein distance over code points or words, and the rates made of it: normalised edit distance (OCR
 * benchmarks), character and word error rate. Memory grows with the lengths, not with their product.
 */
import { distance } from 'fastest-levenshtein';
import { GlyphError } from '../../base/index.ts';
import { splitWords } from './python-text.ts';
import { codePointsOf, createNumbering } from './symbols.ts';

/** Insertions, deletions and substitutions of code points. */
export function editDistance(a: string, b: string): number {
  const isPlain = !/[\ud800-\udfff]/.test(a) && !/[\ud800-\udfff]/.test(b);
  return isPlain ? distance(a, b) : symbolDistance(codePointsOf(a), codePointsOf(b));
}

/** Edit distance ÷ length of the longer, code points: 0 for equal texts, 1 for nothing in common. */
export function normalisedEditDistance(a: string, b: string): number {
  const length = Math.max(codePointsOf(a).length, codePointsOf(b).length);
  return length === 0 ? 0 : editDistance(a, b) / length;
}

export interface EditErrors {
  readonly edits: number;
  /** Of the target. */
  readonly length: number;
}

/** In code points. */
export function characterErrors(prediction: string, target: string): EditErrors {
  return { edits: editDistance(prediction, target), length: codePointsOf(target).length };
}

/** In words between white space. */
export function wordErrors(prediction: string, target: string): EditErrors {
  const number = createNumbering();
  const [predicted, wanted] = [number(splitWords(prediction)), number(splitWords(target))];
  return { edits: symbolDistance(predicted, wanted), length: wanted.length };
}

/**
 * Edits ÷ length over all samples (CER, WER): long samples weigh more than short ones; more than 1 where the
 * predictions are much longer. @throws GlyphError kind `input` where there are edits and all targets are empty
 */
export function errorRate(samples: readonly EditErrors[]): number {
  const edits = samples.reduce((sum, sample) => sum + sample.edits, 0);
  const length = samples.reduce((sum, sample) => sum + sample.length, 0);
  if (length > 0) return edits / length;
  if (edits === 0) return 0;
  throw new GlyphError({
    kind: 'input',
    operation: 'compute an error rate',
    expected: 'a target that is not empty',
    actual: 'an empty one',
  });
}

/** Symbols that both have, as UTF-16 code units; 0 and 1 stand for all that only one has. */
const firstSharedUnit = 2;

function symbolDistance(a: Int32Array, b: Int32Array): number {
  const inB = new Set(b);
  const units = new Map<number, number>();
  for (const symbol of a) {
    if (inB.has(symbol) && !units.has(symbol)) units.set(symbol, units.size + firstSharedUnit);
  }
  if (units.size + firstSharedUnit > 0x10000) throw tooMany(units.size);
  const encode = (symbols: Int32Array, other: number) => {
    const codes = Uint16Array.from(symbols, symbol => units.get(symbol) ?? other);
    let text = '';
    for (let i = 0; i < codes.length; i += 4096) text += String.fromCharCode(...codes.subarray(i, i + 4096));
    return text;
  };
  return distance(encode(a, 0), encode(b, 1));
}

const tooMany = (count: number) =>
  new GlyphError({
    kind: 'input',
    operation: 'compare two texts',
    expected: `at most ${0x10000 - firstSharedUnit} different symbols in common`,
    actual: String(count),
    hint: 'compare them page by page',
  });
