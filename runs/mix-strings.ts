/**
 * Books with strings between their words that nobody can guess, facts as questions ask for between their sentences, and indented
 * lines; and one more of such strings alone: `npx tsx runs/mix-strings.ts BOOKS OUT`. From books alone a reader learns what
 * letters are likely, and takes digits in a sentence for letters.
 */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRandom, type Random } from '../src/base/index.ts';
import { cleanText } from '../src/data/index.ts';
import { drawWording } from '../src/data/questions/needle-wording.ts';

const [books = '', out = ''] = process.argv.slice(2);
/** Words from one string to the next, on average; and how often a run of strings follows. */
const [wordsBetween, runShare] = [7, 0.12];
/** Of the spaces after a sentence, those with a fact; of the lines, those indented. */
const [factShare, indentedShare] = [0.12, 0.08];

const several = (count: number, one: () => string) => Array.from({ length: count }, one).join('');

function randomString(random: Random): string {
  const digit = () => String(random.integer(0, 9));
  const hexDigit = () => random.integer(0, 15).toString(16);
  const printable = () => String.fromCharCode(random.integer(33, 126));
  return random.weighted<() => string>([
    [3, () => several(random.integer(1, 8), digit)],
    [
      1,
      () =>
        `${several(random.integer(1, 4), digit)}${random.pick(['.', ',', ':', '-', '/'])}${several(random.integer(1, 4), digit)}`,
    ],
    [4, () => several(random.integer(1, 10), printable)],
    [1, () => several(random.integer(2, 8), () => String.fromCharCode(random.integer(65, 90)))],
    [1, () => [8, 4, 4, 4, 12].map(length => several(length, hexDigit)).join('-')],
  ])();
}

function randomFact(random: Random): string {
  const { newNames, newValues, fact, oneFact } = drawWording(random);
  const [name = '', value = ''] = [...newNames(1, '', random), ...newValues(1, '', random)];
  return random.pick([fact, oneFact])(name, value);
}

/** Characters of the book of strings alone, against all others together. */
const stringsShare = 0.4;

await mkdir(out, { recursive: true });
let written = 0;
for (const name of (await readdir(books)).filter(each => each.endsWith('.txt')).sort()) {
  const random = createRandom(`mix ${name}`);
  const mixed = cleanText(await readFile(join(books, name), 'utf8'))
    .replace(/(?<=[.?!]["”’]? ) ?(?=\S)/g, space =>
      random.next() < factShare ? `${space}${randomFact(random)} ` : space,
    )
    .replace(/ (?=\S)/g, space => {
      if (random.next() > 1 / wordsBetween) return space;
      const count = random.next() < runShare ? random.integer(8, 40) : 1;
      return ` ${Array.from({ length: count }, () => randomString(random)).join(' ')} `;
    })
    .replace(/^(?=\S)/gm, () => (random.next() < indentedShare ? ' '.repeat(random.integer(1, 16)) : ''));
  await writeFile(join(out, name), mixed);
  written += mixed.length;
}
const random = createRandom('strings alone');
const printable = () => String.fromCharCode(random.integer(33, 126));
let strings = '';
while (strings.length < stringsShare * written) {
  const line = Array.from({ length: random.integer(4, 20) }, () =>
    several(random.integer(1, 12), printable),
  ).join(' ');
  strings += `${line}${random.next() < 0.2 ? '\n' : ' '}`;
}
await writeFile(join(out, 'strings.txt'), strings);
