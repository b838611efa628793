/**
 * RULER's variable tracking: a value is assigned to a variable and handed on from variable to variable, in order but
 * scattered in noise; the question asks for all that hold it. The one solved example uses shorter names.
 */
import type { Random } from '../../base/index.ts';
import { drawNew, drawPlaces } from './draw.ts';
import { noise } from './noise.ts';
import type { RulerGenerator } from './parts.ts';

const hops = 4;
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

export const variableGenerator: RulerGenerator = {
  maxTokens: 30,
  leastLength: 512,
  metric: 'string_match_all',
  build(random, size, { length }) {
    const shown = makeChain(random, 3);
    const chain = makeChain(random, 5);
    const shownContext = hideChain(shown, length < 4096 ? 20 : 60, random);
    return {
      example: [
        instruction,
        shownContext,
        `${questionOf(shown)} ${prefixOf(shown)} ${shown.names.join(' ')}`,
      ].join('\n'),
      instruction,
      context: hideChain(chain, size, random),
      question: questionOf(chain),
      answerPrefix: prefixOf(chain),
      targets: chain.names,
    };
  },
};

interface Chain {
  /** The first holds the value, each next one the variable before it. */
  readonly names: readonly string[];
  readonly value: string;
}

const instruction =
  'Follow the assignments of variables that are hidden in the text below and remember them.';
const questionOf = ({ value }: Chain) =>
  `Question: Which variables hold the value ${value} at the end of the text?`;
const prefixOf = ({ names, value }: Chain) =>
  `Answer: By the assignments in the text, ${names.length} variables hold the value ${value}. They are:`;

function makeChain(random: Random, nameLength: number): Chain {
  const used = new Set<string>();
  const name = () => Array.from({ length: nameLength }, () => random.pick([...letters])).join('');
  return {
    names: Array.from({ length: hops + 1 }, () => drawNew(used, name)),
    value: String(random.integer(10_000, 99_998)),
  };
}

function hideChain({ names, value }: Chain, noiseSentences: number, random: Random): string {
  const lines = noise(noiseSentences);
  const assignments = names.map((name, i) => `VAR ${name} = ${i === 0 ? value : `VAR ${names[i - 1]}`}`);
  const places = drawPlaces(lines.length + assignments.length, assignments.length, random);
  for (const [i, place] of places.entries()) lines.splice(place, 0, assignments[i]!);
  return lines.join('\n');
}
