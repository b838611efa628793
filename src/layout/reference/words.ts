/**
 * Cuts the units of a block into the words the published renderer breaks between. A block of several markup fragments
 * goes through its fragment-wise rules: a space at a fragment's start closes the word before it and leaves an empty
 * word, leading space after a line break is lost, and a fragment with a no-break space is split by another routine,
 * which leaves one more empty word at each end that has a space. A block of one fragment is plainly split at spaces.
 */
import type { FragmentCount } from './broken-line.ts';
import { type Metrics, points } from './fonts.ts';
import {
  breakUnit,
  fragmentCount,
  fragmentFlag,
  isBreak,
  markFlag,
  noBreakSpaceUnit,
  spaceUnit,
  type Units,
} from './units.ts';

/** The word is followed by a space. */
export const spacedFlag = 1;
/** A line break of the source. */
export const breakFlag = 2;
/** An empty word in the colour of the newline mark. */
export const markedFlag = 4;

export interface Words {
  length: number;
  /** Unit span; empty for line breaks and the empty words between fragments. */
  first: Uint32Array;
  end: Uint32Array;
  /** pt */
  width: Float64Array;
  flags: Uint8Array;
  fragments: FragmentCount;
}

function createWords(capacity: number): Words {
  return {
    length: 0,
    first: new Uint32Array(capacity),
    end: new Uint32Array(capacity),
    width: new Float64Array(capacity),
    flags: new Uint8Array(capacity),
    fragments: 'several',
  };
}

/** Words of a block; takes the arrays of `reuse` when they are large enough. */
export function cutWords(units: Units, metrics: Metrics, reuse?: Words): Words {
  // At most two empty words come with each space, one at a fragment's start.
  const capacity = 2 * units.length + 2;
  const words = reuse !== undefined && reuse.first.length >= capacity ? reuse : createWords(capacity);
  words.length = 0;
  words.fragments = fragmentCount(units);
  if (words.fragments === 'single') cutSingle(units, metrics, words);
  else cutSeveral(units, metrics, words);
  return words;
}

function addWord(words: Words, first: number, end: number, width: number, flags: number): void {
  const at = words.length++;
  words.first[at] = first;
  words.end[at] = end;
  words.width[at] = width;
  words.flags[at] = flags;
}

function cutSingle(units: Units, metrics: Metrics, words: Words): void {
  const { code, length } = units;
  if (length > 0 && isBreak(code[0]!)) return;
  for (let first = 0; first < length; ) {
    let advance = 0;
    let end = first;
    for (; end < length && code[end] !== spaceUnit; end++) advance += units.advance[end]!;
    if (end > first) addWord(words, first, end, points(advance, metrics.fontSize), spacedFlag);
    first = end + 1;
  }
}

function cutSeveral(units: Units, metrics: Metrics, words: Words): void {
  const { code, flags, advance, length } = units;
  const open = { first: -1, end: 0, width: 0 };
  let stripping = true;
  for (let start = 0; start < length; ) {
    if (isBreak(code[start]!)) {
      closeWord(words, open, 0);
      addWord(words, start, start, 0, breakFlag);
      stripping = true;
      start++;
      continue;
    }
    let hasNoBreakSpace = false;
    let end = start;
    do {
      if (code[end] === noBreakSpaceUnit) hasNoBreakSpace = true;
      end++;
    } while (end < length && (flags[end]! & fragmentFlag) === 0 && code[end]! < breakUnit);
    const marked = (flags[start]! & markFlag) === 0 ? 0 : markedFlag;
    let at = start;
    start = end;
    if (stripping && code[at] === spaceUnit) {
      at++;
      if (at === end) continue;
    }
    stripping = false;
    if (code[at] === spaceUnit) {
      let follows = false;
      if (open.first >= 0) closeWord(words, open, 0);
      else follows = words.length > 0 && (words.flags[words.length - 1]! & spacedFlag) !== 0;
      if (!follows) addWord(words, at, at, 0, spacedFlag | marked);
      at++;
      if (hasNoBreakSpace) addWord(words, at, at, 0, spacedFlag | marked);
    }
    while (at < end) {
      if (open.first < 0) {
        open.first = at;
        open.width = 0;
      }
      let sum = 0;
      for (; at < end && code[at] !== spaceUnit; at++) sum += advance[at]!;
      open.width += points(sum, metrics.fontSize);
      open.end = at;
      if (at === end) break;
      closeWord(words, open, spacedFlag);
      at++;
      if (at === end && hasNoBreakSpace) addWord(words, at, at, 0, spacedFlag | marked);
    }
  }
  closeWord(words, open, 0);
  // A block that is all white space still takes a line.
  if (words.length === 0 && length > 0) addWord(words, 0, 0, 0, 0);
}

function closeWord(words: Words, open: { first: number; end: number; width: number }, flags: number): void {
  if (open.first < 0) return;
  addWord(words, open.first, open.end, open.width, flags);
  open.first = -1;
}
