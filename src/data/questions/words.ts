/** The plain words that generated facts are made of, written for this project. */
import type { Random } from '../../base/index.ts';
import { randomString } from '../pretrain/random-string.ts';

const list = (text: string): readonly string[] => text.trim().split(/\s+/);

const adjectives = list(`
  amber ancient bitter bright bronze calm clever cold copper crimson curious dusty early faded gentle golden green hidden
  hollow humble ivory late little lonely loud misty narrow noble northern old pale patient plain quiet rapid red rusty
  scarlet silent silver simple sleepy small sturdy swift tall tidy violet warm wooden young
`);

const nouns = list(`
  anchor apple arrow basket bell boat bridge candle carpet castle clock cloud compass crown drum eagle engine falcon
  feather ferry fiddle fountain garden glove hammer harp island kettle ladder lantern lemon letter lion magnet mirror
  mountain needle orchard otter parrot pigeon pillow river rope saddle scarf ship spoon table tower trumpet wagon window
`);

const places = list(`
  airport bakery barn cellar chapel harbour hospital hotel inn library market mill museum palace pier school square
  stable station theatre workshop
`);

/** e.g. "amber lantern" */
export const thing = (random: Random): string => `${random.pick(adjectives)} ${random.pick(nouns)}`;

export const place = (random: Random): string => random.pick(places);

/** As RULER names them, e.g. "amber-lantern" */
const key = (random: Random): string => thing(random).replace(' ', '-');

/** Things of different names that a text does not name; fewer than asked for where it names too many. */
export const newThings = (count: number, text: string, random: Random): string[] =>
  newNames(thing, count, text, random);

/** The same for RULER's keys. */
export const newKeys = (count: number, text: string, random: Random): string[] =>
  newNames(key, count, text, random);

/** The same, each a random identifier as RULER has them. */
export const newUuids = (count: number, text: string, random: Random): string[] =>
  newNames(each => randomString('uuid', each), count, text, random);

function newNames(draw: (random: Random) => string, count: number, text: string, random: Random): string[] {
  const names = new Set<string>();
  for (let draws = 0; draws < 8 * count && names.size < count; draws++) {
    const name = draw(random);
    if (!text.includes(name)) names.add(name);
  }
  return [...names];
}

const fiveToSevenDigits = { min: 10_000, max: 9_999_999 };

/** Numbers that neither a text nor each other hold. */
export function newNumbers(
  count: number,
  text: string,
  random: Random,
  { min, max } = fiveToSevenDigits,
): string[] {
  const numbers = new Set<string>();
  while (numbers.size < count) {
    const number = String(random.integer(min, max));
    const isNew = [...numbers].every(other => !other.includes(number) && !number.includes(other));
    if (isNew && !text.includes(number)) numbers.add(number);
  }
  return [...numbers];
}
