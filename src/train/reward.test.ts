/** Right answers in the form asked for earn; whatever only looks like one earns nothing. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type AnswerKey, rewardOf } from './reward.ts';

const number: AnswerKey = { reward: 'exact', answer: '6770570' };
const sentence: AnswerKey = {
  reward: 'extractive',
  answer: 'an unsuccessful application of his knuckles to my door',
};
const page: AnswerKey = {
  reward: 'ocr',
  answer: '[p1:1] Call me Ishmael. Some years ago, never \n[p1:2] mind how long precisely.',
};
const think = (thinking: string, answer: string) => `<think>\n${thinking}\n</think>\n${answer}`;
const earned = async (completion: string, key: AnswerKey) => (await rewardOf(completion, key)).value;

test('right answers after thinking earn all there is', async () => {
  assert.deepEqual(await rewardOf(think('[p1:10] the code is 6770570', '6770570'), number), {
    value: 1,
    format: 1,
    accuracy: 1,
  });
  assert.equal(await earned(think('[p1:2] a line', ` ${number.answer}\n`), number), 1);
  assert.equal(await earned(think('[p1:2] a line', `${sentence.answer}.`), sentence), 1);
  assert.equal(await earned(think('[p1:12] only one', '[p1:12]'), { reward: 'exact', answer: '[p1:12]' }), 1);
});

test('nothing is earned by form alone, by the answer alone, or by saying everything', async () => {
  const prompt = 'What is the pass code of the little mountain?';
  const wrong: readonly (readonly [why: string, completion: string])[] = [
    ['empty thinking', think('', '6770570')],
    ['blank thinking', '<think> \n\t</think>6770570'],
    ['no thinking', '6770570'],
    ['nothing at all', ''],
    ['the answer before the thinking', '6770570\n<think>\nwhy\n</think>'],
    ['the answer before and after', `6770570 ${think('why', '6770570')}`],
    ['two thoughts', `${think('one', '')}${think('two', '6770570')}`],
    ['a thought after the answer', `${think('one', '6770570')}${think('two', '')}`],
    ['thinking without an end', '<think>\n6770570'],
    ['an end without a beginning', '6770570\n</think>\n6770570'],
    ['two ends', '<think>a</think>6770570</think>'],
    ['a thought in a thought', '<think>a<think>b</think>6770570'],
    ['nested twice', '<think>a<think>b</think></think>6770570'],
    ['another tag', '<thinking>a</thinking>6770570'],
    ['a tag in capitals', '<THINK>a</THINK>6770570'],
    ['the answer in the thinking only', think('it is 6770570', '')],
    ['the answer in the thinking, another after it', think('it is 6770570', '1234567')],
    ['the prompt for an answer', think('why', prompt)],
    ['the prompt and the answer', think('why', `${prompt} 6770570`)],
    ['a sentence around the answer', think('why', 'The pass code is 6770570.')],
    ['all numbers of the page', think('why', '1234567, 6770570, 7654321')],
    ['the answer twice', think('why', '6770570 6770570')],
    ['a part of it', think('why', '677057')],
    ['more than it', think('why', '67705700')],
  ];
  for (const [why, completion] of wrong) assert.equal(await earned(completion, number), 0, why);
});

test('several values are right together, in their order', async () => {
  const key: AnswerKey = { reward: 'exact', answer: '8058286, 3401875' };
  assert.equal(await earned(think('why', '8058286, 3401875'), key), 1);
  for (const answer of ['8058286', '3401875, 8058286', '8058286, 3401875, 3639012'])
    assert.equal(await earned(think('why', answer), key), 0, answer);
});

test('whatever stands outside the answer is never the reason', async () => {
  const key: AnswerKey = { reward: 'exact', answer: 'no match is this' };
  await fc.assert(
    fc.asyncProperty(fc.string(), fc.string(), async (thinking, answer) => {
      fc.pre(answer.trim().toLowerCase() !== key.answer);
      assert.equal(await earned(think(`${thinking} ${key.answer}`, answer), key), 0);
    }),
  );
});

test('extractive answers: most of the words, and not the question with them', async () => {
  const cue =
    'A sentence on these pages begins “On the stairs I encountered Wemmick, who was coming down, after”.';
  assert.equal(
    await earned(think('why', 'an unsuccessful application of the knuckles to my door'), sentence),
    1,
  );
  for (const answer of [
    'knuckles',
    `${cue} ${sentence.answer}`,
    `${sentence.answer} ${cue}`,
    cue,
    'door '.repeat(9),
  ])
    assert.equal(await earned(think('why', answer), sentence), 0, answer);
});

test('a judge decides where words differ, never the form, and is not asked what is exact', async () => {
  const asked: string[] = [];
  const yes = async (answer: string) => {
    asked.push(answer);
    return true;
  };
  assert.equal((await rewardOf(think('why', 'he knocked in vain'), sentence, yes)).value, 1);
  assert.equal((await rewardOf('he knocked in vain', sentence, yes)).value, 0);
  assert.equal((await rewardOf(think('why', sentence.answer), sentence, yes)).value, 1);
  assert.equal((await rewardOf(think('why', '1'), number, yes)).value, 0);
  assert.deepEqual(asked, ['he knocked in vain', 'he knocked in vain']);
  assert.equal(
    (await rewardOf(think('why', `${sentence.answer} or not`), sentence, async () => false)).value,
    0,
  );
});

test('transcriptions earn by characters alike; marks of lines count for nothing', async () => {
  const plain = 'Call me Ishmael. Some years ago, never mind how long precisely.';
  for (const answer of [page.answer, plain]) assert.equal(await earned(think('why', answer), page), 1);
  const oneWrong = await earned(think('why', plain.replace('Some', 'Same')), page);
  assert.ok(oneWrong > 0.9 && oneWrong < 1, String(oneWrong));
  const nearlyHalf = plain.slice(0, Math.floor(plain.length * 0.49));
  for (const [why, answer] of [
    ['less than half', nearlyHalf],
    ['another text', 'It was the best of times, it was the worst of times, it was the age.'],
    ['one letter', 'e'.repeat(plain.length)],
    ['marks alone', '[p1:1] \n[p1:2] '],
    ['the text three times', `${plain} ${plain} ${plain}`],
    ['nothing', ''],
  ] as const)
    assert.equal(await earned(think(plain, answer), page), 0, why);
  assert.equal(await earned(plain, page), 1, 'no thinking is asked for');
  assert.equal(await earned(`</think>${plain}`, page), 0, 'an end without a beginning');
});
