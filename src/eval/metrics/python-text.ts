/**
 * What counts as space, word and punctuation for the published scorers: they are Python programs, whose classes of
 * characters differ from JavaScript's. Used wherever a metric must agree with them.
 */

/** `str.isspace`; JavaScript's `\s` leaves out U+001C to U+001F and U+0085 and adds U+FEFF. */
const space = '\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const spaces = new RegExp(`[${space}]+`);
const oneSpace = new RegExp(`[${space}]`);

/** As `str.split()`: the words between runs of space; none of an empty text. */
export function splitWords(text: string): readonly string[] {
  return text.split(spaces).filter(word => word !== '');
}

/** As `str.strip()`. */
export function strip(text: string): string {
  let start = 0;
  while (start < text.length && oneSpace.test(text[start]!)) start++;
  return stripEnd(text.slice(start));
}

/** As `str.rstrip()`. */
export function stripEnd(text: string): string {
  let end = text.length;
  while (end > 0 && oneSpace.test(text[end - 1]!)) end--;
  return text.slice(0, end);
}

/** Runs of space become one space, none at the ends. */
export function collapseSpace(text: string): string {
  return splitWords(text).join(' ');
}

/** ASCII punctuation (`string.punctuation`), for use inside a character class. */
export const asciiPunctuation = '!-\\/:-@\\[-`{-~';

/** A character of a word (`\w`), for use inside a character class of a regular expression with flag `u`. */
export const wordCharacter = '\\p{L}\\p{N}_';
