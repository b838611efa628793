/**
 * The parts of a body for the Messages API, and pages in the place of some. A cache mark of a replaced block goes to
 * the last image, so what was cached up to it still is.
 */
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
import { editJson, type JsonPath, listed } from '../json-edit.ts';
import { title } from './title.ts';

const blockSchema = v.looseObject({
  type: v.string(),
  text: v.optional(v.string()),
  title: v.nullish(v.string()),
  content: v.optional(v.unknown()),
  source: v.optional(v.unknown()),
  id: v.optional(v.string()),
  name: v.optional(v.string()),
  tool_use_id: v.optional(v.string()),
  is_error: v.nullish(v.boolean()),
  cache_control: v.nullish(v.unknown()),
});
type Block = v.InferOutput<typeof blockSchema>;

const contentSchema = v.union([v.string(), v.array(blockSchema)]);

const bodySchema = v.looseObject({
  model: v.optional(v.string()),
  system: v.nullish(contentSchema),
  tools: v.nullish(v.array(v.unknown())),
  messages: v.array(v.looseObject({ role: v.string(), content: contentSchema })),
});

const textDocument = v.object({ type: v.literal('text'), data: v.string() });

function listBodyParts(body: Body): BodyListing {
  const { model, system, tools, messages } = shapeOf(bodySchema, body, title);
  const parts: BodyPart[] = [];
  const callNames = new Map<string, string>();
  let images = 0;
  const before = { ...plainPart, role: 'system', kind: 'other', message: -1 } as const;
  for (const [i, tool] of (tools ?? []).entries()) {
    const text = JSON.stringify(tool);
    parts.push({ ...before, path: ['tools', i], name: 'a tool', text, cacheMark: markOf(tool) });
  }
  for (const [i, block] of blocksOf(system ?? []).entries()) {
    const path = ['system', i];
    parts.push({
      ...before,
      path,
      kind: 'text',
      name: 'the system prompt',
      text: block.text ?? '',
      cacheMark: markOf(block),
    });
  }
  for (const [message, { role, content }] of messages.entries()) {
    const isUser = role === 'user';
    const base = { ...plainPart, role: isUser ? 'user' : 'assistant', message } as const;
    const name = `a text of ${role} message ${message + 1}`;
    if (typeof content === 'string') {
      const path = ['messages', message, 'content'];
      parts.push({ ...base, path, name, text: content, images: isUser ? 'possible' : 'impossible' });
      continue;
    }
    for (const [i, block] of content.entries()) {
      if (block.type === 'image') images++;
      if (block.type === 'tool_use' && block.id !== undefined)
        callNames.set(block.id, block.name ?? 'a tool');
      const path = ['messages', message, 'content', i];
      if (block.type !== 'tool_result') {
        parts.push({ ...base, name, ...partOf(block, isUser), path, cacheMark: markOf(block) });
        continue;
      }
      const called = callNames.get(block.tool_use_id ?? '') ?? 'a tool';
      const outcome = block.is_error === true ? 'error' : 'ok';
      const result = { ...base, kind: 'tool-result', name: `the result of ${called}`, outcome } as const;
      const inner = resultParts(block, path);
      const own = markOf(block);
      if (inner.length === 0) parts.push({ ...result, path, text: '', cacheMark: own });
      // A mark of its own says the same of its texts; it must not change how many parts there are.
      for (const part of inner)
        parts.push({ ...result, ...part, ...(own === 'marked' ? { cacheMark: own } : {}) });
      const innerBlocks = v.safeParse(v.array(blockSchema), block.content);
      if (innerBlocks.success) images += innerBlocks.output.filter(each => each.type === 'image').length;
    }
  }
  return { model, parts, images };
}

const blocksOf = (content: string | readonly Block[]): readonly Block[] =>
  typeof content === 'string' ? [{ type: 'text', text: content }] : content;

const markOf = (value: unknown): BodyPart['cacheMark'] =>
  typeof value === 'object' && value !== null && 'cache_control' in value && value.cache_control !== null
    ? 'marked'
    : 'none';

type PartFacts = Pick<BodyPart, 'text'> & Partial<Pick<BodyPart, 'kind' | 'images' | 'name'>>;

function partOf(block: Block, isUser: boolean): PartFacts {
  const isPossible = (keys: readonly string[]) =>
    isUser && hasOnly(block, [...keys, 'type', 'cache_control']) ? 'possible' : 'impossible';
  if (block.type === 'text') return { text: block.text ?? '', images: isPossible(['text']) };
  if (block.type === 'document') {
    const source = v.safeParse(textDocument, block.source);
    if (!source.success) return { kind: 'other', text: '' };
    const name = block.title ?? 'a document';
    // One to be cited by the vendor has further fields.
    return { kind: 'document', name, text: source.output.data, images: isPossible(['source', 'title']) };
  }
  if (block.type === 'image') return { kind: 'other', text: '' };
  return { kind: 'other', text: JSON.stringify(block) };
}

/** The texts of a tool's result. */
function resultParts({ content }: Block, path: JsonPath) {
  if (typeof content === 'string') {
    return [{ path: [...path, 'content'], text: content, images: 'possible' as const }];
  }
  const blocks = v.safeParse(v.array(blockSchema), content);
  if (!blocks.success) return [];
  return blocks.output.flatMap((block, i) => {
    if (block.type !== 'text') return [];
    const images = hasOnly(block, ['type', 'text', 'cache_control']) ? 'possible' : 'impossible';
    const text = block.text ?? '';
    return [{ path: [...path, 'content', i], text, images, cacheMark: markOf(block) } as const];
  });
}

function putBack(body: Body, replacements: readonly Replacement[]): string[] {
  return editJson(
    body.text,
    replacements.map(replacement => {
      const { path } = replacement.part;
      const given = valueAt(body.json, path);
      const text = spell(replacement);
      if (typeof given === 'string') return { path, at: 'replace', text: ['[', ...text, ']'] };
      if (markOf(given) === 'marked') {
        const mark = JSON.stringify((given as Block).cache_control);
        text[text.length - 1] = `"},"cache_control":${mark}}`;
      }
      return { path, at: 'replace', text };
    }),
  );
}

/** Written by hand: the base64 of an image needs no escaping, and is most of the body. */
function spell({ texts, images }: Replacement): string[] {
  return listed([
    ...texts.map(text => [JSON.stringify({ type: 'text', text })]),
    ...images.map(({ mediaType, base64 }) => [
      `{"type":"image","source":{"type":"base64","media_type":"${mediaType}","data":"`,
      base64,
      '"}}',
    ]),
  ]);
}

export const anthropicEditor: BodyEditor = { listBodyParts, putBack };
