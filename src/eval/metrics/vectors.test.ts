/** The metrics against values the published Python scorers gave; those that need jieba are in `src/node/jieba.test.ts`. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { anls } from './anls.ts';
import { classificationScore } from './classification.ts';
import { clearPrediction } from './clean-answer.ts';
import { codeSimilarity, indelRatio } from './code-similarity.ts';
import { editDistance } from './edit-distance.ts';
import { longBenchScore } from './longbench.ts';
import { extractChoice } from './longbench-v2.ts';
import { meanPercent } from './mean.ts';
import { type AnswerFormat, cleanAnswer, mmlongbenchAccuracy, mmlongbenchScore } from './mmlongbench.ts';
import { mrcrGrade } from './mrcr.ts';
import { countScore, retrievalScore, retrievalZhScore } from './number-share.ts';
import { normalizeAnswer, qaF1, qaF1Zh } from './qa-f1.ts';
import { rougeL } from './rouge.ts';
import { cleanRulerPrediction, stringMatchAll, stringMatchPart } from './ruler.ts';
import { sequenceRatio } from './sequence-matcher.ts';

const file = '../shared/vectors/metric-vectors.json';

type Value = { readonly value: number };
type Pair = Value & { readonly pred: string; readonly ref: string };
type Strings = Value & { readonly pred: string; readonly refs: readonly string[] };
type TwoRatios = Omit<Pair, 'value'> & { readonly with_levenshtein: Value; readonly with_difflib: Value };
interface Words {
  readonly n: number;
  readonly a: number;
  readonly b: number;
  readonly mod: number;
  readonly sentence_every: number;
}

interface Vectors {
  readonly qa_f1_score: readonly (Pair & { norm_pred: string; norm_ref: string })[];
  readonly qa_f1_zh_score: readonly (Pair & { cut_pred: string[]; cut_ref: string[] })[];
  readonly rouge_score: readonly Pair[];
  readonly rouge_long_generated: {
    readonly cases: readonly { pred_gen: Words; ref_gen: Words | 'same as pred'; rouge_score: number }[];
  };
  readonly classification_score: readonly (Pair & { all_classes: string[] })[];
  readonly retrieval_score: readonly (Pair & { error?: string })[];
  readonly retrieval_zh_score: readonly Pair[];
  readonly count_score: readonly Pair[];
  readonly code_sim_score: readonly TwoRatios[];
  readonly ruler_string_match_all: readonly Strings[];
  readonly ruler_string_match_part: readonly Strings[];
  readonly ruler_batch: readonly { preds: string[]; refs: string[][]; all: number; part: number }[];
  readonly ruler_postprocess_pred: readonly { in: string; out: string }[];
  readonly difflib_ratio: readonly { a: string; b: string; ratio: number; ratio_autojunk_false: number }[];
  readonly mrcr_grade: readonly {
    response: string;
    answer: string;
    random_string_to_prepend: string;
    score: number;
  }[];
  readonly levenshtein: readonly {
    a: string;
    b: string;
    distance: number;
    python_levenshtein_ratio: number;
  }[];
  readonly mmlb_anls: readonly { ref: string; pred: string; anls: number }[];
  readonly mmlb_eval_score: readonly (Pair & { answer_type: AnswerFormat })[];
  readonly mmlb_get_clean_string: readonly { in: string; out: string }[];
  readonly mmlb_acc_f1: readonly {
    samples: { answer: string; pred: string; score: number }[];
    acc: number;
    f1: number;
  }[];
  readonly longbench_v2_extract_answer: readonly { response: string; answer: string | null }[];
  readonly glyph_clear_pred: readonly { in: string; value: string }[];
  readonly longbench_scorer: readonly {
    dataset: string;
    predictions: string[];
    answers: string[][];
    all_classes: string[] | null;
    value: number;
  }[];
}

function close(actual: number, expected: number, label: unknown): void {
  const message = `${actual} instead of ${expected} for ${JSON.stringify(label)}`;
  assert.ok(Math.abs(actual - expected) <= 1e-9, message);
}

/** The vectors' long texts, by their formula. */
function generate({ n, a, b, mod, sentence_every: every }: Words): string {
  const words: string[] = [];
  for (let i = 0; i < n; i++) {
    words.push(`w${(i * a + b * i * i + 7) % mod}`);
    if (every > 0 && (i + 1) % every === 0) words.push('.');
  }
  return words.join(' ');
}

describe('published values', { skip: existsSync(file) ? false : `needs ${file}` }, () => {
  const read = (): Vectors => JSON.parse(readFileSync(file, 'utf8')) as Vectors;
  const vectors = existsSync(file) ? read() : ({} as Vectors);
  const reference = { compat: 'reference' } as const;

  test('qa_f1', () => {
    for (const { pred, ref, value, norm_pred } of vectors.qa_f1_score) {
      assert.equal(normalizeAnswer(pred), norm_pred);
      close(qaF1(pred, ref), value, pred);
    }
  });

  test('qa_f1_zh, over the tokens jieba gave', () => {
    for (const { cut_pred, cut_ref, value } of vectors.qa_f1_zh_score)
      close(qaF1Zh(cut_pred, cut_ref), value, cut_pred);
  });

  test('rouge', () => {
    for (const { pred, ref, value } of vectors.rouge_score) {
      close(rougeL(pred, ref), value, pred);
      close(rougeL(pred, ref, reference), value, pred);
    }
  });

  test('rouge of long texts, with Python’s limit and without', () => {
    // The values without the limit: the same package with a higher one.
    const right = [
      0.10309277862472124, 0.18099547046948272, 0.22916666242283953, 0.34027777353395067, 0.3680555513117284,
      0.611111106867284, 0.611111106867284, 0.999999995,
    ];
    vectors.rouge_long_generated.cases.forEach(({ pred_gen, ref_gen, rouge_score }, i) => {
      const prediction = generate(pred_gen);
      const target = ref_gen === 'same as pred' ? prediction : generate(ref_gen);
      close(rougeL(prediction, target, reference), rouge_score, pred_gen);
      close(rougeL(prediction, target), right[i]!, pred_gen);
    });
  });

  test('classification', () => {
    const differing: string[] = [];
    for (const { pred, ref, all_classes, value } of vectors.classification_score) {
      close(classificationScore(pred, ref, all_classes, reference), value, pred);
      if (classificationScore(pred, ref, all_classes) !== value) differing.push(pred);
    }
    assert.deepEqual(differing, ['ab abc abcd']);
  });

  test('retrieval and count', () => {
    for (const { pred, ref, value, error } of vectors.retrieval_score) {
      if (error === undefined) close(retrievalScore(pred, ref), value, pred);
      else assert.throws(() => retrievalScore(pred, ref), { kind: 'input' });
    }
    for (const { pred, ref, value } of vectors.retrieval_zh_score)
      close(retrievalZhScore(pred, ref), value, pred);
    for (const { pred, ref, value } of vectors.count_score) close(countScore(pred, ref), value, pred);
  });

  test('code similarity, with both ratios', () => {
    for (const { pred, ref, with_difflib, with_levenshtein } of vectors.code_sim_score) {
      close(codeSimilarity(pred, ref), with_difflib.value, pred);
      close(codeSimilarity(pred, ref, { ratio: 'indel' }), with_levenshtein.value, pred);
    }
  });

  test('RULER', () => {
    for (const { pred, refs, value } of vectors.ruler_string_match_all)
      close(meanPercent([stringMatchAll(pred, refs)]), value, pred);
    for (const { pred, refs, value } of vectors.ruler_string_match_part)
      close(meanPercent([stringMatchPart(pred, refs)]), value, pred);
    for (const { preds, refs, all, part } of vectors.ruler_batch) {
      close(meanPercent(preds.map((pred, i) => stringMatchAll(pred, refs[i]!))), all, preds);
      close(meanPercent(preds.map((pred, i) => stringMatchPart(pred, refs[i]!))), part, preds);
    }
    for (const { in: text, out } of vectors.ruler_postprocess_pred)
      assert.equal(cleanRulerPrediction(text), out);
  });

  test('difflib ratio and MRCR grade', () => {
    for (const { a, b, ratio, ratio_autojunk_false } of vectors.difflib_ratio) {
      close(sequenceRatio(a, b), ratio, a);
      close(sequenceRatio(a, b, { autojunk: 'off' }), ratio_autojunk_false, a);
    }
    for (const { response, answer, random_string_to_prepend, score } of vectors.mrcr_grade)
      close(mrcrGrade(response, answer, random_string_to_prepend), score, response);
  });

  test('edit distances', () => {
    for (const { a, b, distance, python_levenshtein_ratio } of vectors.levenshtein) {
      assert.equal(editDistance(a, b), distance);
      close(indelRatio(a, b), python_levenshtein_ratio, a);
    }
  });

  test('MMLongBench-Doc', () => {
    for (const { ref, pred, anls: value } of vectors.mmlb_anls) close(anls(pred, ref), value, pred);
    for (const { ref, pred, answer_type, value } of vectors.mmlb_eval_score)
      close(mmlongbenchScore(pred, ref, answer_type), value, pred);
    for (const { in: text, out } of vectors.mmlb_get_clean_string) assert.equal(cleanAnswer(text), out);
    for (const { samples, acc, f1 } of vectors.mmlb_acc_f1) {
      const result = mmlongbenchAccuracy(
        samples.map(({ answer, pred, score }) => ({ target: answer, prediction: pred, score })),
      );
      close(result.accuracy, acc, 'accuracy');
      close(result.f1, f1, 'F1');
    }
  });

  test('LongBench v2, Glyph, LongBench’s data sets', () => {
    for (const { response, answer } of vectors.longbench_v2_extract_answer)
      assert.equal(extractChoice(response), answer ?? undefined);
    for (const { in: text, value } of vectors.glyph_clear_pred) assert.equal(clearPrediction(text), value);
    for (const { dataset, predictions, answers, all_classes, value } of vectors.longbench_scorer) {
      const options = all_classes === null ? {} : { classes: all_classes };
      const scores = predictions.map((prediction, i) =>
        longBenchScore(dataset, prediction, answers[i]!, options),
      );
      close(meanPercent(scores), value, dataset);
    }
  });
});
