/**
 * RULER's frequent words: made-up words whose counts fall with the square of their rank (Zipf, alpha 2); the most
 * frequent is dots, to be ignored, and the question asks for the next three.
 */
import { drawNew, shuffled } from './draw.ts';
import type { RulerGenerator } from './parts.ts';

const wanted = 3;
const zeta2 = Math.PI ** 2 / 6;
const letters = [...'abcdefghijklmnopqrstuvwxyz'];

export const frequentWordsGenerator: RulerGenerator = {
  maxTokens: 50,
  leastLength: 512,
  metric: 'string_match_all',
  build(random, size, { length }) {
    const used = new Set<string>();
    const word = () => Array.from({ length: 6 }, () => random.pick(letters)).join('');
    const vocabulary = Array.from({ length: Math.floor(length / 50) }, (_, i) =>
      i === 0 ? '...' : drawNew(used, word),
    );
    const words = vocabulary.flatMap((entry, i) =>
      new Array<string>(Math.floor(size / ((i + 1) ** 2 * zeta2))).fill(entry),
    );
    return {
      example: '',
      instruction:
        'Read the coded text below and keep count of each coded word. Find the three coded words that come most often.',
      context: shuffled(words, random).join(' '),
      question:
        'Question: Give no explanation and ignore the dots "...". Which three words come most often in the coded text above?',
      answerPrefix: 'Answer: The three words that come most often in the coded text are:',
      targets: vocabulary.slice(1, 1 + wanted),
    };
  },
};
