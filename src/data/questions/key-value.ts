/** A list of names and numbers in the midst of a text, and a question for one of them. */
import { plant } from './plant.ts';
import type { QuestionTask } from './question.ts';
import { newNumbers, newThings } from './words.ts';

const [fewest, most] = [10, 40];

export const keyValueTask: QuestionTask = (text, random) => {
  const things = newThings(random.integer(fewest, most), text, random);
  if (things.length < fewest) return undefined;
  const numbers = newNumbers(things.length, text, random);
  const rows = things.map((thing, i) => `${thing}: ${numbers[i]}`);
  const planted = plant(text, [rows.join('\n')], random, '\n');
  const list = planted?.spans[0];
  if (planted === undefined || list === undefined) return undefined;
  const asked = random.integer(0, rows.length - 1);
  const answer = numbers[asked]!;
  const start = list.start + rows.slice(0, asked).reduce((sum, row) => sum + row.length + 1, 0);
  return {
    text: planted.text,
    ask: () => ({
      question: `Which number stands beside “${things[asked]}” in the list?`,
      answer,
      targets: [answer],
      reward: 'exact',
      evidence: [{ start, end: start + rows[asked]!.length }],
    }),
  };
};
