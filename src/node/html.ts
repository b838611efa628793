/**
 * HTML as plain text to read: headings, paragraphs, lists and rows of tables on lines of their own, links with their
 * address behind them; scripts, styles and pictures (but for their description) left out. Nothing is fetched or run.
 */
import { compile, type Formatter, type HtmlNode } from 'html-to-text';
import { GlyphError } from '../base/index.ts';
import { createTextDecoder, type DecodeOptions } from '../text/index.ts';

/** UTF-16 code units; the tree of a page takes a hundred times its size. */
const maxHtmlLength = 32 * 2 ** 20;

/** Elements within elements: far more than any page has, far less than the stack holds. */
const maxDepth = 400;

/** Tags open at once beyond which not even a tree is built: it takes time by their square. */
const maxOpen = 20_000;

/** Marks where something deeper was left out; a private character, which no page has in such a place. */
const tooDeep = '\u{f8ff}\u{e000}';

const headings = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'];
const invisible = ['script', 'style', 'noscript', 'template', 'svg', 'iframe', 'object', 'head'];

/** Cells side by side: a table drawn with spaces would be mostly spaces. */
const tableRow: Formatter = (row, walk, builder) => {
  builder.openBlock({ leadingLineBreaks: 1 });
  let isFirst = true;
  for (const cell of row.children ?? []) {
    if (cell.type !== 'tag') continue;
    if (!isFirst) builder.addInline(' | ');
    isFirst = false;
    walk(onlyParagraph(cell) ?? [cell], builder);
  }
  builder.closeBlock({ trailingLineBreaks: 1 });
};

/** What a cell holds whose one element is a paragraph, as word processors write them; it need not end the row. */
function onlyParagraph({ children = [] }: HtmlNode): readonly HtmlNode[] | undefined {
  const [first, ...others] = children.filter(child => child.type !== 'text' || child.data?.trim() !== '');
  return others.length === 0 && first !== undefined && /^(p|div)$/.test(first.name ?? '')
    ? first.children
    : undefined;
}

const description: Formatter = (image, _, builder) => builder.addInline(image.attribs?.['alt'] ?? '');

/** Only an address that means something outside of the page. */
const linkAddress = (address: string) => (/^(https?:\/\/|[^\s:/]+@)/i.test(address) ? address : '');

const convert = compile({
  wordwrap: false,
  formatters: { tableRow, description },
  selectors: [
    { selector: 'tr', format: 'tableRow' },
    { selector: 'img', format: 'description' },
    { selector: 'hr', options: { length: 3 } },
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true, pathRewrite: linkAddress } },
    ...headings.map(selector => ({ selector, options: { uppercase: false } })),
    ...invisible.map(selector => ({ selector, format: 'skip' })),
  ],
  limits: { maxDepth, ellipsis: tooDeep, maxInputLength: undefined },
});

/** @throws GlyphError kind `input` for more than 32 million characters */
export function htmlToText(html: string): string {
  if (html.length > maxHtmlLength) {
    const expected = `at most ${maxHtmlLength / 2 ** 20} million characters`;
    throw new GlyphError({ kind: 'input', operation: 'read HTML', expected, actual: `${html.length}` });
  }
  const text = openTags(html) > maxOpen ? tooDeep : convert(html);
  if (!text.includes(tooDeep)) return text;
  return convert(flattened(html))
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Tags but those that never hold anything. */
const holdingTags =
  /<\/?(?!(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)\b)[a-z]/gi;

/** At most so many tags are open at once. */
function openTags(html: string): number {
  let open = 0;
  let most = 0;
  for (const [tag] of html.matchAll(holdingTags)) {
    open = Math.max(0, open + (tag[1] === '/' ? -1 : 1));
    most = Math.max(most, open);
  }
  return most;
}

const inline = new Set(
  'a abbr b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);
const kept = new Set(['script', 'style', 'br', 'hr']);

/** The same page without elements in one another, for what nests more deeply than any page should. */
const flattened = (html: string): string =>
  html.replace(/<\/?([a-z][a-z0-9-]*)[^<>]*>?/gi, (tag, name: string) => {
    const element = name.toLowerCase();
    if (kept.has(element)) return tag;
    return inline.has(element) ? '' : '<br>';
  });

/** How far into a file its declaration of an encoding is looked for (HTML, 13.2.3.2). */
const declarationLength = 1024;

/**
 * Decodes a file as browsers do: a byte order mark counts, then what the file declares, then what its bytes look like.
 * @throws GlyphError kind `input` for malformed or binary bytes, `config` for an unknown encoding in the options
 */
export function decodeHtml(bytes: Uint8Array, options: DecodeOptions = {}): string {
  const decoder = createTextDecoder({ ...options, encoding: options.encoding ?? declaredEncoding(bytes) });
  return decoder.push(bytes) + decoder.end();
}

function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, declarationLength)).toString('latin1');
  if (/^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)/.test(head)) return undefined;
  const label =
    /<meta\s[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)|^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)/i.exec(
      head,
    );
  const name = label?.[1] ?? label?.[2];
  // A declaration that can be read as ASCII is not of UTF-16, whatever it says.
  if (name === undefined || /^utf-?16/i.test(name) || !isKnown(name)) return undefined;
  return name;
}

function isKnown(label: string): boolean {
  try {
    new TextDecoder(label);
    return true;
  } catch {
    return false; // a declaration of nonsense is none
  }
}
