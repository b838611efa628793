/**
 * Where a line may end between two characters, from their classes alone: the tailored UAX #14 rules as one 16 x 16
 * table. Western text breaks at white space only, as the published renderer does (no break after `-` or `/`); CJK
 * breaks anywhere but at what kinsoku forbids. What classes cannot tell is in `breaks.ts`.
 */
import {
  CLOSE,
  CLOSE_WIDE,
  HANGUL,
  IDEOGRAPH,
  NEWLINE,
  OPEN,
  OPEN_WIDE,
  SPACE,
  TAB,
  WORD,
  ZERO_WIDTH_SPACE,
} from './classes.ts';

const whiteSpace: readonly number[] = [SPACE, TAB, NEWLINE, ZERO_WIDTH_SPACE];
const ideographs: readonly number[] = [IDEOGRAPH, HANGUL];

function mayBreak(before: number, after: number): boolean {
  if (whiteSpace.includes(after)) return false;
  if (whiteSpace.includes(before)) return true;
  if (ideographs.includes(before)) return [...ideographs, WORD, OPEN, OPEN_WIDE].includes(after);
  if (before === CLOSE_WIDE) return [...ideographs, WORD, OPEN, OPEN_WIDE].includes(after);
  if (before === WORD || before === CLOSE) return [...ideographs, OPEN_WIDE].includes(after);
  return false;
}

/** 1 at `before << 4 | after` where a line may end between those two classes, else 0. */
export const breakPairs: Readonly<Uint8Array> = Uint8Array.from({ length: 256 }, (_, pair) =>
  mayBreak(pair >> 4, pair & 15) ? 1 : 0,
);

/** Whether a line may end between two neighbouring characters of these classes. */
export function canBreakBetween(before: number, after: number): boolean {
  return breakPairs[(before << 4) | after] === 1;
}
