/**
 * LongBench's data sets: how their answers are scored, how long these may be, and which the Glyph paper's run draws
 * with marks instead of line breaks.
 */
interface LongBenchSubset {
  /** As LongBench calls it. */
  readonly metric: string;
  /** Output tokens. */
  readonly maxTokens: number;
  readonly pageNewlines: 'marked' | 'kept';
  /** Whether LongBench-E has it. */
  readonly inE: boolean;
}

const subset = (
  metric: string,
  maxTokens: number,
  pageNewlines: 'marked' | 'kept',
  ...also: readonly 'in-e'[]
): LongBenchSubset => ({ metric, maxTokens, pageNewlines, inE: also.length > 0 });

export const longBenchSubsets: ReadonlyMap<string, LongBenchSubset> = new Map(
  Object.entries({
    narrativeqa: subset('qa_f1', 128, 'marked'),
    qasper: subset('qa_f1', 128, 'marked', 'in-e'),
    multifieldqa_en: subset('qa_f1', 64, 'kept', 'in-e'),
    multifieldqa_zh: subset('qa_f1_zh', 64, 'kept'),
    hotpotqa: subset('qa_f1', 32, 'marked', 'in-e'),
    '2wikimqa': subset('qa_f1', 32, 'kept', 'in-e'),
    musique: subset('qa_f1', 32, 'kept'),
    dureader: subset('rouge_zh', 128, 'marked'),
    gov_report: subset('rouge', 512, 'marked', 'in-e'),
    qmsum: subset('rouge', 512, 'marked'),
    multi_news: subset('rouge', 512, 'marked', 'in-e'),
    vcsum: subset('rouge_zh', 512, 'marked'),
    trec: subset('classification', 64, 'marked', 'in-e'),
    triviaqa: subset('qa_f1', 32, 'marked', 'in-e'),
    samsum: subset('rouge', 128, 'marked', 'in-e'),
    lsht: subset('classification', 64, 'kept'),
    passage_count: subset('count', 32, 'kept', 'in-e'),
    passage_retrieval_en: subset('retrieval', 32, 'marked', 'in-e'),
    passage_retrieval_zh: subset('retrieval_zh', 32, 'kept'),
    lcc: subset('code_sim', 64, 'kept', 'in-e'),
    'repobench-p': subset('code_sim', 64, 'kept', 'in-e'),
  }),
);
