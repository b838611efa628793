/** The parts of a body for the Responses API, a flat list of items, and pages in the place of some. */
import * as v from 'valibot';
import {
  type Body,
  type BodyEditor,
  type BodyListing,
  type BodyPart,
  hasOnly,
  plainPart,
  type Replacement,
  shapeOf,
  valueAt,
} from '../body.ts';
import { editJson, listed } from '../json-edit.ts';
import type { Role } from '../message.ts';
import { responsesTitle } from './responses-request.ts';

const contentSchema = v.union([
  v.string(),
  v.array(v.looseObject({ type: v.string(), text: v.optional(v.string()) })),
]);
type Content = v.InferOutput<typeof contentSchema>;

const itemSchema = v.looseObject({
  type: v.optional(v.string()),
  role: v.optional(v.string()),
  content: v.nullish(v.unknown()),
  output: v.optional(v.unknown()),
  call_id: v.optional(v.string()),
  name: v.optional(v.string()),
  arguments: v.optional(v.string()),
});
type Item = v.InferOutput<typeof itemSchema>;

const bodySchema = v.looseObject({
  model: v.optional(v.string()),
  instructions: v.nullish(v.string()),
  tools: v.nullish(v.array(v.unknown())),
  input: v.optional(v.union([v.string(), v.array(itemSchema)])),
});

const resultTypes = new Set(['function_call_output', 'custom_tool_call_output']);

function listBodyParts(body: Body): BodyListing {
  const { model, instructions, tools, input = [] } = shapeOf(bodySchema, body, responsesTitle);
  const before = { ...plainPart, role: 'system', kind: 'other', message: -1 } as const;
  const parts: BodyPart[] = (tools ?? []).map((tool, i) => ({
    ...before,
    path: ['tools', i],
    name: 'a tool',
    text: JSON.stringify(tool),
  }));
  const text = instructions ?? '';
  if (text !== '')
    parts.push({ ...before, path: ['instructions'], kind: 'text', name: 'instructions', text });
  if (typeof input === 'string') {
    const live = { ...plainPart, role: 'user', message: 0, name: 'the input' } as const;
    return { model, parts: [...parts, { ...live, path: ['input'], text: input }], images: 0 };
  }
  const callNames = new Map<string, string>();
  let images = 0;
  for (const [message, item] of input.entries()) {
    if (item.call_id !== undefined && item.name !== undefined) callNames.set(item.call_id, item.name);
    const listed = listItem(item, message, callNames);
    parts.push(...listed.parts);
    images += listed.images;
  }
  return { model, parts, images };
}

function listItem(item: Item, message: number, callNames: ReadonlyMap<string, string>) {
  const isResult = resultTypes.has(item.type ?? '');
  const given = isResult ? item.output : item.content;
  const content = v.safeParse(contentSchema, given);
  const role = isResult ? 'tool' : roleOf(item);
  const name = isResult
    ? `the result of ${callNames.get(item.call_id ?? '') ?? 'a tool'}`
    : `a text of item ${message + 1}`;
  const base = { ...plainPart, role, kind: isResult ? 'tool-result' : 'text', name, message } as const;
  if (!content.success) {
    const text = JSON.stringify(item);
    const other: BodyPart = { ...base, path: ['input', message], kind: 'other', text };
    return { parts: [other], images: 0 };
  }
  const path = ['input', message, isResult ? 'output' : 'content'];
  const canHold = isResult || item.role === 'user' ? 'possible' : 'impossible';
  return {
    parts: listContent(content.output, { ...base, path, images: canHold }),
    images: imagesIn(content.output),
  };
}

/** Calls and reasoning are the assistant's. */
function roleOf({ role }: Item): Role {
  if (role === 'user') return 'user';
  return role === undefined || role === 'assistant' ? 'assistant' : 'system';
}

function listContent(content: Content, base: Omit<BodyPart, 'text'>): BodyPart[] {
  if (typeof content === 'string') return [{ ...base, text: content }];
  return content.map((item, i): BodyPart => {
    const isPlain = item.type === 'input_text' && hasOnly(item, ['type', 'text']);
    const kind = item.text === undefined ? 'other' : base.kind;
    const images = isPlain ? base.images : 'impossible';
    return { ...base, path: [...base.path, i], kind, text: item.text ?? '', images };
  });
}

const imagesIn = (content: Content): number =>
  typeof content === 'string' ? 0 : content.filter(item => item.type === 'input_image').length;

function putBack(body: Body, replacements: readonly Replacement[]): string[] {
  return editJson(
    body.text,
    replacements.map(replacement => {
      const { path } = replacement.part;
      const content = spell(replacement);
      const isString = typeof valueAt(body.json, path) === 'string';
      return { path, at: 'replace', text: isString ? ['[', ...content, ']'] : content };
    }),
  );
}

function spell({ texts, images }: Replacement): string[] {
  return listed([
    ...texts.map(text => [JSON.stringify({ type: 'input_text', text })]),
    ...images.map(({ mediaType, base64 }) => [
      `{"type":"input_image","image_url":"data:${mediaType};base64,`,
      base64,
      '","detail":"high"}',
    ]),
  ]);
}

export const openaiResponsesEditor: BodyEditor = { listBodyParts, putBack };
