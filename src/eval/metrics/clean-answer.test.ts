import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clearMrcrResponse, clearPrediction, removeThinking } from './clean-answer.ts';
import { choiceAccuracies, extractChoice } from './longbench-v2.ts';
import { cleanRulerPrediction, stringMatchAll, stringMatchPart } from './ruler.ts';

test('closed reasoning goes, open reasoning stays', () => {
  assert.equal(removeThinking('<think>a\nb</think>x<think>c</think>y'), 'xy');
  assert.equal(removeThinking('x<think>open'), 'x<think>open');
  assert.equal(removeThinking('</think>x'), '</think>x');
  assert.equal(removeThinking('<think>'.repeat(100_000)).length, 700_000);
});

test('Glyph’s cleaning', () => {
  assert.equal(clearPrediction('<think>a</think>\n B <|user|> c\n\nd'), 'B c d');
  assert.equal(clearPrediction('a <| b'), 'a <| b');
  assert.equal(clearMrcrResponse('<think>x</think> y </think>\nHASHa\n<|user|>'), 'HASHa\n');
  assert.equal(clearMrcrResponse(' a '), 'a');
});

test('RULER’s cleaning and matching', () => {
  assert.equal(cleanRulerPrediction(' a\tb\0\x07'), 'a\nb');
  assert.equal(stringMatchAll('VAR abcde, FGHIJ', ['ABCDE', 'FGHIJ', 'KLMNO', 'PQRST']), 0.5);
  assert.equal(stringMatchPart('in 1066', ['10th', '1066']), 1);
  assert.equal(stringMatchPart('none', ['a1', 'b2']), 0);
  assert.throws(() => stringMatchAll('a', []), { kind: 'input' });
});

test('LongBench v2’s letter', () => {
  assert.equal(extractChoice('**The correct answer is (C)**'), 'C');
  assert.equal(extractChoice('The correct answer is B. The correct answer is (A)'), 'A', 'parentheses win');
  assert.equal(extractChoice('the correct answer is (A)'), undefined);
  assert.equal(extractChoice('The correct answer is (E)'), undefined);
});

test('LongBench v2’s accuracies', () => {
  const samples = [
    { choice: 'A', target: 'A', difficulty: 'easy', length: 'short' },
    { choice: 'B', target: 'A', difficulty: 'hard', length: 'short' },
    { choice: undefined, target: 'A', difficulty: 'hard', length: 'long' },
  ] as const;
  assert.deepEqual(Object.fromEntries(choiceAccuracies(samples)), {
    overall: 33.3,
    easy: 100,
    hard: 0,
    short: 50,
    long: 0,
  });
  assert.equal(choiceAccuracies(samples, { unparsed: 'quarter' }).get('hard'), 12.5);
  assert.throws(() => choiceAccuracies([]), { kind: 'input' });
});
