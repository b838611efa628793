/** A memory as messages: one of the user with the pages, then the recent turns as they are. */
import type { Message, Part, TextPart } from '../../model/index.ts';

export interface ViewContent {
  /** The words before the pages; '' for none. */
  readonly introduction: string;
  readonly pages: readonly Part[];
  /** What stands between the last page and the first turn shown as a message; '' for nothing. */
  readonly rest: string;
  readonly turns: readonly Message[];
  readonly partOrder: 'as-given' | 'images-first';
}

/** What to say before so many pages; '' where there is nothing to say. */
export function introductionOf(pages: number, turnsLeftOut: number): string {
  const notice =
    turnsLeftOut === 0
      ? []
      : [`The oldest turns, ${turnsLeftOut} of them, are no longer shown; recall brings them back as text.`];
  const heading = pages === 0 ? [] : ['Earlier conversation, as page images, oldest first.'];
  return [...notice, ...heading].join(' ');
}

export const restText = (rest: string): string => (rest === '' ? '' : `It goes on, as text:\n${rest}`);

/**
 * Grows at its end: while no page is finished, moved or left out, the parts and messages of one view begin those of the
 * next.
 */
export function viewOf({ introduction, pages, rest, turns, partOrder }: ViewContent): Message[] {
  const parts = [...textParts(introduction), ...pages, ...textParts(restText(rest))];
  if (parts.length === 0) return [...turns];
  return [{ role: 'user', parts: partOrder === 'as-given' ? parts : imagesFirst(parts) }, ...turns];
}

/** A text as it is to stay, whoever compresses the messages once more; no part for none. */
export const textParts = (text: string): TextPart[] =>
  text === '' ? [] : [{ type: 'text', text, use: 'instruction' }];

const imagesFirst = (parts: readonly Part[]): Part[] => [
  ...parts.filter(part => part.type === 'image'),
  ...parts.filter(part => part.type !== 'image'),
];
