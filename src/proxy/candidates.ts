/**
 * Which parts of a body may become pages, by what they are and where they stand, counted from the beginning: what was
 * chosen once is chosen again in every later request of the conversation, so the pages sent stay the same bytes.
 */
import type { BodyPart } from '../model/index.ts';
import type { Settings } from './settings.ts';

/** Answers of the model so far; a run of calls, reasoning and text without a user between is one. */
export function countRounds(parts: readonly BodyPart[]): { readonly rounds: number; readonly at: number[] } {
  let rounds = 0;
  let isAnswering = false;
  const at = parts.map(({ role }) => {
    if (role === 'system') return rounds;
    if (role === 'assistant' && !isAnswering) rounds++;
    isAnswering = role === 'assistant';
    return rounds;
  });
  return { rounds, at };
}

/** Indexes of the parts, in order. */
export function chooseCandidates(parts: readonly BodyPart[], settings: Settings): number[] {
  const { recentRounds, roundsPerStep, minCharacters, minDocumentCharacters } = settings;
  const { rounds, at } = countRounds(parts);
  const settledRounds = Math.floor(Math.max(0, rounds - recentRounds) / roundsPerStep) * roundsPerStep;
  const lastTexts = new Map<number, number>();
  for (const [i, part] of parts.entries()) if (isUserText(part)) lastTexts.set(part.message, i);
  return [...parts.entries()].flatMap(([i, part]) => {
    const { text, kind, images, outcome, message } = part;
    if (images === 'impossible' || kind === 'other' || text.length < minCharacters) return [];
    if (kind === 'document') return [i];
    // What stands before the user's own words is material to read, from its first turn on.
    const isBefore = isUserText(part) && lastTexts.get(message) !== i;
    if (isBefore && text.length >= minDocumentCharacters) return [i];
    const isOld = at[i]! < settledRounds;
    return isOld && outcome === 'ok' && !(kind === 'tool-result' && looksLikeError(text)) ? [i] : [];
  });
}

const isUserText = ({ role, kind }: BodyPart): boolean => role === 'user' && kind === 'text';

/** Most formats do not mark the failure of a tool; errors are read letter by letter. */
const looksLikeError = (text: string): boolean =>
  /^\W{0,3}(error|fatal|panic|traceback|uncaught|exception|failed|command failed)\b/i.test(
    text.slice(0, 200),
  );
