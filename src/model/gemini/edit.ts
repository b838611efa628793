/**
 * The parts of a body for generateContent, and pages in the place of some. Images of a tool's result lie inside of it,
 * which models before Gemini 3 do not take: there results stay text.
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
import { editJson, type JsonEdit, type JsonPath, listed } from '../json-edit.ts';
import { title } from './title.ts';

const partSchema = v.looseObject({
  text: v.optional(v.string()),
  inlineData: v.optional(v.unknown()),
  fileData: v.optional(v.unknown()),
  functionResponse: v.optional(
    v.looseObject({
      name: v.optional(v.string()),
      response: v.optional(v.record(v.string(), v.unknown())),
      parts: v.optional(v.array(v.unknown())),
    }),
  ),
});
type Part = v.InferOutput<typeof partSchema>;

const bodySchema = v.looseObject({
  systemInstruction: v.optional(v.unknown()),
  tools: v.nullish(v.array(v.unknown())),
  contents: v.array(v.looseObject({ role: v.optional(v.string()), parts: v.optional(v.array(partSchema)) })),
});

/** A result of these cannot hold images. */
const textResults = /gemini-(1|2)([.-]|$)/;

function listBodyParts(body: Body, model?: string): BodyListing {
  const { systemInstruction, tools, contents } = shapeOf(bodySchema, body, title);
  const before = { ...plainPart, role: 'system', kind: 'other', message: -1 } as const;
  const parts: BodyPart[] = [];
  if (systemInstruction !== undefined) {
    const text = JSON.stringify(systemInstruction);
    parts.push({ ...before, path: ['systemInstruction'], name: 'the system instruction', text });
  }
  for (const [i, tool] of (tools ?? []).entries()) {
    parts.push({ ...before, path: ['tools', i], name: 'a tool', text: JSON.stringify(tool) });
  }
  let images = 0;
  for (const [message, { role = 'user', parts: given = [] }] of contents.entries()) {
    for (const [i, part] of given.entries()) {
      const path = ['contents', message, 'parts', i];
      if (part.inlineData !== undefined || part.fileData !== undefined) images++;
      images += part.functionResponse?.parts?.length ?? 0;
      const base = { ...plainPart, role: role === 'model' ? 'assistant' : 'user', message } as const;
      const facts = factsOf(part, path, model ?? '');
      const isAssistant = role === 'model' || (role !== 'user' && role !== 'function');
      const held = isAssistant ? 'impossible' : facts.images;
      parts.push({ ...base, name: `a text of ${role} content ${message + 1}`, ...facts, images: held });
    }
  }
  return { model, parts, images };
}

type Facts = Pick<BodyPart, 'path' | 'text' | 'images'> &
  Partial<Pick<BodyPart, 'kind' | 'name' | 'outcome'>>;

function factsOf(part: Part, path: JsonPath, model: string): Facts {
  if (part.text !== undefined) {
    return { path, text: part.text, images: hasOnly(part, ['text']) ? 'possible' : 'impossible' };
  }
  const { functionResponse } = part;
  if (functionResponse?.response === undefined) {
    const isImage = part.inlineData !== undefined;
    return { path, kind: 'other', text: isImage ? '' : JSON.stringify(part), images: 'impossible' };
  }
  const { name = 'a tool', response } = functionResponse;
  const [key, text] = longestText(response);
  return {
    path: [...path, 'functionResponse', 'response', ...(key === undefined ? [] : [key])],
    kind: 'tool-result',
    name: `the result of ${name}`,
    text: key === undefined ? JSON.stringify(response) : text,
    images: key === undefined || textResults.test(model) ? 'impossible' : 'possible',
    outcome: 'error' in response ? 'error' : 'ok',
  };
}

function longestText(response: Readonly<Record<string, unknown>>): readonly [string | undefined, string] {
  let longest: readonly [string | undefined, string] = [undefined, ''];
  for (const [key, value] of Object.entries(response)) {
    if (typeof value === 'string' && value.length > longest[1].length) longest = [key, value];
  }
  return longest;
}

function putBack(body: Body, replacements: readonly Replacement[]): string[] {
  return editJson(
    body.text,
    replacements.flatMap((replacement): JsonEdit[] => {
      const { part, texts } = replacement;
      const images = imagesOf(replacement);
      if (part.kind !== 'tool-result') {
        const spelled = [...texts.map(text => [JSON.stringify({ text })]), ...images];
        return [{ path: part.path, at: 'replace', text: listed(spelled) }];
      }
      const result = part.path.slice(0, -2); // without `response` and the key
      const note: JsonEdit = { path: part.path, at: 'replace', text: [JSON.stringify(texts.join('\n'))] };
      return [note, { ...placeOfImages(body, result), text: textOfImages(body, result, images) }];
    }),
  );
}

const givenImages = ({ json }: Body, result: JsonPath): number | undefined => {
  const given = valueAt(json, [...result, 'parts']);
  return Array.isArray(given) ? given.length : undefined;
};

function placeOfImages(body: Body, result: JsonPath): Omit<JsonEdit, 'text'> {
  const count = givenImages(body, result);
  if (count === undefined) return { path: [...result, 'response'], at: 'after' };
  if (count === 0) return { path: [...result, 'parts'], at: 'replace' };
  return { path: [...result, 'parts', count - 1], at: 'after' };
}

function textOfImages(body: Body, result: JsonPath, images: readonly string[][]): string[] {
  const count = givenImages(body, result);
  if (count === undefined) return [',"parts":[', ...listed(images), ']'];
  return count === 0 ? ['[', ...listed(images), ']'] : [',', ...listed(images)];
}

const imagesOf = ({ images }: Replacement): string[][] =>
  images.map(({ mediaType, base64 }) => [`{"inlineData":{"mimeType":"${mediaType}","data":"`, base64, '"}}']);

export const geminiEditor: BodyEditor = { listBodyParts, putBack };
