/**
 * ROUGE-L F as Google's Python package `rouge-score` computes it with its stemmer (VTCBench scores with it): words of
 * ASCII letters and digits, one longest common subsequence over the whole text.
 */
import { lcsLength } from './lcs.ts';
import { porterStem } from './porter-stemmer.ts';
import { createNumbering } from './symbols.ts';

/** 0 to 1. */
export function stemmedRougeL(prediction: string, target: string): number {
  const number = createNumbering();
  const [predicted, wanted] = [number(stemsOf(prediction)), number(stemsOf(target))];
  const shared = lcsLength(wanted, predicted);
  if (shared === 0) return 0;
  const precision = shared / predicted.length;
  const recall = shared / wanted.length;
  return (2 * precision * recall) / (precision + recall);
}

/** Words of three letters or fewer stay. */
function stemsOf(text: string): readonly string[] {
  const words = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return words.map(word => (word.length > 3 ? porterStem(word) : word));
}
