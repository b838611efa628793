/**
 * A text made to fit a budget of tokens, as the baselines to pages do it: its beginning and end (LongBench), or the
 * passages that BM25 finds for the question.
 */
import { scorePassages } from '../../text/index.ts';

export type CountTokens = (text: string) => number;

/** Stands where text was left out. */
const gap = '\n[…]\n';

/** As much of head and tail, evenly, as `mostTokens` hold; the text itself where it fits, '' where nothing does. */
export function truncateText(text: string, mostTokens: number, count: CountTokens): string {
  if (count(text) <= mostTokens) return text;
  const headAndTail = (length: number) => {
    const half = Math.floor(length / 2);
    return text.slice(0, wholeFrom(text, half)) + gap + text.slice(wholeFrom(text, text.length - half));
  };
  let fits = 0;
  let tooLong = text.length;
  while (tooLong - fits > 1) {
    const length = Math.floor((fits + tooLong) / 2);
    if (count(headAndTail(length)) <= mostTokens) fits = length;
    else tooLong = length;
  }
  return fits === 0 ? '' : headAndTail(fits);
}

/** Moved so that no character of two code units is cut. */
const wholeFrom = (text: string, at: number): number =>
  /[\uD800-\uDBFF]/.test(text[at - 1] ?? '') && /[\uDC00-\uDFFF]/.test(text[at] ?? '') ? at + 1 : at;

/** The passages of `text` that answer `question` best, in the text's order, in at most `mostTokens`. */
export function retrieveText(text: string, question: string, mostTokens: number, count: CountTokens): string {
  if (count(text) <= mostTokens) return text;
  const passages = cutPassages(text);
  const scores = scorePassages(question, passages);
  const best = [...passages.keys()].sort((a, b) => scores[b]! - scores[a]! || a - b);
  const gapTokens = count(gap);
  const chosen: number[] = [];
  let left = mostTokens;
  for (const index of best) {
    const tokens = count(passages[index]!) + gapTokens;
    if (tokens > left) continue;
    left -= tokens;
    chosen.push(index);
  }
  // Joined passages may count a token more than each of them alone.
  while (chosen.length > 0 && count(joinPassages(passages, chosen)) > mostTokens) chosen.pop();
  return joinPassages(passages, chosen);
}

function joinPassages(passages: readonly string[], chosen: readonly number[]): string {
  const inOrder = [...chosen].sort((a, b) => a - b);
  return inOrder
    .map((index, i) => (i > 0 && inOrder[i - 1] !== index - 1 ? gap : '') + passages[index]!)
    .join('');
}

/** Characters of a passage: some 150 tokens of English. */
const passageLength = 600;

/** Whole sentences or lines up to the length of a passage; longer ones are cut. They join to the text. */
export function cutPassages(text: string): string[] {
  const passages: string[] = [];
  let passage = '';
  for (const sentence of text.match(/[^\n.!?。！？]*[\n.!?。！？]+\s*|[^\n.!?。！？]+$/g) ?? []) {
    if (passage !== '' && passage.length + sentence.length > passageLength) {
      passages.push(passage);
      passage = '';
    }
    passage += sentence;
    while (passage.length > passageLength) {
      const end = wholeFrom(passage, passageLength);
      passages.push(passage.slice(0, end));
      passage = passage.slice(end);
    }
  }
  return passage === '' ? passages : [...passages, passage];
}
