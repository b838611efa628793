import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AnswerFormat, cleanAnswer, mmlongbenchAccuracy, mmlongbenchScore } from './mmlongbench.ts';

test('each format has its rule', () => {
  const table: readonly (readonly [AnswerFormat, prediction: string, target: string, score: number])[] = [
    ['Int', '8.9', '8', 1],
    ['Int', 'eight', '8', 0],
    ['Float', '12.5%', '0.125', 1],
    ['Float', '100.9', '100', 1],
    ['Float', '102', '100', 0],
    ['Float', '0.1', '0.104', 1], // both round to 0.10
    ['Float', '1e-05', '0.04', 1], // three decimals count: 0.04 % is 0.000
    ['Float', 'Not answerable', '12', 0],
    ['Float', 'inf', '12', 0],
    ['Str', 'Less well off (children)', 'less well-off', 1 - 1 / 13],
    ['Str', 'page 6', 'page 5', 0],
    ['Str', 'a.b@c.org', 'a.b@c.com', 0],
    ['Str', '2019-05-12', '2019-05-11', 0],
    ['Str', '555-1235', '555-1234', 0],
    ['Str', 'Main.PY', 'main.py', 1],
    ['None', 'Not answerable', 'Not answerable', 1],
    ['List', "['b', 'a']", "['a', 'b']", 1],
    ['List', '["Apple", "bananas"]', "['apple', 'banana']", 1 - 1 / 7],
    ['List', 'x', "['x']", 1],
    ['List', "['x', 'y']", "['x']", 0],
    ['List', '[x', "['x']", 0],
    ['List', '[2, 1]', "['1', '2']", 1],
    ['List', '[2, 3]', "['1', '2']", 0],
    ['List', '[]', '[]', 1],
  ];
  for (const [format, prediction, target, score] of table)
    assert.equal(mmlongbenchScore(prediction, target, format), score, `${format} ${prediction}`);
});

test('a target that is not of its format is no zero', () => {
  assert.throws(() => mmlongbenchScore('8', 'eight', 'Int'), { kind: 'input', message: /whole number/ });
  assert.throws(() => mmlongbenchScore('8', '8 million', 'Float'), { kind: 'input', message: /8 million/ });
  assert.throws(() => mmlongbenchScore('8', '[a]', 'List'), { kind: 'input' });
});

test('cleaning drops parentheses, outer quotes, $ and %', () => {
  assert.equal(cleanAnswer(' "A (b) c  (d" '), 'a c  (d');
  assert.equal(cleanAnswer('((a)b)'), 'b)');
  assert.equal(cleanAnswer('$$ 12 %%'), '12');
  assert.equal(cleanAnswer(`${' '.repeat(100_000)}x${'('.repeat(100_000)}`).length, 100_001);
});

test('accuracy over all, F1 over the answerable', () => {
  const unknown = 'Not answerable';
  const samples = [
    { target: 'a', prediction: 'a', score: 1 },
    { target: 'b', prediction: unknown, score: 0 },
    { target: unknown, prediction: unknown, score: 1 },
    { target: unknown, prediction: 'c', score: 0 },
  ];
  assert.deepEqual(mmlongbenchAccuracy(samples), { accuracy: 0.5, f1: 0.5 });
  assert.deepEqual(mmlongbenchAccuracy(samples.slice(2)), { accuracy: 0.5, f1: 0 });
  assert.throws(() => mmlongbenchAccuracy([]), { kind: 'input' });
});
