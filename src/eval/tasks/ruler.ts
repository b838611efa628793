/**
 * RULER (arXiv 2404.06654), made here: its thirteen tasks with their counts and metrics, but with words, noise, prose
 * and wording of our own, so scores compare between forms and models, not with published ones. The two question sets
 * come from made-up facts, or from SQuAD and HotpotQA where the user has them.
 */
import { createRandom, GlyphError, throwIfAborted } from '../../base/index.ts';
import { nameOf } from '../data/data-files.ts';
import { findData } from '../data/find-data.ts';
import { checkLengths, chosenSubsets, limitOf } from '../open-options.ts';
import { documentGenerator } from '../ruler/documents.ts';
import { rulerFigures } from '../ruler/figures.ts';
import { fitSize } from '../ruler/fit.ts';
import type { RulerGenerator, RulerParts } from '../ruler/parts.ts';
import { readHotpot, readSquad } from '../ruler/question-files.ts';
import { rulerScorer } from '../ruler/scorer.ts';
import { rulerGenerators } from '../ruler/subsets.ts';
import type { Form, OpenOptions, Prompt, Sample, Task } from '../task.ts';
import { tokenCounter } from '../token-counter.ts';

/** Grows with every change that makes other samples from the same seed. */
const generatorVersion = 1;
const mostTokens = 1 << 22;
const squadFile = 'dev-v2.0.json';
const hotpotFile = 'hotpot_dev_distractor_v1.json';

export const rulerTask: Task = {
  name: 'ruler',
  about: 'Needles, chains, word counts and questions over documents, made at any length from a seed.',
  data: `nothing is needed (niah_multikey_3 is made from 2k on, cwe and qa from 1k); for published questions in qa_1 and qa_2, put ${squadFile} of SQuAD 2.0 and ${hotpotFile} of HotpotQA in the folder`,
  subsets: [...rulerGenerators.keys()],
  defaults: {
    maxTokens: 128,
    temperature: 0,
    lengths: [4096, 8192, 16_384, 32_768, 65_536, 131_072],
    samples: 500,
  },
  open,
  scorer: rulerScorer,
  figures: rulerFigures,
};

async function* open(options: OpenOptions): AsyncGenerator<Sample> {
  const { seed = 42, signal } = options;
  const limit = limitOf(options, rulerTask.defaults.samples!);
  const lengths = options.lengths ?? rulerTask.defaults.lengths!;
  const subsets = chosenSubsets(rulerTask, options);
  const generators = new Map([...rulerGenerators, ...(await fileGenerators(options))]);
  const leastOf = (subset: string) => generators.get(subset)!.leastLength;
  // All of them means all that can be made so short; one that is named must be.
  const isNamed = options.subsets !== undefined;
  const least = isNamed ? Math.max(...subsets.map(leastOf)) : Math.min(...subsets.map(leastOf));
  checkLengths(isNamed ? `${subsets.join(', ')} of ruler` : 'ruler', lengths, least, mostTokens);
  const count = await tokenCounter(options);
  for (const length of lengths) {
    for (const subset of subsets.filter(each => leastOf(each) <= length)) {
      for (let index = 0; index < limit; index++) {
        throwIfAborted(signal, 'make samples of ruler');
        yield makeSample({ subset, generator: generators.get(subset)!, length, index, seed, count });
      }
    }
  }
}

/** Generators that take the place of made-up facts. */
async function fileGenerators(options: OpenOptions): Promise<ReadonlyMap<string, RulerGenerator>> {
  const generators = new Map<string, RulerGenerator>();
  if (options.folder === undefined) return generators;
  const { files, select } = await findData('ruler', rulerTask.data!, options);
  const names = [squadFile, hotpotFile];
  for (const path of select(path => names.includes(nameOf(path)), names.join(' or '))) {
    if (nameOf(path) === squadFile) generators.set('qa_1', documentGenerator(await readSquad(files, path)));
    else generators.set('qa_2', documentGenerator(await readHotpot(files, path)));
  }
  return generators;
}

interface SampleOrder {
  readonly subset: string;
  readonly generator: RulerGenerator;
  readonly length: number;
  readonly index: number;
  readonly seed: number | string;
  readonly count: (text: string) => number;
}

function makeSample({ subset, generator, length, index, seed, count }: SampleOrder): Sample {
  const id = `${subset}/${length}/${index}`;
  const fitted = fitSize(
    length,
    size => {
      const random = createRandom(`ruler ${generatorVersion} ${seed} ${id}`);
      const parts = generator.build(random, size, { length, index });
      return { parts, prompts: promptsOf(parts) };
    },
    ({ parts, prompts: { text } }) => count(text.before + parts.context + text.after) + generator.maxTokens,
  );
  if (fitted === undefined) throw unfit(id, length);
  const { parts, prompts } = fitted.built;
  return {
    kind: 'sample',
    id,
    subset,
    material: { kind: 'text', text: parts.context },
    question: parts.question,
    prompts,
    targets: parts.targets,
    groups: { length: String(length) },
    maxTokens: generator.maxTokens,
    meta: { generatorVersion, seed, tokens: fitted.tokens },
  };
}

/** Glyph's form leaves the solved example out. */
function promptsOf(parts: RulerParts): Readonly<Record<Form, Prompt>> {
  const { example, instruction, question, answerPrefix } = parts;
  const after = `\n${question} ${answerPrefix}`;
  return {
    text: { before: `${example === '' ? '' : `${example}\n\n`}${instruction}\n`, after },
    pages: { before: `${instruction}\n`, after },
  };
}

const unfit = (id: string, length: number) =>
  new GlyphError({
    kind: 'config',
    operation: `make ${id} of ruler`,
    expected: 'a length its fixed parts leave room in',
    actual: `${length} tokens`,
    hint: 'ask for a longer one',
  });
