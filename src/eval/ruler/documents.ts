/**
 * RULER's questions over documents: the ones that hold the answer among others, in random order. Where the documents
 * come from (made here, SQuAD, HotpotQA) is for `DocumentQuestions` to say.
 */
import type { Random } from '../../base/index.ts';
import { shuffled } from './draw.ts';
import type { RulerGenerator } from './parts.ts';

export interface DocumentQuestion {
  readonly question: string;
  readonly targets: readonly string[];
  /** With the answer. */
  readonly documents: readonly string[];
  /** Another one without, each time. */
  nextDistractor(): string;
}

/** @param index of the sample: sources with a fixed list of questions go through it in order */
export type DocumentQuestions = (random: Random, index: number) => DocumentQuestion;

export function documentGenerator(questions: DocumentQuestions): RulerGenerator {
  return {
    maxTokens: 32,
    leastLength: 1024,
    metric: 'string_match_part',
    build(random, size, { index }) {
      const { question, targets, documents, nextDistractor } = questions(random, index);
      const all = [...documents];
      for (let left = size; left > 0; ) {
        const words = nextDistractor().split(' ');
        all.push(words.slice(0, left).join(' '));
        left -= words.length;
      }
      return {
        example: '',
        instruction:
          'Answer the question at the end from the documents below. Give the answer alone, without any other words.',
        context: shuffled(all, random)
          .map((document, i) => `Document ${i + 1}:\n${document}`)
          .join('\n\n'),
        question: `Question: ${question}`,
        answerPrefix: 'Answer:',
        targets,
      };
    },
  };
}
