/**
 * How well a page was transcribed, as the Fox benchmark measures it (ucaslcl/Fox, `eval_ocr_test.py`; DeepSeek-OCR
 * reports these): BLEU, precision, recall and F of the sets of words, normalised edit distance. METEOR, which needs
 * WordNet, is left out.
 */
import { GlyphError } from '../../base/index.ts';
import { bleu } from './bleu.ts';
import type { Compat } from './compat.ts';
import { normalisedEditDistance } from './edit-distance.ts';
import { splitWords } from './python-text.ts';

export interface FoxOptions {
  /** jieba in precise mode; needed where either text has Chinese. */
  readonly tokenizeChinese?: ((text: string) => readonly string[]) | undefined;
  /** `reference`: the published script hands over target and prediction in each other's place. */
  readonly compat?: Compat | undefined;
}

export interface FoxScores {
  readonly bleu: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** 0 is best. */
  readonly editDistance: number;
}

/** All 0 to 1. @throws GlyphError kind `config` where a tokenizer is needed and missing */
export function foxScores(prediction: string, target: string, options: FoxOptions = {}): FoxScores {
  if (options.compat === 'reference') [prediction, target] = [target, prediction];
  const tokenize = /[\u4e00-\u9fa5]/.test(prediction + target)
    ? (options.tokenizeChinese ?? missingTokenizer())
    : splitWords;
  const [predicted, wanted] = [tokenize(prediction), tokenize(target)];
  return {
    bleu: bleu(predicted, wanted),
    ...setScores(new Set(predicted), new Set(wanted)),
    editDistance: normalisedEditDistance(prediction, target),
  };
}

function setScores(predicted: ReadonlySet<string>, wanted: ReadonlySet<string>) {
  const shared = [...predicted].filter(word => wanted.has(word)).length;
  if (shared === 0) {
    const score = predicted.size + wanted.size === 0 ? 1 : 0;
    return { precision: score, recall: score, f1: score };
  }
  const [precision, recall] = [shared / predicted.size, shared / wanted.size];
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall) };
}

function missingTokenizer(): never {
  throw new GlyphError({
    kind: 'config',
    operation: 'score a transcription',
    expected: 'a tokenizer for Chinese',
    actual: 'none',
  });
}
