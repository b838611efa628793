/**
 * Porter's stemmer (M. Porter, "An algorithm for suffix stripping", 1980) with the extensions of NLTK, the variant
 * Google's ROUGE stems with. Takes words of a to z and 0 to 9.
 */

const irregular: ReadonlyMap<string, string> = new Map([
  ['sky', 'sky'],
  ['skies', 'sky'],
  ['dying', 'die'],
  ['lying', 'lie'],
  ['tying', 'tie'],
  ['news', 'news'],
  ['innings', 'inning'],
  ['inning', 'inning'],
  ['outings', 'outing'],
  ['outing', 'outing'],
  ['cannings', 'canning'],
  ['canning', 'canning'],
  ['howe', 'howe'],
  ['proceed', 'proceed'],
  ['exceed', 'exceed'],
  ['succeed', 'succeed'],
]);

/** @param word lower case, e.g. "relational" → "relat" */
export function porterStem(word: string): string {
  const known = irregular.get(word);
  if (known !== undefined) return known;
  if (word.length <= 2) return word;
  const inflected = replaceY(dropPast(dropPlural(word)));
  return dropDouble(dropE(stripLast(stripThird(stripSecond(inflected)))));
}

/** True where the letter is a consonant: y is one at the start and after a vowel. */
function consonants(word: string): readonly boolean[] {
  const flags: boolean[] = [];
  for (const letter of word) {
    if (letter === 'y') flags.push(flags.at(-1) !== true);
    else flags.push(!'aeiou'.includes(letter));
  }
  return flags;
}

/** The paper's m: how often a consonant follows a vowel. */
function measure(stem: string): number {
  const flags = consonants(stem);
  return flags.filter((isConsonant, i) => isConsonant && flags[i - 1] === false).length;
}

const hasVowel = (stem: string) => consonants(stem).includes(false);

/** The paper's *o: consonant, vowel, consonant other than w, x, y; NLTK adds vowel, consonant. */
function endsShort(stem: string): boolean {
  const [first, second, third] = consonants(stem).slice(-3);
  if (stem.length === 2) return first === false && second === true;
  return stem.length > 2 && first === true && second === false && third === true && !/[wxy]$/.test(stem);
}

type Rule = readonly [suffix: string, replacement: string];

/** The first rule whose suffix the word has decides; it may decide to change nothing. */
function applyFirst(
  word: string,
  rules: readonly Rule[],
  holds: (stem: string, suffix: string) => boolean,
): string {
  const rule = rules.find(([suffix]) => word.endsWith(suffix));
  if (rule === undefined) return word;
  const [suffix, replacement] = rule;
  const stem = word.slice(0, word.length - suffix.length);
  return holds(stem, suffix) ? stem + replacement : word;
}

/** Step 1a. */
function dropPlural(word: string): string {
  if (word.length === 4 && word.endsWith('ies')) return word.slice(0, -1);
  return word.replace(/(?<=ss)es$|(?<=i)es$|(?<!s)s$/, '');
}

/** Step 1b. */
function dropPast(word: string): string {
  if (word.endsWith('ied')) return word.slice(0, word.length === 4 ? -1 : -2);
  if (word.endsWith('eed')) return measure(word.slice(0, -3)) > 0 ? word.slice(0, -1) : word;
  const suffix = /(?:ed|ing)$/.exec(word)?.[0];
  if (suffix === undefined) return word;
  const stem = word.slice(0, -suffix.length);
  if (!hasVowel(stem)) return word;
  if (/(?:at|bl|iz)$/.test(stem)) return `${stem}e`;
  if (stem.at(-1) === stem.at(-2) && consonants(stem).at(-1))
    return /[lsz]$/.test(stem) ? stem : stem.slice(0, -1);
  return measure(stem) === 1 && endsShort(stem) ? `${stem}e` : stem;
}

/** Step 1c: happy → happi, but enjoy and by stay. */
function replaceY(word: string): string {
  return applyFirst(word, [['y', 'i']], stem => stem.length > 1 && consonants(stem).at(-1) === true);
}

const secondRules: readonly Rule[] = [
  ['ational', 'ate'],
  ['tional', 'tion'],
  ['enci', 'ence'],
  ['anci', 'ance'],
  ['izer', 'ize'],
  ['bli', 'ble'],
  ['alli', 'al'],
  ['entli', 'ent'],
  ['eli', 'e'],
  ['ousli', 'ous'],
  ['ization', 'ize'],
  ['ation', 'ate'],
  ['ator', 'ate'],
  ['alism', 'al'],
  ['iveness', 'ive'],
  ['fulness', 'ful'],
  ['ousness', 'ous'],
  ['aliti', 'al'],
  ['iviti', 'ive'],
  ['biliti', 'ble'],
  ['fulli', 'ful'],
  ['logi', 'log'],
];

/** Step 2. */
function stripSecond(word: string): string {
  if (word.endsWith('alli') && measure(word.slice(0, -4)) > 0) return stripSecond(word.slice(0, -2));
  return applyFirst(word, secondRules, (stem, suffix) => measure(suffix === 'logi' ? `${stem}l` : stem) > 0);
}

const thirdRules: readonly Rule[] = [
  ['icate', 'ic'],
  ['ative', ''],
  ['alize', 'al'],
  ['iciti', 'ic'],
  ['ical', 'ic'],
  ['ful', ''],
  ['ness', ''],
];

/** Step 3. */
function stripThird(word: string): string {
  return applyFirst(word, thirdRules, stem => measure(stem) > 0);
}

const lastRules: readonly Rule[] =
  'al ance ence er ic able ible ant ement ment ent ion ou ism ate iti ous ive ize'
    .split(' ')
    .map(suffix => [suffix, '']);

/** Step 4. */
function stripLast(word: string): string {
  return applyFirst(
    word,
    lastRules,
    (stem, suffix) => measure(stem) > 1 && (suffix !== 'ion' || /[st]$/.test(stem)),
  );
}

/** Step 5a. */
function dropE(word: string): string {
  return applyFirst(word, [['e', '']], stem => {
    const m = measure(stem);
    return m > 1 || (m === 1 && !endsShort(stem));
  });
}

/** Step 5b. */
function dropDouble(word: string): string {
  return applyFirst(word, [['ll', 'l']], stem => measure(`${stem}l`) > 1);
}
