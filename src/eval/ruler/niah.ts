/**
 * RULER's needles in a haystack: sentences that give a key's magic value, hidden in noise, in prose, or among other
 * such sentences; the question asks for the values of one or more keys.
 */
import type { Random } from '../../base/index.ts';
import { drawNew, drawPlaces, shuffled } from './draw.ts';
import { noise } from './noise.ts';
import type { RulerGenerator, RulerParts } from './parts.ts';
import { prose } from './prose.ts';
import { adjectives, nouns } from './words.ts';

type ValueType = 'words' | 'numbers' | 'uuids';

interface NeedleSpec {
  /** Where the needles hide: noise lines, prose, or lines that look like needles. */
  readonly haystack: 'noise' | 'prose' | 'needles';
  readonly keyType: ValueType;
  readonly valueType: ValueType;
  readonly keys: number;
  readonly valuesPerKey: number;
  readonly queries: number;
}

/** One needle, a word as key, a number as value. */
export const plainNeedle: NeedleSpec = {
  haystack: 'prose',
  keyType: 'words',
  valueType: 'numbers',
  keys: 1,
  valuesPerKey: 1,
  queries: 1,
};

export function needleGenerator(spec: NeedleSpec): RulerGenerator {
  return {
    maxTokens: 128,
    leastLength: spec.keyType === 'uuids' ? 2048 : 512,
    metric: 'string_match_all',
    build: (random, size) => build(spec, random, size),
  };
}

function build(spec: NeedleSpec, random: Random, size: number): RulerParts {
  const used = new Set<string>();
  const draw = (type: ValueType) => drawNew(used, () => drawValue(type, random));
  const needle = (key: string, value: string) =>
    `One of the special magic ${spec.valueType} for ${key} is: ${value}.`;
  const entries = Array.from({ length: spec.keys }, () => ({
    key: draw(spec.keyType),
    values: Array.from({ length: spec.valuesPerKey }, () => draw(spec.valueType)),
  }));
  const needles = shuffled(
    entries.flatMap(({ key, values }) => values.map(value => needle(key, value))),
    random,
  );
  const asked = shuffled(entries, random).slice(0, spec.queries);
  const targets = asked.flatMap(({ values }) => values);
  const keys = listOf(asked.map(({ key }) => key));
  const isOne = targets.length === 1;
  const what = isOne ? `special magic ${spec.valueType.slice(0, -1)}` : `special magic ${spec.valueType}`;
  return {
    example: '',
    instruction: `The text below hides ${isOne ? 'a' : 'some'} ${what}. Read it with care: you will be asked for ${isOne ? 'it' : 'them'} afterwards.`,
    context: hide(needles, spec.haystack, size, random, () =>
      needle(draw(spec.keyType), draw(spec.valueType)),
    ),
    question: isOne
      ? `What is the ${what} for ${keys} given in the text?`
      : `What are all the ${what} for ${keys} given in the text?`,
    answerPrefix: `The ${what} for ${keys} given in the text ${isOne ? 'is' : 'are'}`,
    targets,
  };
}

function drawValue(type: ValueType, random: Random): string {
  switch (type) {
    case 'words':
      return `${random.pick(adjectives)}-${random.pick(nouns)}`;
    case 'numbers':
      return String(random.integer(1_000_000, 9_999_999));
    case 'uuids':
      return uuid(random);
    default:
      return type satisfies never;
  }
}

/** Version 4. */
function uuid(random: Random): string {
  const hex = (digits: number) =>
    Array.from({ length: digits }, () => random.integer(0, 15).toString(16)).join('');
  return `${hex(8)}-${hex(4)}-4${hex(3)}-${random.pick(['8', '9', 'a', 'b'])}${hex(3)}-${hex(12)}`;
}

const listOf = (names: readonly string[]): string =>
  names.length === 1 ? names[0]! : `${names.slice(0, -1).join(', ')}, and ${names.at(-1)}`;

function hide(
  needles: readonly string[],
  haystack: NeedleSpec['haystack'],
  size: number,
  random: Random,
  otherNeedle: () => string,
): string {
  switch (haystack) {
    case 'noise':
      return among(noise(size), needles, random).join('\n');
    case 'needles':
      return among(otherLines(size, otherNeedle), needles, random).join('\n');
    case 'prose':
      return atDepths(prose(size, random), needles, random).join(' ');
    default:
      return haystack satisfies never;
  }
}

/** Lines of `words` words in all, the last one cut. */
function otherLines(words: number, line: () => string): string[] {
  const lines: string[] = [];
  for (let left = words; left > 0; ) {
    const parts = line().split(' ');
    lines.push(parts.slice(0, left).join(' '));
    left -= parts.length;
  }
  return lines;
}

/** Each needle on a line of its own. */
function among(lines: readonly string[], needles: readonly string[], random: Random): string[] {
  const result = [...lines];
  const places = drawPlaces(lines.length + needles.length, needles.length, random);
  for (const [i, place] of places.entries()) result.splice(place, 0, needles[i]!);
  return result;
}

/** RULER puts needles at some of 40 even depths. */
const depths = 40;

function atDepths(sentences: readonly string[], needles: readonly string[], random: Random): string[] {
  const places = drawPlaces(depths, needles.length, random).map(depth =>
    Math.floor((sentences.length * depth) / (depths - 1)),
  );
  return [0, ...places].flatMap((place, i) => [
    ...(i === 0 ? [] : [needles[i - 1]!]),
    ...sentences.slice(place, places[i] ?? sentences.length),
  ]);
}
