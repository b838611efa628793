import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classificationScore } from './classification.ts';
import { codeSimilarity } from './code-similarity.ts';
import { longBenchCategoryScores, longBenchDatasets, longBenchEScores, longBenchScore } from './longbench.ts';
import { countScore, retrievalScore, retrievalZhScore } from './number-share.ts';

test('classes named in the answer share the score', () => {
  const classes = ['a', 'ab', 'abc', 'abcd'];
  assert.equal(classificationScore('ab abc abcd', 'abcd', classes), 1);
  assert.equal(classificationScore('ab abc abcd', 'abcd', classes, { compat: 'reference' }), 0.5);
  assert.equal(classificationScore('City or Date', 'City', ['City', 'Date', 'Food']), 0.5);
  assert.equal(classificationScore('city', 'City', ['City']), 0);
});

test('numbers named share the score', () => {
  assert.equal(countScore('9 of 30', '9'), 0.5);
  assert.equal(countScore('٩ 09', '9'), 0);
  assert.equal(countScore('nine', '9'), 0);
  assert.equal(retrievalScore('Paragraph 3 and 3 and 4', 'Paragraph 3'), 2 / 3);
  assert.equal(retrievalZhScore('段落1，段落12', '段落12'), 0.5);
  assert.throws(() => retrievalScore('1', 'the first'), { kind: 'input', message: /"the first"/ });
});

test('the first line of code counts, in either of two ratios', () => {
  assert.equal(codeSimilarity('```python\nreturn x\n```', 'return x'), 1);
  assert.equal(codeSimilarity("url = 'http://a'", "url = 'http://a'"), 0, 'a URL looks like a comment');
  assert.equal(codeSimilarity('tide', 'diet'), 0.25);
  assert.equal(codeSimilarity('tide', 'diet', { ratio: 'indel' }), 0.5);
  assert.equal(codeSimilarity('', ''), 1);
  assert.equal(codeSimilarity('# only', 'a'), 0);
});

test('a sample’s score is the best over its targets', () => {
  assert.equal(longBenchScore('hotpotqa', 'the Paris', ['London', 'paris']), 1);
  assert.equal(longBenchScore('hotpotqa_e', 'the Paris', ['paris']), 1, 'LongBench-E');
  const classes = ['Date', 'City'];
  assert.equal(longBenchScore('trec', '\nDate\nCity', ['Date'], { classes }), 1, 'the first line');
  assert.equal(longBenchScore('multifieldqa_zh', '北京', ['北京'], { tokenizeChinese: text => [text] }), 1);
});

test('what is missing is said', () => {
  assert.throws(() => longBenchScore('vcsum', 'a', ['a']), {
    kind: 'config',
    message: /tokenizer for Chinese/,
  });
  assert.throws(() => longBenchScore('trec', 'a', ['a']), { kind: 'config', message: /all_classes/ });
  assert.throws(() => longBenchScore('constructor', 'a', ['a']), { kind: 'input', message: /"constructor"/ });
  assert.throws(() => longBenchScore('qasper', 'a', []), { kind: 'input', message: /target/ });
});

test('figures: length bins and categories', () => {
  const bins = longBenchEScores([
    { score: 1, length: 3999 },
    { score: 0, length: 4000 },
    { score: 1, length: 7999 },
    { score: 1 / 3, length: 8000 },
  ]);
  assert.deepEqual(Object.fromEntries(bins), { '0-4k': 100, '4-8k': 50, '8k+': 33.33 });
  const scores = longBenchCategoryScores(
    new Map([
      ['qasper', 40],
      ['narrativeqa', 20.02],
      ['lcc', 7],
    ]),
  );
  assert.deepEqual(Object.fromEntries(scores), { 'single-document QA': 30.01, code: 7 });
  assert.equal(longBenchDatasets.size, 21);
});
