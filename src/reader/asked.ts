/**
 * What a conversation asks of the reader: a question, and the rows it is to be found in, those of pages or of a text.
 * Only a first question is taken so; a conversation that goes on is read as it stands.
 */
import type { ImagePart, Message } from '../model/index.ts';
import { mostPages, mostRows } from './vocabulary.ts';

export type Asked =
  | { readonly from: 'pages'; readonly question: string; readonly pages: readonly ImagePart[] }
  | { readonly from: 'text'; readonly question: string; readonly rows: readonly string[] };

/** Undefined where nothing is given to find an answer in, or no question asked. */
export function askedOf(messages: readonly Message[], rowCharacters: number): Asked | undefined {
  const turns = messages.filter(({ role }) => role !== 'system');
  const [message, more] = turns;
  if (message?.role !== 'user' || more !== undefined) return undefined;
  const { parts } = message;
  const pages = parts.filter((part): part is ImagePart => part.type === 'image');
  const textOf = (some: Message['parts']) =>
    some
      .flatMap(part => (part.type === 'text' ? [part.text] : []))
      .join('')
      .trim();
  if (pages.length > 0) {
    const lastPage = parts.findLastIndex(part => part.type === 'image');
    const question = textOf(parts.slice(lastPage + 1)) || textOf(parts);
    return question === '' ? undefined : { from: 'pages', question, pages };
  }
  const text = textOf(parts);
  const end = text.lastIndexOf('\n');
  const rows = text
    .slice(0, Math.max(0, end))
    .split('\n')
    .flatMap(line => wrapped(`${line}\n`, rowCharacters));
  const isTooLong = rows.length > mostPages * mostRows;
  return end < 0 || isTooLong ? undefined : { from: 'text', question: text.slice(end + 1), rows };
}

/** Cut after spaces, as lines of a page are; a longer word is cut where it must be. */
function wrapped(line: string, most: number): readonly string[] {
  const rows: string[] = [];
  let rest = line;
  while (rest.length > most) {
    const space = rest.lastIndexOf(' ', most - 1);
    const end = space < 0 ? most : space + 1;
    rows.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...rows, rest];
}
