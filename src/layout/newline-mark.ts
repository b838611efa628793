/**
 * The visible sign that may stand for a line break (`newlineMark`, e.g. a red " \n "), which lets short lines flow on
 * and so packs pages more densely: the published renderer's newline markup.
 */
import type { RenderConfig } from '../config/index.ts';
import type { FontChain } from '../font/index.ts';
import { characterClass, NEWLINE } from '../text/index.ts';

export interface NewlineMark {
  readonly keys: readonly number[];
  readonly advancesPt: readonly number[];
  readonly widthPt: number;
  /** Whether a breakable space stands before and after it. */
  readonly spaceBefore: boolean;
  readonly spaceAfter: boolean;
}

/** The mark of a config, undefined where line breaks are real. The chain must know the mark's characters. */
export function newlineMarkOf(config: RenderConfig, fonts: FontChain): NewlineMark | undefined {
  const { newlineMark } = config;
  if (newlineMark === '') return undefined;
  const core = newlineMark.trim();
  const keys = Array.from(core, character => fonts.keyOf(character.codePointAt(0)!));
  const advancesPt = keys.map(key => fonts.advance(key) * config.fontSize);
  return {
    keys,
    advancesPt,
    widthPt: advancesPt.reduce((sum, advance) => sum + advance, 0),
    spaceBefore: /^\s/.test(newlineMark),
    spaceAfter: /\s$/.test(newlineMark),
  };
}

/** Where the spaces begin that end a run of spaces and newlines before `end`, which holds a newline. */
export function afterLastNewline(text: string, end: number): number {
  let at = end;
  while (characterClass[text.charCodeAt(at - 1)] !== NEWLINE) at--;
  return at;
}
