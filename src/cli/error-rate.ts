/** How much of a transcription is wrong: edits by character, white space counting as one space. */
import { distance } from 'fastest-levenshtein';

export interface CharacterErrors {
  /** Insertions, deletions and substitutions. */
  readonly errors: number;
  /** Of the target, as compared. */
  readonly characters: number;
  /** `errors` ÷ `characters`; with an empty target 0 where nothing was read, else 1. */
  readonly rate: number;
}

/** A text as it is compared. */
export const comparable = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim();

export function characterErrors(read: string, target: string): CharacterErrors {
  const wanted = comparable(target);
  const errors = distance(comparable(read), wanted);
  const characters = wanted.length;
  return { errors, characters, rate: characters === 0 ? Math.min(1, errors) : errors / characters };
}
