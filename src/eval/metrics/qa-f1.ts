/** F1 of two bags of words, as SQuAD and LongBench score short answers: `qa_f1` for English, `qa_f1_zh` for Chinese. */
import { asciiPunctuation, collapseSpace, splitWords, wordCharacter } from './python-text.ts';

const punctuation = new RegExp(`[${asciiPunctuation}]`, 'g');
const articles = new RegExp(`(?<![${wordCharacter}])(?:a|an|the)(?![${wordCharacter}])`, 'gu');
/** ASCII's and the Chinese marks LongBench lists; not every one of Unicode. */
const chinesePunctuation = new RegExp(
  `[${asciiPunctuation}！？｡。＂＃＄％＆＇（）＊＋，－／：；＜＝＞＠［＼］＾＿｀｛｜｝～｟｠｢｣､、〃》「」『』【】〔〕〖〗〘〙〚〛〜〝〞〟〰〾〿–—‘’‛“”„‟…‧﹏]`,
  'g',
);

/** 0 to 1; 0 where both are empty, as in the reference. */
export function qaF1(prediction: string, target: string): number {
  return bagF1(splitWords(normalizeAnswer(prediction)), splitWords(normalizeAnswer(target)));
}

/** As `qaF1`, of the words a Chinese segmenter (jieba, precise mode) found. */
export function qaF1Zh(prediction: readonly string[], target: readonly string[]): number {
  return bagF1(normalizeTokens(prediction), normalizeTokens(target));
}

/** Lower case, without ASCII punctuation, without articles, one space between words. */
export function normalizeAnswer(text: string): string {
  return collapseSpace(text.toLowerCase().replace(punctuation, '').replace(articles, ' '));
}

function normalizeTokens(tokens: readonly string[]): readonly string[] {
  return tokens
    .map(token => splitWords(token.toLowerCase().replace(chinesePunctuation, '')).join(''))
    .filter(token => token !== '');
}

function bagF1(prediction: readonly string[], target: readonly string[]): number {
  const left = new Map<string, number>();
  for (const word of target) left.set(word, (left.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of prediction) {
    const count = left.get(word) ?? 0;
    if (count === 0) continue;
    left.set(word, count - 1);
    shared++;
  }
  if (shared === 0) return 0;
  const precision = shared / prediction.length;
  const recall = shared / target.length;
  return (2 * precision * recall) / (precision + recall);
}
