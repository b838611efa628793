/** How often one sentence stands on the pages. */
import { plant } from './plant.ts';
import type { QuestionTask } from './question.ts';
import { place, thing } from './words.ts';

const mostTimes = 8;

export const countingTask: QuestionTask = (text, random) => {
  const sentence = `The ${thing(random)} was seen at the ${place(random)}.`;
  if (text.includes(sentence)) return undefined;
  const times = random.integer(1, mostTimes);
  const planted = plant(text, Array<string>(times).fill(sentence), random);
  if (planted === undefined) return undefined;
  return {
    text: planted.text,
    ask: () => ({
      question: `How many times do these pages say “${sentence}”? Answer with a number.`,
      answer: String(times),
      targets: [String(times)],
      reward: 'exact',
      evidence: planted.spans,
    }),
  };
};
