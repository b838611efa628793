/**
 * Facts hidden in a text, in the manner of RULER: one, one among several of its kind, several of one thing, and one of
 * each of several things.
 */
import type { Random } from '../../base/index.ts';
import { drawRulerWording, drawWording, type Wording } from './needle-wording.ts';
import { plant } from './plant.ts';
import type { QuestionTask } from './question.ts';

/** New to the names too: a word may be drawn for both, and a number stand within an identifier. */
const newValues = (
  wording: Wording,
  count: number,
  names: readonly string[],
  text: string,
  random: Random,
): string[] => wording.newValues(count, `${text}\n${names.join('\n')}`, random);

/** One thing is asked for among `count`. */
function oneOf(count: number, text: string, random: Random) {
  const wording = drawWording(random);
  const names = wording.newNames(count, text, random);
  const values = newValues(wording, names.length, names, text, random);
  const facts = values.map((value, i) => wording.fact(names[i]!, value));
  const planted = plant(text, facts, random);
  if (planted === undefined || values.length === 0) return undefined;
  const asked = random.integer(0, values.length - 1);
  const answer = values[asked]!;
  return {
    text: planted.text,
    ask: () => ({
      question: wording.askOne(names[asked]!),
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
  const wording = drawWording(random);
  const [name] = wording.newNames(1, text, random);
  if (name === undefined) return undefined;
  const values = newValues(wording, random.integer(2, 4), [name], text, random);
  const facts = values.map(value => wording.oneFact(name, value));
  const planted = plant(text, facts, random);
  if (planted === undefined) return undefined;
  return {
    text: planted.text,
    ask: () => ({
      question: wording.askAll(name),
      answer: values.join(', '),
      targets: values,
      reward: 'exact',
      evidence: planted.spans,
    }),
  };
};

/** Values and evidence in the order in which the question names the keys. */
export const multiQueryTask: QuestionTask = (text, random) => {
  const wording = drawRulerWording(random);
  const names = wording.newNames(random.integer(2, 6), text, random);
  const values = newValues(wording, names.length, names, text, random);
  if (values.length < 2) return undefined;
  const facts = values.map((value, i) => wording.fact(names[i]!, value));
  const planted = plant(text, facts, random);
  if (planted === undefined) return undefined;
  const asked = someOf(random.integer(2, Math.min(4, values.length)), values.length, random);
  const targets = asked.map(i => values[i]!);
  return {
    text: planted.text,
    ask: () => ({
      question: wording.askSeveral(asked.map(i => names[i]!)),
      answer: targets.join(', '),
      targets,
      reward: 'exact',
      evidence: asked.map(i => planted.spans[i]!),
    }),
  };
};

/** So many of the numbers below `limit`, in any order. */
function someOf(count: number, limit: number, random: Random): readonly number[] {
  const chosen = new Set<number>();
  while (chosen.size < count) chosen.add(random.integer(0, limit - 1));
  return [...chosen];
}
