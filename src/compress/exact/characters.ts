/**
 * Classes of characters for the search of exact strings. Whatever is no ASCII and no letter of an alphabet (Latin,
 * Greek, Cyrillic) parts words, so that strings set between Chinese characters without spaces are found too.
 */

/** Letters, digits, underscore. */
export const WORD = 1;
/** Parts stretches: white space, quotes, brackets that hold no string, other scripts. */
export const GAP = 2;
/** Digits, and currency signs, which promise one. */
export const DIGIT = 4;
export const AT = 8;
export const SLASH = 16;
export const BACKSLASH = 32;
export const DOT = 64;
export const COLON = 128;
export const HYPHEN = 256;

/** Insides of a pattern's character class: letters, and all that WORD holds. */
export const inLetters = 'A-Za-z\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u052f';
export const inWord = `${inLetters}0-9_`;
export const inCurrency = '$£¥€₹₽₩￥';
/** Hyphens, those of word processors too. */
export const inHyphens = '\\-\\u2010\\u2011';
/** The zeros of ASCII, Arabic, Persian, Devanagari and full-width digits. */
const zeros = [0x30, 0x660, 0x6f0, 0x966, 0xff10];
export const inOtherDigits = '\\u0660-\\u0669\\u06f0-\\u06f9\\u0966-\\u096f\\uff10-\\uff19';

/** Class of each UTF-16 code unit. */
export const classes = buildClasses();

function buildClasses(): Uint16Array {
  const table = new Uint16Array(0x1_0000).fill(GAP);
  table.fill(0, 0x21, 0x7f); // punctuation that strings are made of, unless named below
  const set = (characters: string, bits: number): void => {
    for (const character of characters) table[character.charCodeAt(0)] = bits;
  };
  set('"\'`<>{}|,;^', GAP);
  set('@', AT);
  set('/', SLASH);
  set('\\', BACKSLASH);
  set('.', DOT);
  set(':', COLON);
  set('-\u2010\u2011', HYPHEN);
  set(inCurrency, DIGIT);
  set('°µ', 0);
  const isWord = new RegExp(`[${inWord}]`);
  for (let code = 0; code < 0x530; code++) if (isWord.test(String.fromCharCode(code))) table[code] = WORD;
  for (const zero of zeros) table.fill(WORD | DIGIT, zero, zero + 10);
  return table;
}
