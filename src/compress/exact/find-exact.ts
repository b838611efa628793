/**
 * Finds the strings of a text that must be read letter by letter: ids, keys, amounts, addresses, paths. Models misread
 * such strings on page images without noticing, so they travel as text beside the pages. One pass cuts the text into
 * stretches; only stretches that hold a digit or a mark that ordinary words have not are looked at again.
 *
 * Plain numbers are exact from five digits on, or with decimals, a currency or a unit; the year 1984 is not.
 */
import { AT, BACKSLASH, COLON, classes, DIGIT, DOT, GAP, HYPHEN, SLASH, WORD } from './characters.ts';
import type { ExactKind, Form } from './form.ts';
import { codeForms, nameForms } from './name-forms.ts';
import { numberForms, openingWords } from './number-forms.ts';
import { webForms } from './web-forms.ts';

export interface ExactSpan {
  readonly kind: ExactKind;
  /** UTF-16 code units of the text. */
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/** A form made ready. */
interface Search {
  readonly kind: ExactKind;
  /** Bits its stretch must have. */
  readonly needs: number;
  readonly pattern: RegExp;
  readonly lengthOf: Form['lengthOf'];
}

/** Two hyphens in a row, as before a command's flag. */
const FLAG = 512;
const bitOf: Readonly<Record<string, number>> = {
  '0': DIGIT,
  '@': AT,
  '/': SLASH,
  '\\': BACKSLASH,
  '.': DOT,
  ':': COLON,
  '-': HYPHEN,
};
/** A stretch without any of these is ordinary. */
const telling = DIGIT | AT | SLASH | BACKSLASH | DOT | FLAG;

/** The more a form says, the earlier it stands: of two matches of one length the earlier names the kind. */
const searches: readonly (Search & { readonly first: RegExp })[] = [
  ...codeForms,
  ...webForms,
  ...numberForms,
  ...nameForms,
].map(({ kind, first, needs, pattern, lengthOf }) => ({
  kind,
  first,
  needs: [...needs].reduce((bits, character) => bits | bitOf[character]!, 0),
  pattern: new RegExp(pattern, 'y'),
  lengthOf,
}));

/** Searches by first character; the last entry serves what is no ASCII. */
const searchesFrom: readonly (readonly Search[])[] = Array.from({ length: 129 }, (_, code) => {
  const samples = code < 128 ? [String.fromCharCode(code)] : ['é', '€', '−', '０'];
  return searches.filter(({ first }) => samples.some(sample => first.test(sample)));
});

/** All exact strings, in order, none over another: where forms meet, the one that begins first, then the longest. */
export function findExact(text: string): ExactSpan[] {
  const spans: ExactSpan[] = [];
  for (let at = 0; at < text.length; ) {
    const start = at;
    let features = 0;
    for (; at < text.length; at++) {
      const bits = classes[text.charCodeAt(at)]!;
      if ((bits & GAP) !== 0) break;
      if (bits === WORD) continue;
      features |= bits === DOT && !isWordAt(text, at + 1) ? 0 : bits;
      if (bits === HYPHEN && text.charCodeAt(at + 1) === 0x2d) features |= FLAG;
    }
    if (at === start) {
      at++;
      continue;
    }
    if (opensNumber(text, start, at)) features |= DIGIT;
    if ((features & telling) !== 0) at = searchStretch(text, start, at, features, spans);
  }
  return spans;
}

/** The stretch ends in a word such as `EUR` or `Jan`. */
function opensNumber(text: string, start: number, end: number): boolean {
  const at = end - 3;
  if (at < start || text.charCodeAt(at) > 0x5a) return false; // no capital: nearly all words end here
  return !isWordAt(text, at - 1) && openingWords.has(text.slice(at, end));
}

const isWordAt = (text: string, at: number): boolean =>
  at >= 0 && at < text.length && (classes[text.charCodeAt(at)]! & WORD) !== 0;

/** Returns where to go on: the stretch's end, or the end of a string that reaches beyond it. */
function searchStretch(
  text: string,
  start: number,
  end: number,
  features: number,
  spans: ExactSpan[],
): number {
  let at = start;
  let isInWord = isWordAt(text, at - 1);
  while (at < end) {
    const code = text.charCodeAt(at);
    const isWord = (classes[code]! & WORD) !== 0;
    const span = isInWord && isWord ? undefined : longestAt(text, at, code, features);
    if (span === undefined) {
      isInWord = isWord;
      at++;
    } else {
      spans.push(span);
      at = span.end;
      isInWord = isWordAt(text, at - 1);
    }
  }
  return at;
}

function longestAt(text: string, at: number, code: number, features: number): ExactSpan | undefined {
  let longest = 0;
  let kind: ExactKind = 'identifier';
  for (const search of searchesFrom[Math.min(code, 128)]!) {
    if ((features & search.needs) !== search.needs) continue;
    const { pattern, lengthOf } = search;
    pattern.lastIndex = at;
    if (!pattern.test(text)) continue;
    const length =
      lengthOf === undefined ? pattern.lastIndex - at : lengthOf(text.slice(at, pattern.lastIndex));
    if (length > longest) {
      longest = length;
      kind = search.kind;
    }
  }
  return longest === 0 ? undefined : { kind, start: at, end: at + longest };
}
