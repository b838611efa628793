/**
 * The text of one block as the published renderer sees it after clean-up and markup: one unit per character to set,
 * each with the span of the source it stands for. Source lines are joined by line breaks or newline marks; fragment
 * starts (an entity, a mark, the text after them) are noted, because word and line breaking depend on them.
 */
import type { FragmentCount } from './broken-line.ts';

/** A line break of the source. */
export const breakUnit = 0x110000;
/** A line break that carries a space, which page splitting of CJK text leaves behind. */
export const wideBreakUnit = 0x110001;
export const spaceUnit = 0x20;
export const noBreakSpaceUnit = 0xa0;

/** The unit begins a new markup fragment. */
export const fragmentFlag = 1;
/** The unit belongs to a newline mark in a colour of its own. */
export const markFlag = 2;
/** Drawn in the ink of the newline mark. */
export const inkFlag = 4;

export interface Units {
  length: number;
  /** Code point, or one of the break units. */
  code: Uint32Array;
  /** Source span of the unit, UTF-16 code units; empty for what has no source. */
  from: Uint32Array;
  to: Uint32Array;
  flags: Uint8Array;
  /** Thousandths of an em; 0 for line breaks. */
  advance: Float64Array;
}

export function createUnits(capacity: number): Units {
  return {
    length: 0,
    code: new Uint32Array(capacity),
    from: new Uint32Array(capacity),
    to: new Uint32Array(capacity),
    flags: new Uint8Array(capacity),
    advance: new Float64Array(capacity),
  };
}

export function addUnit(
  units: Units,
  code: number,
  from: number,
  to: number,
  flags: number,
  advance: number,
): void {
  const at = units.length++;
  units.code[at] = code;
  units.from[at] = from;
  units.to[at] = to;
  units.flags[at] = flags;
  units.advance[at] = advance;
}

export function isBreak(code: number): boolean {
  return code >= breakUnit;
}

/** Fragments are line breaks and what begins at a fragment start. */
export function fragmentCount(units: Units): FragmentCount {
  let count = 0;
  for (let i = 0; i < units.length; i++) {
    if ((units.flags[i]! & fragmentFlag) === 0 && !isBreak(units.code[i]!)) continue;
    if (++count === 2) return 'several';
  }
  return 'single';
}
