/** One random string of a kind that texts hold and that no reader can guess. Printable ASCII without spaces. */
import type { Random } from '../../base/index.ts';

export const stringKinds = [
  'word',
  'printable',
  'hex',
  'uuid',
  'number',
  'base64',
  'identifier',
  'price',
  'date',
  'url',
] as const;
export type StringKind = (typeof stringKinds)[number];

const lower = 'abcdefghijklmnopqrstuvwxyz';
const upper = lower.toUpperCase();
const digits = '0123456789';
const hexDigits = '0123456789abcdef';
const base64Digits = `${upper}${lower}${digits}+/`;
const printable = Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i)).join('');

export function randomString(kind: StringKind, random: Random): string {
  switch (kind) {
    case 'word':
      return word(random);
    case 'printable':
      return some(printable, 1, 12, random);
    case 'hex':
      return `${random.pick(['', '0x', '#'])}${some(hexDigits, 4, 32, random)}`;
    case 'uuid':
      return [8, 4, 4, 4, 12].map(length => some(hexDigits, length, length, random)).join('-');
    case 'number':
      return number(random);
    case 'base64':
      return `${some(base64Digits, 8, 40, random)}${random.pick(['', '=', '=='])}`;
    case 'identifier':
      return identifier(random);
    case 'price':
      return `${random.pick(['$', 'USD', 'EUR', '-$'])}${grouped(random.integer(0, 999_999))}.${padded(random.integer(0, 99))}`;
    case 'date':
      return date(random);
    case 'url':
      return url(random);
    default:
      return kind satisfies never;
  }
}

function some(characters: string, fewest: number, most: number, random: Random): string {
  const length = random.integer(fewest, most);
  return Array.from({ length }, () => characters[random.integer(0, characters.length - 1)]).join('');
}

const padded = (value: number): string => String(value).padStart(2, '0');
const grouped = (value: number): string => String(value).replace(/\B(?=(?:\d{3})+$)/g, ',');
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function word(random: Random): string {
  const letters = some(lower, 2, 10, random);
  return random.pick([letters, letters, capital(letters), letters.toUpperCase()]);
}

function number(random: Random): string {
  const whole = some(digits, 1, 10, random);
  return random.pick([
    whole,
    grouped(Number(whole)),
    `${whole}.${some(digits, 1, 6, random)}`,
    `-${whole}`,
    `${some(digits, 1, 2, random)}%`,
  ]);
}

function identifier(random: Random): string {
  const words = Array.from({ length: random.integer(2, 4) }, () => some(lower, 2, 7, random));
  return random.pick([
    words.join('_'),
    words.join('_').toUpperCase(),
    words.map((each, i) => (i === 0 ? each : capital(each))).join(''),
    `${words.join('-')}-${some(digits, 1, 5, random)}`,
    `${some(upper, 2, 4, random)}-${some(digits, 3, 6, random)}`,
  ]);
}

function date(random: Random): string {
  const [year, month, day] = [random.integer(1800, 2099), random.integer(1, 12), random.integer(1, 28)];
  const time = `${padded(random.integer(0, 23))}:${padded(random.integer(0, 59))}:${padded(random.integer(0, 59))}`;
  return random.pick([
    `${year}-${padded(month)}-${padded(day)}`,
    `${padded(day)}.${padded(month)}.${year}`,
    `${month}/${day}/${year}`,
    `${year}-${padded(month)}-${padded(day)}T${time}Z`,
  ]);
}

function url(random: Random): string {
  const host = `${some(lower, 3, 10, random)}.${random.pick(['com', 'org', 'net', 'io', 'example'])}`;
  const path = Array.from({ length: random.integer(0, 3) }, () => `/${some(lower + digits, 2, 8, random)}`);
  const query =
    random.next() < 0.3 ? `?${some(lower, 1, 4, random)}=${some(base64Digits, 2, 8, random)}` : '';
  return `${random.pick(['http', 'https'])}://${host}${path.join('')}${query}`;
}
