/** RULER's thirteen tasks (NVIDIA/RULER, `synthetic.yaml`), each with what makes its samples. */
import { commonWordsGenerator } from './common-words.ts';
import { documentGenerator } from './documents.ts';
import { singleHopQuestions, twoHopQuestions } from './facts.ts';
import { frequentWordsGenerator } from './frequent-words.ts';
import { needleGenerator, plainNeedle } from './niah.ts';
import type { RulerGenerator } from './parts.ts';
import { variableGenerator } from './variables.ts';

export const rulerGenerators: ReadonlyMap<string, RulerGenerator> = new Map(
  Object.entries({
    niah_single_1: needleGenerator({ ...plainNeedle, haystack: 'noise' }),
    niah_single_2: needleGenerator(plainNeedle),
    niah_single_3: needleGenerator({ ...plainNeedle, valueType: 'uuids' }),
    niah_multikey_1: needleGenerator({ ...plainNeedle, keys: 4 }),
    niah_multikey_2: needleGenerator({ ...plainNeedle, haystack: 'needles' }),
    niah_multikey_3: needleGenerator({
      ...plainNeedle,
      haystack: 'needles',
      keyType: 'uuids',
      valueType: 'uuids',
    }),
    niah_multivalue: needleGenerator({ ...plainNeedle, valuesPerKey: 4 }),
    niah_multiquery: needleGenerator({ ...plainNeedle, keys: 4, queries: 4 }),
    vt: variableGenerator,
    cwe: commonWordsGenerator,
    fwe: frequentWordsGenerator,
    qa_1: documentGenerator(singleHopQuestions),
    qa_2: documentGenerator(twoHopQuestions),
  }),
);

/** Left out of Glyph's figures: exact strings of rare characters, which no image model reads. */
export const uuidSubsets: ReadonlySet<string> = new Set(['niah_single_3', 'niah_multikey_3']);
