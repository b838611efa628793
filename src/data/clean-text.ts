/**
 * A stretch of a document made ready to be drawn and to be learnt: hard-wrapped lines joined by the renderer's own rules,
 * what draws nothing taken out. Drawn with `reflow: 'off'`, each line of a page is then a slice of this text as it
 * stands, so targets are slices too.
 */
import { createParagraphSplitter, softNewlineIsSpace } from '../text/index.ts';

/** Marks that engines put images in place of, or that end a turn: a text that holds one would change its own meaning. */
const engineMarks =
  /<\/?(?:image|video|audio|bbox|ref-object|cot-process|start-image|think|answer)>|<\|[^|<>\s]{1,40}\|>/i;

/** Whether a text holds what an engine would not take as text, such as a literal `<image>`. */
export const holdsEngineMarks = (text: string): boolean => engineMarks.test(text);

const lineEnd = /(?:\r\n|[\n-\r\u0085\u2028\u2029])$/;
const softEnd = /[ \t]*(?:\r\n|[\n-\r\u0085\u2028\u2029])[ \t]*/g;
/** Soft hyphens, zero-width spaces, byte order marks and control characters. */
const undrawn = /[\u00ad\u200b\ufeff\u0000-\u0008\u000e-\u001f\u007f]/g;

export function cleanText(raw: string): string {
  const splitter = createParagraphSplitter({ reflow: 'auto' });
  let text = '';
  for (const paragraphs of [splitter.push(raw), splitter.end()]) {
    for (const paragraph of paragraphs) {
      const joined = paragraph.text.replace(lineEnd, '').replace(softEnd, softText);
      text += paragraph.isEnd ? `${joined.trimEnd()}\n` : joined;
    }
  }
  return text
    .replace(undrawn, '')
    .replace(/\n{4,}/g, '\n\n\n')
    .replace(/^\n+|\s+$/g, '');
}

/** What a soft line end is drawn as. */
const softText = (match: string, offset: number, whole: string): string =>
  softNewlineIsSpace(whole.charCodeAt(offset - 1), whole.charCodeAt(offset + match.length)) ? ' ' : '';

/** Not after a title such as "Mrs." */
const sentenceEnd = /(?:(?<!\b(?:Mr|Mrs|Ms|Dr|St|Prof|Capt))[.!?]["'”’)]*(?=\s)|[。！？]["”’」』）]*|\n)\s*/g;

/** Offsets where a new sentence or line begins. */
export const sentenceStarts = (text: string): number[] =>
  Array.from(text.matchAll(sentenceEnd), match => match.index + match[0].length);

/**
 * The beginning of a text, about `length` long: up to the last line or sentence end before it, else the last space.
 * The white space there belongs to the beginning.
 */
export function cutText(text: string, length: number): string {
  if (length >= text.length) return text;
  const head = text.slice(0, length);
  let end = sentenceStarts(head).at(-1) ?? 0;
  if (end < length / 2) end = head.search(/\s\S*$/) + 1;
  if (end < length / 2) end = isHighSurrogate(head.charCodeAt(length - 1)) ? length - 1 : length;
  return head.slice(0, end);
}

export const isHighSurrogate = (unit: number): boolean => (unit & 0xfc00) === 0xd800;
