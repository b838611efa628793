/** Chinese words against what the Python package gave, alone and in the metrics that count them. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { qaF1Zh, rougeLZh } from '../eval/metrics/index.ts';
import { loadJieba } from './jieba.ts';

const cut = await loadJieba();
const file = '../shared/vectors/metric-vectors.json';

test('words, Latin runs, hyphens, characters beyond the first plane', () => {
  const table: Readonly<Record<string, readonly string[]>> = {
    我来到北京清华大学: ['我', '来到', '北京', '清华大学'],
    'GPT-4o的模型': ['GPT', '-', '4o', '的', '模型'],
    '2023-05-06': ['2023', '-', '05', '-', '06'],
    'a--b': ['a', '--', 'b'],
    '-5': ['-', '5'],
    𠮷𠮷: ['𠮷', '𠮷'],
    '': [],
  };
  for (const [text, tokens] of Object.entries(table)) assert.deepEqual(cut(text), tokens);
});

test('the tokens together are the text', () => {
  const piece = fc.oneof(fc.constantFrom('-', '中', '文', '𠮷', 'a', '4', '。', '\n', '%'), fc.string());
  fc.assert(
    fc.property(fc.array(piece), pieces => {
      assert.equal(cut(pieces.join('')).join(''), pieces.join(''));
    }),
  );
});

interface Vectors {
  readonly jieba_cut: readonly { text: string; tokens: string[] }[];
  readonly rouge_zh_score: readonly { pred: string; ref: string; value: number }[];
  readonly qa_f1_zh_score: readonly { pred: string; ref: string; value: number }[];
}

describe('published values', { skip: existsSync(file) ? false : `needs ${file}` }, () => {
  const vectors = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as Vectors)
    : { jieba_cut: [], rouge_zh_score: [], qa_f1_zh_score: [] };

  test('words', () => {
    for (const { text, tokens } of vectors.jieba_cut) assert.deepEqual(cut(text), tokens);
  });

  test('rouge_zh and qa_f1_zh', () => {
    for (const { pred, ref, value } of vectors.rouge_zh_score)
      assert.ok(Math.abs(rougeLZh(cut(pred), cut(ref)) - value) <= 1e-9, pred);
    for (const { pred, ref, value } of vectors.qa_f1_zh_score)
      assert.ok(Math.abs(qaF1Zh(cut(pred), cut(ref)) - value) <= 1e-9, pred);
  });
});
