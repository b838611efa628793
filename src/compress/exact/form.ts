/**
 * A form that exact strings take: its kind, a pattern, and where a pattern cannot decide, a judgement. Patterns are
 * sources of regular expressions. Each is bounded, or begins only where a run of its own characters begins, or takes
 * all it has read; so the search is linear whatever the text.
 */
import { inWord } from './characters.ts';

export type ExactKind =
  | 'uuid'
  | 'key'
  | 'url'
  | 'email'
  | 'iban'
  | 'mac'
  | 'ip'
  | 'time'
  | 'version'
  | 'number'
  | 'hash'
  | 'path'
  | 'identifier'
  | 'base64';

export interface Form {
  readonly kind: ExactKind;
  /** Characters it may begin with. */
  readonly first: RegExp;
  /** Characters its stretch must hold, of `0@/\.:-`; 0 stands for any digit. */
  readonly needs: string;
  /** Searched for only where a word begins or at what is no part of a word. */
  readonly pattern: string;
  /** How many characters of a match count, 0 for none; all of them where left out. */
  readonly lengthOf?: (match: string) => number;
}

/** The word ends here. */
export const wordEnd = `(?![${inWord}])`;
export const hexDigit = '[0-9a-fA-F]';

/** All of a match or nothing of it. */
export const wholeIf = (isExact: (match: string) => boolean) => (match: string) =>
  isExact(match) ? match.length : 0;

/** How long `match` is without the `marks` at its end. */
export function lengthWithout(marks: string, match: string): number {
  let length = match.length;
  while (length > 0 && marks.includes(match[length - 1]!)) length--;
  return length;
}
