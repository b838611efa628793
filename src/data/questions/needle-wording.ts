/**
 * How a hidden fact is said and asked for: in our own words, or as RULER does (Hsieh et al. 2024) with its three types of
 * values, so that a model meets the form it is tested with. Names and values are new to the text.
 */
import type { Random } from '../../base/index.ts';
import { newKeys, newNumbers, newThings, newUuids } from './words.ts';

/** Fewer than asked for where the text names too many. */
type DrawNew = (count: number, text: string, random: Random) => string[];

export interface Wording {
  readonly newNames: DrawNew;
  readonly newValues: DrawNew;
  fact(name: string, value: string): string;
  /** Of a name that has several. */
  oneFact(name: string, value: string): string;
  askOne(name: string): string;
  askAll(name: string): string;
}

export interface SeveralWording extends Wording {
  /** Asks for several names at once. */
  askSeveral(names: readonly string[]): string;
}

/** What a thing has a number of. */
const topics = ['locker number', 'pass code', 'shelf mark', 'ticket number'] as const;

const plainWording = (topic: string): Wording => ({
  newNames: newThings,
  newValues: newNumbers,
  fact: (thing, number) => `Note that the ${topic} of the ${thing} is ${number}.`,
  oneFact: (thing, number) => `One ${topic} of the ${thing} is ${number}.`,
  askOne: thing => `What is the ${topic} of the ${thing}?`,
  askAll: thing => `Name every ${topic} of the ${thing}, in the order in which they stand.`,
});

const sevenDigits = { min: 1_000_000, max: 9_999_999 };

const values: Readonly<Record<'number' | 'word' | 'uuid', DrawNew>> = {
  number: (count, text, random) => newNumbers(count, text, random, sevenDigits),
  word: newKeys,
  uuid: newUuids,
};

/** RULER's. Half of its questions go on with how the answer begins, which answers here leave out. */
export function drawRulerWording(random: Random): SeveralWording {
  const type = random.weighted([
    [3, 'number'],
    [1, 'word'],
    [1, 'uuid'],
  ] as const);
  const begins = random.next() < 0.5;
  const fact = (key: string, value: string) => `One of the special magic ${type}s for ${key} is: ${value}.`;
  const ask = (what: string, keys: string, verb: 'is' | 'are') => {
    const asked = `special magic ${what} for ${keys} given in the text`;
    return `What ${verb}${verb === 'are' ? ' all' : ''} the ${asked}?${begins ? ` The ${asked} ${verb}` : ''}`;
  };
  return {
    newNames: random.next() < 0.8 ? newKeys : newUuids,
    newValues: values[type],
    fact,
    oneFact: fact,
    askOne: key => ask(type, key, 'is'),
    askAll: key => ask(`${type}s`, key, 'are'),
    askSeveral: keys => ask(`${type}s`, `${keys.slice(0, -1).join(', ')}, and ${keys.at(-1)}`, 'are'),
  };
}

export const drawWording = (random: Random): Wording =>
  random.next() < 0.6 ? drawRulerWording(random) : plainWording(random.pick(topics));
