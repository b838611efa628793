/**
 * How a hidden fact is said and asked for: in our own words, or as RULER does (Hsieh et al. 2024), so that a model
 * meets the form it is tested with. Names and numbers are new to the text.
 */
import type { Random } from '../../base/index.ts';
import { newKeys, newNumbers, newThings } from './words.ts';

export interface Wording {
  /** Fewer than asked for where the text names too many. */
  newNames(count: number, text: string, random: Random): string[];
  newNumbers(count: number, text: string, random: Random): string[];
  fact(name: string, number: string): string;
  /** Of a name that has several. */
  oneFact(name: string, number: string): string;
  askOne(name: string): string;
  askAll(name: string): string;
}

/** What a thing has a number of. */
const topics = ['locker number', 'pass code', 'shelf mark', 'ticket number'] as const;

const plainWording = (topic: string): Wording => ({
  newNames: newThings,
  newNumbers,
  fact: (thing, number) => `Note that the ${topic} of the ${thing} is ${number}.`,
  oneFact: (thing, number) => `One ${topic} of the ${thing} is ${number}.`,
  askOne: thing => `What is the ${topic} of the ${thing}?`,
  askAll: thing => `Name every ${topic} of the ${thing}, in the order in which they stand.`,
});

const sevenDigits = { min: 1_000_000, max: 9_999_999 };
const magicFact = (key: string, number: string) =>
  `One of the special magic numbers for ${key} is: ${number}.`;
const askMagic = (keys: string) => `What are all the special magic numbers for ${keys} given in the text?`;

const magicWording: Wording = {
  newNames: newKeys,
  newNumbers: (count, text, random) => newNumbers(count, text, random, sevenDigits),
  fact: magicFact,
  oneFact: magicFact,
  askOne: key => `What is the special magic number for ${key} given in the text?`,
  askAll: askMagic,
};

/** RULER's, which also asks for several names at once. */
export const rulerWording = {
  ...magicWording,
  askSeveral: (keys: readonly string[]) => askMagic(`${keys.slice(0, -1).join(', ')}, and ${keys.at(-1)}`),
};

export const drawWording = (random: Random): Wording =>
  random.next() < 0.5 ? rulerWording : plainWording(random.pick(topics));
