/**
 * Where the pieces end that byte-pair merging works on: the split patterns of o200k_base and cl100k_base (tiktoken
 * 0.14) as scanners. A scanner reads each character a bounded number of times, where a regular expression on a long
 * run may overflow its stack, and it can say that the text so far does not decide: then pieces cut from a stream are
 * those of the whole text. Each step names the alternative of the pattern it stands for.
 */
import {
  classAt,
  letter,
  lower,
  mark,
  newline,
  number,
  punctuation,
  surrogate,
  uncased,
  unitClasses,
  unitsAt,
  upper,
  whitespace,
  wordPrefix,
} from './char-class.ts';
import type { Tail } from './text-tokenizer.ts';

/** The text so far ends too early to say where the piece ends. */
export const undecided = -1;

/**
 * The end of the piece that starts at `at`, or `undecided`, which is never so at the end of the text. `at` is the
 * start of the text or the end of a piece.
 */
export type PretokenEnd = (text: string, at: number, tail: Tail) => number;

const none = -2;

/** o200k_base: words split at case changes and keep a contraction; slashes stay with the line break before them. */
export const o200kPretokenEnd: PretokenEnd = (text, at, tail) => {
  const first = classAt(text, at);
  const next = at + unitsAt(text, at);
  if (first & wordPrefix) {
    // [^\r\n\p{L}\p{N}]? before a word; a mark is also a letter of the word patterns, so it may stand alone.
    const end = casedWordEnd(text, next, tail, first & mark ? 'with-uncased' : 'any');
    if (end !== none) return end;
    if (first & mark) return contractionEnd(text, next, tail);
  }
  if (first & letter) return casedWordEnd(text, at, tail, 'any');
  if (first & number) return numberEnd(text, at, tail);
  const marks = punctuationEnd(text, at, tail, isNewlineOrSlash);
  if (marks !== none) return marks;
  return whitespaceEnd(text, at, tail, 'keep-trailing-apart');
};

/** cl100k_base: a contraction is a piece of its own; words ignore case. */
export const cl100kPretokenEnd: PretokenEnd = (text, at, tail) => {
  const first = classAt(text, at);
  if (text.charCodeAt(at) === apostrophe) {
    const end = contractionEnd(text, at, tail);
    if (end !== at) return end;
  }
  if (first & (wordPrefix | letter)) {
    // [^\r\n\p{L}\p{N}]?\p{L}+
    const start = first & letter ? at : at + unitsAt(text, at);
    const end = runEnd(text, start, letter);
    if (end === text.length && tail === 'more-may-come') return undecided;
    if (end > start) return end;
  }
  if (first & number) return numberEnd(text, at, tail);
  const marks = punctuationEnd(text, at, tail, isNewline);
  if (marks !== none) return marks;
  return whitespaceEnd(text, at, tail, 'join-trailing');
};

const apostrophe = 0x27;
const blank = 0x20;
const slash = 0x2f;

function runEnd(text: string, from: number, classes: number): number {
  const table = unitClasses();
  let at = from;
  for (; at < text.length; at += 1) {
    const is = table[text.charCodeAt(at)]!;
    if (is & classes) continue;
    if (is !== surrogate || !(classAt(text, at) & classes)) break;
    at += unitsAt(text, at) - 1;
  }
  return at;
}

/**
 * `[Lu Lt Lm Lo M]*[Ll Lm Lo M]+`, else `[Lu Lt Lm Lo M]+[Ll Lm Lo M]*`, each with a contraction. The first star
 * gives back characters until the plus has one: the last uncased letter or mark of the run ends the word then.
 * With `with-uncased` the second pattern is left out.
 */
function casedWordEnd(text: string, start: number, tail: Tail, which: 'any' | 'with-uncased'): number {
  const table = unitClasses();
  let at = start;
  let uncasedEnd = none;
  while (at < text.length) {
    let is = table[text.charCodeAt(at)]!;
    if (is === lower) break;
    if (is === surrogate) is = classAt(text, at);
    if (!(is & (upper | uncased | mark))) break;
    at += unitsAt(text, at);
    if (is & (uncased | mark)) uncasedEnd = at;
  }
  if (at === text.length && tail === 'more-may-come') return undecided;
  if (at < text.length && classAt(text, at) & lower) {
    const end = runEnd(text, at, lower | uncased | mark);
    if (end === text.length && tail === 'more-may-come') return undecided;
    return contractionEnd(text, end, tail);
  }
  if (uncasedEnd !== none) return contractionEnd(text, uncasedEnd, tail);
  if (at > start && which === 'any') return contractionEnd(text, at, tail);
  return none;
}

/** `(?i:'s|'t|'re|'ve|'m|'ll|'d)?` at `at`; U+017F is an s without regard to case. */
function contractionEnd(text: string, at: number, tail: Tail): number {
  if (at < text.length && text.charCodeAt(at) !== apostrophe) return at;
  if (at + 3 > text.length && tail === 'more-may-come') return undecided;
  const first = text.charAt(at + 1).toLowerCase();
  if (first === 's' || first === 't' || first === 'm' || first === 'd' || first === '\u017f') return at + 2;
  const two = first + text.charAt(at + 2).toLowerCase();
  return two === 're' || two === 've' || two === 'll' ? at + 3 : at;
}

/** `\p{N}{1,3}` */
function numberEnd(text: string, start: number, tail: Tail): number {
  let at = start;
  for (let digits = 0; digits < 3; digits += 1) {
    if (at === text.length) return tail === 'end-of-text' ? at : undecided;
    if (!(classAt(text, at) & number)) return at;
    at += unitsAt(text, at);
  }
  return at;
}

/** ` ?[^\s\p{L}\p{N}]+` and what may trail it. */
function punctuationEnd(text: string, start: number, tail: Tail, trails: (unit: number) => boolean): number {
  let from = start;
  if (text.charCodeAt(start) === blank) {
    from = start + 1;
    if (from === text.length) return tail === 'end-of-text' ? none : undecided;
  }
  let at = runEnd(text, from, punctuation);
  if (at === from) return none;
  while (at < text.length && trails(text.charCodeAt(at))) at += 1;
  return at === text.length && tail === 'more-may-come' ? undecided : at;
}

function isNewline(unit: number): boolean {
  return unit === 0x0a || unit === 0x0d;
}

function isNewlineOrSlash(unit: number): boolean {
  return unit === 0x0a || unit === 0x0d || unit === slash;
}

/**
 * `\s*[\r\n]+|\s+(?!\S)|\s+`: up to the last line break of the run, else all but the character before a word, else
 * all. cl100k_base first tries `\s+$`, which takes a run at the end of the text whole.
 */
function whitespaceEnd(
  text: string,
  start: number,
  tail: Tail,
  atEnd: 'keep-trailing-apart' | 'join-trailing',
): number {
  let at = start;
  let breakEnd = none;
  while (at < text.length) {
    const is = classAt(text, at);
    if (!(is & whitespace)) break;
    at += 1;
    if (is & newline) breakEnd = at;
  }
  if (at === text.length) {
    if (tail === 'more-may-come') return undecided;
    if (atEnd === 'join-trailing') return at;
  }
  if (breakEnd !== none) return breakEnd;
  return at === text.length || at - start === 1 ? at : at - 1;
}
