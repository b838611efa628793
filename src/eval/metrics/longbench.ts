/**
 * LongBench v1 (THUDM/LongBench): which metric scores which data set, and the figures made of the samples' scores: a
 * data set's, a length bin's (LongBench-E), a category's (as the Glyph paper groups them).
 */
import { GlyphError } from '../../base/index.ts';
import { classificationScore } from './classification.ts';
import { type CodeSimilarityOptions, codeSimilarity } from './code-similarity.ts';
import type { Compat } from './compat.ts';
import { groupScores, mean, meanPercent } from './mean.ts';
import { countScore, retrievalScore, retrievalZhScore } from './number-share.ts';
import { roundHalfEven } from './python-number.ts';
import { qaF1, qaF1Zh } from './qa-f1.ts';
import { rougeL, rougeLZh } from './rouge.ts';
import { requireTargets } from './targets.ts';

const operation = 'score an answer of LongBench';

export interface LongBenchOptions {
  /** jieba in precise mode; needed by the Chinese question answering and summaries. */
  readonly tokenizeChinese?: ((text: string) => readonly string[]) | undefined;
  /** The row's `all_classes`; needed by classification. */
  readonly classes?: readonly string[] | undefined;
  readonly compat?: Compat | undefined;
  readonly codeRatio?: CodeSimilarityOptions['ratio'];
}

type Metric = (prediction: string, target: string, options: LongBenchOptions) => number;

export type LongBenchCategory =
  | 'single-document QA'
  | 'multi-document QA'
  | 'summarization'
  | 'few-shot'
  | 'synthetic'
  | 'code';

interface LongBenchDataset {
  readonly category: LongBenchCategory;
  readonly metric: Metric;
  /** What of the prediction counts: few-shot answers end at the first line. */
  readonly counts: 'all' | 'first-line';
}

const classify: Metric = (prediction, target, { classes, compat }) =>
  classificationScore(prediction, target, classes ?? missing('the row’s all_classes'), { compat });

const withTokens =
  (metric: (a: readonly string[], b: readonly string[], options: LongBenchOptions) => number): Metric =>
  (prediction, target, options) => {
    const tokenize = options.tokenizeChinese ?? missing('a tokenizer for Chinese');
    return metric(tokenize(prediction), tokenize(target), options);
  };

const codeScore: Metric = (prediction, target, { codeRatio }) =>
  codeSimilarity(prediction, target, { ratio: codeRatio });

const dataset = (
  category: LongBenchCategory,
  metric: Metric,
  counts: LongBenchDataset['counts'] = 'all',
): LongBenchDataset => ({ category, metric, counts });

export const longBenchDatasets: ReadonlyMap<string, LongBenchDataset> = new Map(
  Object.entries({
    narrativeqa: dataset('single-document QA', qaF1),
    qasper: dataset('single-document QA', qaF1),
    multifieldqa_en: dataset('single-document QA', qaF1),
    multifieldqa_zh: dataset('single-document QA', withTokens(qaF1Zh)),
    hotpotqa: dataset('multi-document QA', qaF1),
    '2wikimqa': dataset('multi-document QA', qaF1),
    musique: dataset('multi-document QA', qaF1),
    dureader: dataset('multi-document QA', withTokens(rougeLZh)),
    gov_report: dataset('summarization', rougeL),
    qmsum: dataset('summarization', rougeL),
    multi_news: dataset('summarization', rougeL),
    vcsum: dataset('summarization', withTokens(rougeLZh)),
    trec: dataset('few-shot', classify, 'first-line'),
    triviaqa: dataset('few-shot', qaF1, 'first-line'),
    samsum: dataset('few-shot', rougeL, 'first-line'),
    lsht: dataset('few-shot', classify, 'first-line'),
    passage_retrieval_en: dataset('synthetic', retrievalScore),
    passage_retrieval_zh: dataset('synthetic', retrievalZhScore),
    passage_count: dataset('synthetic', countScore),
    lcc: dataset('code', codeScore),
    'repobench-p': dataset('code', codeScore),
  }),
);

/**
 * One sample: the best score over its targets, 0 to 1.
 * @throws GlyphError kind `config` where an option is missing, `input` where the data set is unknown or no target given
 */
export function longBenchScore(
  name: string,
  prediction: string,
  targets: readonly string[],
  options: LongBenchOptions = {},
): number {
  const { metric, counts } = findDataset(name);
  requireTargets(targets, operation);
  const counted = counts === 'all' ? prediction : prediction.replace(/^\n+/, '').split('\n')[0]!;
  return Math.max(...targets.map(target => metric(counted, target, options)));
}

export interface LengthScore {
  /** 0 to 1. */
  readonly score: number;
  /** The row's `length`: words of English, characters of Chinese. */
  readonly length: number;
}

/** LongBench-E's bins, in percent; a bin without samples is missing. */
export function longBenchEScores(
  samples: readonly LengthScore[],
): ReadonlyMap<'0-4k' | '4-8k' | '8k+', number> {
  const groups = groupScores(samples, ({ length }) =>
    length < 4000 ? '0-4k' : length < 8000 ? '4-8k' : '8k+',
  );
  return new Map([...groups].map(([bin, scores]) => [bin, meanPercent(scores)]));
}

/**
 * Each category's mean of its data sets, in percent; a category without data sets is missing.
 * @param scores data set → percent, e.g. "hotpotqa" → 56.1
 */
export function longBenchCategoryScores(
  scores: ReadonlyMap<string, number>,
): ReadonlyMap<LongBenchCategory, number> {
  const rows = [...scores].map(([name, score]) => ({ score, category: findDataset(name).category }));
  const groups = groupScores(rows, row => row.category);
  return new Map([...groups].map(([category, group]) => [category, roundHalfEven(mean(group), 2)]));
}

function findDataset(name: string): LongBenchDataset {
  // LongBench-E's data sets carry a suffix.
  const found = longBenchDatasets.get(name.replace(/_e$/, ''));
  if (found !== undefined) return found;
  throw new GlyphError({
    kind: 'input',
    operation,
    expected: 'a data set of LongBench',
    actual: JSON.stringify(name),
  });
}

function missing(what: string): never {
  throw new GlyphError({
    kind: 'config',
    operation,
    expected: what,
    actual: 'none',
  });
}
