/**
 * Many texts as one document, each after a line that names it, so that small files share pages; citations find their
 * way back to the file.
 */
import type { NamedText } from './conversation.ts';
import type { Span } from './page-source.ts';

/** Where one of several texts stands in a joined one. */
export interface NamedSpan extends Span {
  readonly name: string;
}

/** The same form as joined files have in rendered folders. */
export function joinTexts(texts: readonly NamedText[]): NamedText {
  const [first, second] = texts;
  if (first !== undefined && second === undefined) return first;
  let text = '';
  const parts: NamedSpan[] = [];
  for (const { name, text: part } of texts) {
    const gap = text === '' ? '' : text.endsWith('\n') ? '\n' : '\n\n';
    text += `${gap}=== ${name} ===\n`;
    parts.push({ name, start: text.length, end: text.length + part.length });
    text += part;
  }
  return { name: `${texts.length} files`, text, parts };
}
