/** The three tools: a text as pages, one page of it, and the exact text of lines. What is asked wrongly is told, not thrown. */
import * as v from 'valibot';
import { answerExpand, expandTool } from '../compress/index.ts';
import type { Message, Part } from '../model/index.ts';
import type { Library } from './library.ts';

export type Content =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image'; readonly data: string; readonly mimeType: string };

export interface ToolAnswer {
  readonly content: Content[];
  readonly isError?: boolean;
}

export interface ToolWorld {
  readonly library: Library;
  /** The text of a file. @throws GlyphError for what is not in the folder served, or no text */
  readFile(path: string, signal: AbortSignal): Promise<string>;
}

export interface McpTool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: { readonly type: 'object' } & Readonly<Record<string, unknown>>;
  answer(args: unknown, world: ToolWorld, signal: AbortSignal): Promise<ToolAnswer>;
}

const defaultModel = 'claude-sonnet-4-5';
/** Of `compress` at once; the others are for `read_page`. */
const defaultPages = 8;

const page = { type: 'integer', minimum: 1, description: 'The number of the page.' };
const document = { type: 'string', description: 'As `compress` named it, e.g. "d1".' };

const compressTool: McpTool = {
  name: 'compress',
  description:
    'Gives a long text or file as page images, which cost fewer tokens than the text, with the exact strings (ids, amounts, paths) beside them. What would be dearer as pages is given as text.',
  inputSchema: {
    type: 'object',
    properties: {
      path: { type: 'string', description: 'A file: text, HTML or PDF.' },
      text: { type: 'string', description: 'The text itself, in place of a path.' },
      model: { type: 'string', description: `Who will look at the pages; ${defaultModel} unless given.` },
      pages: {
        type: 'integer',
        minimum: 0,
        description: `Most pages to show now; ${defaultPages} unless given.`,
      },
    },
    additionalProperties: false,
  },
  async answer(args, { library, readFile }, signal) {
    const asked = v.safeParse(compressArguments, args);
    if (!asked.success) return refuse('Give either path or text, and model and pages only where needed.');
    const { path, text = '', model = defaultModel, pages = defaultPages } = asked.output;
    const given = path === undefined ? text : await readFile(path, signal);
    const { id, compressed } = await library.add(path ?? 'the text', given, model, signal);
    const { accounting, messages } = compressed;
    const { pages: count, tokensBefore, tokensAfter, tokenizer } = accounting;
    const shown = Math.min(pages, count);
    const more = shown < count ? `; pages ${shown + 1} to ${count} are for read_page` : '';
    const summary = `Document ${id}: ${count} pages, ${tokensBefore} tokens (${tokenizer}) as text, ${tokensAfter} as below${more}.`;
    return { content: [{ type: 'text', text: summary }, ...contentOf(messages, shown)] };
  },
};

const compressArguments = v.pipe(
  v.strictObject({
    path: v.optional(v.pipe(v.string(), v.minLength(1))),
    text: v.optional(v.pipe(v.string(), v.minLength(1))),
    model: v.optional(v.pipe(v.string(), v.minLength(1))),
    pages: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  }),
  v.check(({ path, text }) => (path === undefined) !== (text === undefined)),
);

/** Without the pages beyond the first `pages`, whose labels go too. */
function contentOf(messages: readonly Message[], pages: number): Content[] {
  const content: Content[] = [];
  let seen = 0;
  for (const part of messages.flatMap(message => message.parts)) {
    if (part.type === 'image' && ++seen > pages) content.pop();
    else content.push(toContent(part));
  }
  return content;
}

const toContent = (part: Part): Content => {
  if (part.type !== 'image') return { type: 'text', text: 'text' in part ? part.text : '' };
  const { bytes, mediaType } = part;
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
  return { type: 'image', data, mimeType: mediaType };
};

const readPageTool: McpTool = {
  name: 'read_page',
  description: 'Gives one page of a document as an image.',
  inputSchema: {
    type: 'object',
    properties: { document, page },
    required: ['document', 'page'],
    additionalProperties: false,
  },
  async answer(args, { library }) {
    const asked = v.safeParse(v.strictObject({ document: v.string(), page: v.number() }), args);
    if (!asked.success) return refuse('Give document and page.');
    const found = library.find(asked.output.document);
    if (found === undefined) return unknownDocument(asked.output.document, library);
    const image = found.requests[0]?.images.get(asked.output.page);
    if (image === undefined) return refuse(`There are pages 1 to ${found.accounting.pages}.`);
    return { content: [toContent(image)] };
  },
};

const { properties: expandProperties, required: expandRequired } = expandTool.parameters as {
  properties: object;
  required: readonly string[];
};

const expandLines: McpTool = {
  name: expandTool.name,
  description: expandTool.about,
  inputSchema: {
    ...{ type: 'object', ...expandTool.parameters },
    properties: { document, ...expandProperties },
    required: ['document', ...expandRequired],
  },
  async answer(args, { library }) {
    const asked = v.safeParse(v.looseObject({ document: v.string() }), args);
    if (!asked.success) return refuse('Give document, page, firstLine and lastLine.');
    const found = library.find(asked.output.document);
    if (found === undefined) return unknownDocument(asked.output.document, library);
    const call = {
      type: 'tool-call',
      id: '',
      name: expandTool.name,
      arguments: JSON.stringify(args),
    } as const;
    const { result } = answerExpand(call, found.documents);
    return { content: result.parts.map(toContent), isError: result.outcome === 'error' };
  },
};

const unknownDocument = (id: string, library: Library): ToolAnswer => {
  const ids = library.ids();
  return refuse(
    `There is no document "${id}"; ${ids.length === 0 ? 'compress one first' : `there are ${ids.join(', ')}`}.`,
  );
};

const refuse = (text: string): ToolAnswer => ({ content: [{ type: 'text', text }], isError: true });

export const mcpTools: readonly McpTool[] = [compressTool, readPageTool, expandLines];
