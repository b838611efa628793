/**
 * ROUGE-L F of the Python package `rouge` 1.0.1, which LongBench scores summaries with. It differs from Google's
 * (`stemmed-rouge.ts`): sentences end at every ".", words keep their case, and words in common form a set, the union
 * over all pairs of sentences.
 */
import type { Compat } from './compat.ts';
import { traceLcs } from './lcs.ts';
import { collapseSpace } from './python-text.ts';
import { createNumbering } from './symbols.ts';

export interface RougeOptions {
  /**
   * `reference`: 0 where one pair of sentences is so long that the package's recursive walk exceeds Python's limit,
   * which LongBench takes for "nothing in common". That is about 1000 words without a full stop; Chinese texts have none.
   */
  readonly compat?: Compat | undefined;
}

/** Steps of the walk that fit Python 3.11's limit of 1000 frames when LongBench's script calls the metric. */
const maxReferenceSteps = 990;

/** 0 to 1; just below 1 for equal texts, 0 where one has no sentence. */
export function rougeL(prediction: string, target: string, options: RougeOptions = {}): number {
  return score(prediction, target, options.compat === 'reference' ? maxReferenceSteps : Infinity);
}

/** `rouge_zh`: of the words a Chinese segmenter (jieba, precise mode) found. */
export function rougeLZh(
  prediction: readonly string[],
  target: readonly string[],
  options: RougeOptions = {},
): number {
  // One frame less: the script calls the English metric from another function.
  const maxSteps = options.compat === 'reference' ? maxReferenceSteps - 1 : Infinity;
  return score(prediction.join(' '), target.join(' '), maxSteps);
}

function score(prediction: string, target: string, maxSteps: number): number {
  const number = createNumbering();
  const predicted = sentencesOf(prediction).map(number);
  const wanted = sentencesOf(target).map(number);
  if (predicted.length === 0 || wanted.length === 0) return 0;
  const shared = new Set<number>();
  for (const sentence of wanted) {
    for (const other of predicted) {
      const { symbols, stepCount } = traceLcs(sentence, other);
      if (stepCount > maxSteps) return 0;
      for (const symbol of symbols) shared.add(symbol);
    }
  }
  const precision = shared.size / distinct(predicted);
  const recall = shared.size / distinct(wanted);
  return 2 * ((precision * recall) / (precision + recall + 1e-8));
}

/** A sentence of spaces only holds one empty word, as in the package. */
function sentencesOf(text: string): readonly (readonly string[])[] {
  return text
    .split('.')
    .filter(sentence => sentence !== '')
    .map(sentence => collapseSpace(sentence).split(' '));
}

const distinct = (sentences: readonly Int32Array[]) =>
  new Set(sentences.flatMap(sentence => [...sentence])).size;
