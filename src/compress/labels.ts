/** The few words that stand between pages, so that a model can name a page and a line. */
import type { TextPart } from '../model/index.ts';

const text = (words: string): TextPart => ({ type: 'text', text: words });

/** Before the pages of a document. */
export function introduction(name: string, first: number, last: number): TextPart {
  const pages = first === last ? `page ${first}` : `pages ${first} to ${last}`;
  return text(`Images of ${name}, ${pages}:`);
}

/** Before each page. */
export const pageLabel = (number: number): TextPart => text(`Page ${number}:`);

/** Before a page given as its text. */
export const textPage = (number: number, pageText: string): TextPart =>
  text(`Page ${number}, as text:\n${pageText}`);
