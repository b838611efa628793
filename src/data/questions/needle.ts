/** Facts hidden in a text, in the manner of RULER: one, one among several of its kind, and several of one thing. */
import type { Random } from '../../base/index.ts';
import { plant } from './plant.ts';
import type { QuestionTask } from './question.ts';
import { newNumbers, newThings } from './words.ts';

/** What a thing has a number of. */
const topics = ['locker number', 'pass code', 'shelf mark', 'ticket number'] as const;

const factOf = (topic: string, thing: string, number: string) =>
  `Note that the ${topic} of the ${thing} is ${number}.`;

/** One thing is asked for among `count`. */
function oneOf(count: number, text: string, random: Random) {
  const topic = random.pick(topics);
  const things = newThings(count, text, random);
  const numbers = newNumbers(things.length, text, random);
  const facts = things.map((thing, i) => factOf(topic, thing, numbers[i]!));
  const planted = plant(text, facts, random);
  const [thing] = things;
  if (planted === undefined || thing === undefined) return undefined;
  const asked = random.integer(0, things.length - 1);
  const answer = numbers[asked]!;
  return {
    text: planted.text,
    ask: () => ({
      question: `What is the ${topic} of the ${things[asked]}?`,
      answer,
      targets: [answer],
      reward: 'exact' as const,
      evidence: [planted.spans[asked]!],
    }),
  };
}

export const needleTask: QuestionTask = (text, random) => oneOf(1, text, random);

export const multiKeyTask: QuestionTask = (text, random) => oneOf(random.integer(3, 6), text, random);

export const multiValueTask: QuestionTask = (text, random) => {
  const topic = random.pick(topics);
  const [thing] = newThings(1, text, random);
  if (thing === undefined) return undefined;
  const numbers = newNumbers(random.integer(2, 4), text, random);
  const facts = numbers.map(number => `One ${topic} of the ${thing} is ${number}.`);
  const planted = plant(text, facts, random);
  if (planted === undefined) return undefined;
  return {
    text: planted.text,
    ask: () => ({
      question: `Name every ${topic} of the ${thing}, in the order in which they stand.`,
      answer: numbers.join(', '),
      targets: numbers,
      reward: 'exact',
      evidence: planted.spans,
    }),
  };
};
