/**
 * Zoom during the call: a tool by which a model gets the exact text of lines it sees on a page. Expanding chosen pages
 * on demand reads as well as plain text at four times fewer tokens in LensVLM (2605.07019).
 */
import * as v from 'valibot';
import type { Tool, ToolCallPart, ToolResultPart } from '../model/index.ts';
import type { PagedDocument } from './paged-document.ts';
import { findPlace } from './places.ts';

/** Lines one call may ask for. */
const maxLines = 200;
const maxCharacters = 40_000;

export const expandTool: Tool = {
  name: 'expand',
  about:
    'Gives the exact text of lines on a page image. Use it before quoting numbers, names or code that are hard to read. Lines are counted from 1 at the top of the page.',
  parameters: {
    type: 'object',
    properties: {
      page: { type: 'integer', minimum: 1, description: 'The number of the page.' },
      firstLine: { type: 'integer', minimum: 1 },
      lastLine: { type: 'integer', minimum: 1 },
    },
    required: ['page', 'firstLine', 'lastLine'],
    additionalProperties: false,
  },
};

export interface Expansion {
  readonly page: number;
  readonly firstLine: number;
  readonly lastLine: number;
}

const count = v.pipe(v.union([v.number(), v.pipe(v.string(), v.toNumber())]), v.integer(), v.minValue(1));
const schema = v.object({ page: count, firstLine: v.optional(count, 1), lastLine: v.optional(count) });

/** Answers one call; what the model asks wrongly is told to it, never thrown. */
export function answerExpand(
  call: ToolCallPart,
  documents: readonly PagedDocument[],
): { readonly result: ToolResultPart; readonly expansion: Expansion | undefined } {
  const refuse = (text: string) => ({ result: resultOf(call, text, 'error'), expansion: undefined });
  if (call.name !== expandTool.name) return refuse(`There is no tool "${call.name}"; there is "expand".`);
  const asked = v.safeParse(schema, parseJson(call.arguments));
  if (!asked.success) return refuse('Give page, firstLine and lastLine as whole numbers from 1.');
  const { page, firstLine } = asked.output;
  const lastLine = Math.min(asked.output.lastLine ?? firstLine + maxLines - 1, firstLine + maxLines - 1);
  const found = findPlace(documents, page, firstLine, lastLine);
  if (found?.lines === undefined) return refuse(whatExists(page, documents));
  const { document, lines } = found;
  const text = found.page.lines
    .slice(lines.first - 1, lines.last)
    .map(({ start, end }, i) => `${lines.first + i}: ${document.source.text.slice(start, end)}`)
    .join('\n')
    .slice(0, maxCharacters);
  return {
    result: resultOf(call, text, 'ok'),
    expansion: { page, firstLine: lines.first, lastLine: lines.last },
  };
}

function whatExists(page: number, documents: readonly PagedDocument[]): string {
  const pages = documents.flatMap(document => document.pages);
  const found = pages.find(each => each.number === page);
  if (found !== undefined) return `Page ${page} has ${found.lines.length} lines.`;
  return `There is no page ${page}; there are pages ${pages[0]?.number ?? 0} to ${pages.at(-1)?.number ?? 0}.`;
}

const resultOf = ({ id, name }: ToolCallPart, text: string, outcome: 'ok' | 'error'): ToolResultPart => ({
  type: 'tool-result',
  id,
  name,
  parts: [{ type: 'text', text }],
  outcome,
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // refused as arguments of the wrong shape
  }
}
