/**
 * Which passages a question is about: Okapi BM25 (Robertson & Zaragoza 2009) over words. There is one question for
 * each set of passages, so no index is built: one pass counts the question's terms only.
 */

const saturation = 1.2;
const lengthWeight = 0.75;

/** Scripts written without spaces: their words are taken as pairs of characters. */
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const word = /[\p{L}\p{N}\p{M}]+/gu;

/** The terms of a text, in order, folded so that "Prices" meets "price". */
export function* termsOf(text: string): Generator<string> {
  for (const match of text.match(word) ?? []) {
    if (!/[^\x20-\x7e]/.test(match) || !unspaced.test(match)) {
      yield fold(match);
      continue;
    }
    const characters = [...match];
    if (characters.length === 1) yield match;
    for (let i = 0; i + 1 < characters.length; i++) yield characters[i]! + characters[i + 1]!;
  }
}

/** Lower case, compatibility forms made plain, English plural endings off. */
function fold(term: string): string {
  const lower = (/[^\x20-\x7e]/.test(term) ? term.normalize('NFKC') : term).toLowerCase();
  if (lower.length > 4 && lower.endsWith('ies')) return `${lower.slice(0, -3)}y`;
  if (lower.length > 3 && lower.endsWith('s') && !lower.endsWith('ss')) return lower.slice(0, -1);
  return lower;
}

/** Terms' beginnings, middles and ends, three characters each: a word with one character misread still has most of them. */
export function* trigramsOf(text: string): Generator<string> {
  for (const term of termsOf(text)) {
    const whole = `^${term}$`;
    for (let i = 0; i + 3 <= whole.length; i++) yield whole.slice(i, i + 3);
  }
}

/** How well each passage answers `query`: 0 for none of its words, more for rarer and repeated ones. */
export function scorePassages(query: string, passages: readonly string[]): Float64Array {
  const terms = [...new Set(termsOf(query))];
  const termIndex = new Map(terms.map((term, i) => [term, i]));
  const counts = passages.map(() => new Uint32Array(terms.length));
  const lengths = new Float64Array(passages.length);
  const passagesWith = new Uint32Array(terms.length);
  for (const [p, passage] of passages.entries()) {
    const count = counts[p]!;
    for (const term of termsOf(passage)) {
      lengths[p]!++;
      const i = termIndex.get(term);
      if (i !== undefined && count[i]!++ === 0) passagesWith[i]!++;
    }
  }
  const meanLength = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, passages.length);
  return Float64Array.from(passages, (_, p) => {
    const norm = saturation * (1 - lengthWeight + (lengthWeight * lengths[p]!) / Math.max(1, meanLength));
    let score = 0;
    for (let i = 0; i < terms.length; i++) {
      const count = counts[p]![i]!;
      if (count === 0) continue;
      const rarity = Math.log(1 + (passages.length - passagesWith[i]! + 0.5) / (passagesWith[i]! + 0.5));
      score += (rarity * count * (saturation + 1)) / (count + norm);
    }
    return score;
  });
}

export interface RelevantPassage {
  readonly index: number;
  readonly score: number;
}

/** A passage with less than this share of the best score is not what the query is about. */
const minShareOfBest = 0.4;

/** The passages a query is about, the best first, of equal ones the first. */
export function relevantPassages(
  query: string,
  passages: readonly string[],
  atMost: number,
): readonly RelevantPassage[] {
  const scored = Array.from(scorePassages(query, passages), (score, index) => ({ index, score }));
  scored.sort((a, b) => b.score - a.score || a.index - b.index);
  const best = scored[0]?.score ?? 0;
  return scored.filter(({ score }) => score > 0 && score >= best * minShareOfBest).slice(0, atMost);
}
