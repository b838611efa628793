/**
 * RULER's common words: a numbered list in which ten words come often and all others seldom; the question asks for the
 * ten. The counts are RULER's, and so are the smaller ones for short lists.
 */
import type { Random } from '../../base/index.ts';
import { drawNew, shuffled } from './draw.ts';
import type { RulerGenerator } from './parts.ts';
import { adjectives, inventedWord, nouns, verbs } from './words.ts';

const commonWords = 10;

interface Counts {
  readonly often: number;
  readonly seldom: number;
}

interface Plan {
  readonly main: Counts;
  readonly example: Counts;
  readonly exampleWords: number;
}

const longPlan: Plan = {
  main: { often: 30, seldom: 3 },
  example: { often: 10, seldom: 3 },
  exampleWords: 40,
};
const shortPlan: Plan = {
  main: { often: 6, seldom: 1 },
  example: { often: 3, seldom: 1 },
  exampleWords: 20,
};

export const commonWordsGenerator: RulerGenerator = {
  maxTokens: 120,
  leastLength: 1024,
  metric: 'string_match_all',
  build(random, size, { length }) {
    const plan = length < 4096 ? shortPlan : longPlan;
    const nextWord = wordSource(random);
    const take = (count: number) => Array.from({ length: count }, nextWord);
    const [shown, shownRest] = [take(commonWords), take(plan.exampleWords - commonWords)];
    const [common, rest] = [take(commonWords), take(size)];
    const shownList = numberedList(shown, shownRest, plan.example, random);
    return {
      example: [instruction, shownList, `${question} ${answerPrefix} ${numbered(shown)}`].join('\n'),
      instruction,
      context: numberedList(common, rest, plan.main, random),
      question,
      answerPrefix,
      targets: common,
    };
  },
};

const instruction =
  'Below is a numbered list of words. Some of them come more often than the others: remember those that come most often.';
const question = `Question: Which ${commonWords} words come most often in the list above?`;
const answerPrefix = `Answer: The ${commonWords} words that come most often in the list are:`;

const listed = [...new Set([...nouns, ...adjectives, ...verbs])];

/** Different words without end: the listed ones in random order, then invented ones. */
function wordSource(random: Random): () => string {
  const used = new Set<string>();
  const first = shuffled(listed, random);
  const offset = random.integer(0, 20_000);
  let taken = 0;
  return () =>
    drawNew(used, () => {
      const index = taken++;
      return first[index] ?? inventedWord(offset + index);
    });
}

function numberedList(
  common: readonly string[],
  rest: readonly string[],
  { often, seldom }: Counts,
  random: Random,
): string {
  const repeat = (words: readonly string[], times: number) =>
    Array.from({ length: times }, () => words).flat();
  return numbered(shuffled([...repeat(common, often), ...repeat(rest, seldom)], random));
}

const numbered = (words: readonly string[]) => words.map((word, i) => `${i + 1}. ${word}`).join(' ');
