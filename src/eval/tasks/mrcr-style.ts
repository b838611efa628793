/**
 * Conversations in the style of OpenAI's MRCR, made here: the same question and grade, 2, 4 or 8 needles, with texts of
 * our own. Scores compare between forms and models, not with published ones.
 */
import { createRandom, GlyphError, throwIfAborted } from '../../base/index.ts';
import { messageText } from '../../model/index.ts';
import { mrcrFigures } from '../mrcr/figures.ts';
import { type MrcrParts, makeConversation } from '../mrcr/generate.ts';
import { mrcrScorer } from '../mrcr/scorer.ts';
import { mrcrNeedles } from '../mrcr/subsets.ts';
import { checkLengths, chosenSubsets, limitOf } from '../open-options.ts';
import { fitSize } from '../ruler/fit.ts';
import type { OpenOptions, Sample, Task } from '../task.ts';
import { tokenCounter } from '../token-counter.ts';

/** Grows with every change that makes other samples from the same seed. */
const generatorVersion = 1;
/** Eight needles alone take up to 2,000 tokens. */
const [leastTokens, mostTokens] = [4096, 1 << 22];

export const mrcrStyleTask: Task = {
  name: 'mrcr-style',
  about: 'Gives back one of several like pieces of a long conversation, made at any length from a seed.',
  data: undefined,
  subsets: [...mrcrNeedles.keys()],
  defaults: {
    maxTokens: 1024,
    temperature: 0,
    lengths: [8192, 16_384, 32_768, 65_536, 131_072],
    samples: 100,
  },
  open,
  scorer: mrcrScorer,
  figures: mrcrFigures,
};

async function* open(options: OpenOptions): AsyncGenerator<Sample> {
  const { lengths = mrcrStyleTask.defaults.lengths!, seed = 42 } = options;
  const limit = limitOf(options, mrcrStyleTask.defaults.samples!);
  const subsets = chosenSubsets(mrcrStyleTask, options);
  checkLengths('mrcr-style', lengths, leastTokens, mostTokens);
  const count = await tokenCounter(options);
  for (const length of lengths) {
    for (const subset of subsets) {
      for (let index = 0; index < limit; index++) {
        throwIfAborted(options.signal, 'make samples of mrcr-style');
        yield makeSample(subset, length, index, seed, count);
      }
    }
  }
}

function makeSample(
  subset: string,
  length: number,
  index: number,
  seed: number | string,
  count: (text: string) => number,
): Sample {
  const id = `${subset}/${length}/${index}`;
  const fitted = fitSize(
    length,
    size =>
      makeConversation(
        mrcrNeedles.get(subset)!,
        createRandom(`mrcr-style ${generatorVersion} ${seed} ${id}`),
        size,
      ),
    parts => tokensOf(parts, count),
  );
  if (fitted === undefined) throw unfit(id, length);
  const { messages, question, target, prefix, wanted } = fitted.built;
  const prompt = { before: '', after: question };
  return {
    kind: 'sample',
    id,
    subset,
    material: { kind: 'conversation', messages },
    question,
    prompts: { text: prompt, pages: prompt },
    targets: [target],
    groups: { length: String(length) },
    meta: { generatorVersion, seed, prefix, wanted, tokens: fitted.tokens },
  };
}

/** Of prompt and answer, as MRCR's bins count: the texts without the frame a chat puts around them. */
const tokensOf = ({ messages, question, target }: MrcrParts, count: (text: string) => number): number =>
  messages.reduce((sum, message) => sum + count(messageText(message)), count(question) + count(target));

const unfit = (id: string, length: number) =>
  new GlyphError({
    kind: 'config',
    operation: `make ${id} of mrcr-style`,
    expected: 'a length its needles leave room in',
    actual: `${length} tokens`,
    hint: 'ask for a longer one',
  });
