/**
 * Where a line may end inside text that classes alone cannot break: combining marks, emoji, Thai, Tibetan, and
 * ideographs beyond the BMP. Works on grapheme clusters, gives each the class of its base and asks the same pair table
 * as the fast path, so a text breaks alike whether or not it also holds a character that needs shaping.
 */
import { breakPairs } from './break-pairs.ts';
import {
  CLOSE,
  CLOSE_WIDE,
  COMPLEX,
  characterClass,
  HANGUL,
  IDEOGRAPH,
  IGNORABLE,
  SPACE,
  WORD,
} from './classes.ts';
import { findWordBoundaries, hasDictionary } from './dictionary-breaks.ts';
import { graphemeBoundaries } from './graphemes.ts';
import { scriptOf } from './scripts.ts';

/** Scripts that write words without spaces and need a dictionary; UAX #14 class SA. */
const dictionaryScripts: ReadonlySet<string> = new Set(
  'Thai Laoo Khmr Mymr Tale Talu Lana Tavt Ahom'.split(' '),
);

/** Scripts beyond the class table whose characters part like ideographs. */
const ideographScripts: ReadonlySet<string> = new Set('Hani Hira Kana Bopo Tang Nshu Kits Zsye'.split(' '));

/** Marks of dictionary scripts that follow a word: repetition, abbreviation and full stops. */
const isTrailingMark = (codePoint: number) =>
  codePoint === 0x0e2f || // Thai paiyannoi
  codePoint === 0x0e46 || // Thai maiyamok
  codePoint === 0x0eaf || // Lao ellipsis
  codePoint === 0x0ec6 || // Lao ko la
  (codePoint >= 0x0e5a && codePoint <= 0x0e5b) ||
  (codePoint >= 0x104a && codePoint <= 0x104b) ||
  (codePoint >= 0x17d4 && codePoint <= 0x17da);

/** Tibetan parts syllables with a tsheg, a line may end after it; a shad ends a phrase and never starts a line. */
function tibetanClass(lastUnit: number): number {
  if (lastUnit === 0x0f0b || lastUnit === 0x0fd2) return CLOSE_WIDE;
  if (lastUnit >= 0x0f0d && lastUnit <= 0x0f14) return CLOSE;
  return WORD;
}

/** Joiners without a base, marks and embeddings of direction. */
const isFormat = (unit: number) =>
  (unit >= 0x200c && unit <= 0x200f) ||
  (unit >= 0x202a && unit <= 0x202e) ||
  (unit >= 0x2066 && unit <= 0x2069);

/** The class by which the cluster from `start` to `end` breaks, never COMPLEX. */
function clusterClass(text: string, start: number, end: number, script: string): number {
  const unit = text.charCodeAt(start);
  const unitClass = characterClass[unit]!;
  const lastUnit = text.charCodeAt(end - 1);
  if (unitClass !== COMPLEX) {
    if (unitClass === SPACE && end - start > 1) return WORD; // UAX #14 LB10: a mark on a space is a letter
    return unitClass === WORD && lastUnit === 0xfe0f ? IDEOGRAPH : unitClass; // a symbol shown as emoji
  }
  if (ideographScripts.has(script)) return IDEOGRAPH;
  if (script === 'Hang') return HANGUL;
  if (script === 'Tibt') return tibetanClass(lastUnit);
  return isFormat(unit) ? IGNORABLE : WORD;
}

/** Script of a cluster's base where its class does not tell enough, else ''. */
function complexScript(text: string, start: number): string {
  return characterClass[text.charCodeAt(start)] === COMPLEX ? scriptOf(text.codePointAt(start)!) : '';
}

/** Any character of a dictionary script inside the BMP: a quick look before the slow one. */
const hasDictionaryScript =
  /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\ua9e0-\ua9ff\uaa60-\uaadf]/;

/** Where words of dictionary scripts end, as offsets into `text`; without a dictionary, where their clusters end. */
function dictionaryOffsets(text: string, boundaries: Int32Array): ReadonlySet<number> {
  const offsets = new Set<number>();
  if (!hasDictionaryScript.test(text)) return offsets;
  let runStart = -1;
  let start = 0;
  const add = (offset: number) => {
    if (!isTrailingMark(text.charCodeAt(offset))) offsets.add(offset);
  };
  const endRun = (runEnd: number) => {
    if (runStart < 0 || !hasDictionary) return;
    const from = runStart;
    findWordBoundaries(text.slice(from, runEnd), offset => add(from + offset));
  };
  for (const end of boundaries) {
    if (!dictionaryScripts.has(complexScript(text, start))) {
      endRun(start);
      runStart = -1;
    } else if (runStart < 0) {
      runStart = start;
    } else if (!hasDictionary) {
      add(start);
    }
    start = end;
  }
  endRun(text.length);
  return offsets;
}

/**
 * Every offset strictly inside `text` before which a line may start, ascending, in UTF-16 code units; white space
 * belongs to the line before. Never inside a grapheme cluster. After UAX #14, tailored as `break-pairs.ts` says.
 */
export function breakOffsets(text: string): Int32Array {
  const boundaries = graphemeBoundaries(text);
  const words = dictionaryOffsets(text, boundaries);
  const offsets = new Int32Array(boundaries.length);
  let count = 0;
  let start = 0;
  let before = WORD;
  for (const end of boundaries) {
    const after = clusterClass(text, start, end, complexScript(text, start));
    if (start > 0 && (breakPairs[(before << 4) | after] === 1 || words.has(start))) offsets[count++] = start;
    before = after;
    start = end;
  }
  return offsets.subarray(0, count);
}
