/**
 * HTML from templates in which everything that is put in is escaped, so that what a model or a data set says is only
 * ever text. Only what this made itself goes in as it is.
 */

/** Markup made by `html`. */
export interface Html {
  readonly markup: string;
}

type Content = Html | string | number | readonly Html[];

export function html(strings: TemplateStringsArray, ...contents: readonly Content[]): Html {
  const pieces = strings.map((text, i) => text + (i < contents.length ? markupOf(contents[i]!) : ''));
  return { markup: pieces.join('') };
}

function markupOf(content: Content): string {
  if (typeof content === 'number') return String(content);
  if (typeof content === 'string') return escapeText(content);
  return 'markup' in content ? content.markup : content.map(each => each.markup).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Also for values of attributes in quotes. Characters that HTML may not hold become U+FFFD. */
const escapeText = (text: string): string =>
  text
    .replace(/[&<>"']/g, character => entities[character]!)
    .replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\p{Surrogate}]/gu, '\uFFFD');

/** Nothing. */
export const none: Html = { markup: '' };

/** Style sheets hold no text from outside. */
export const styleElement = (css: string): Html => ({ markup: `<style>${css}</style>` });
