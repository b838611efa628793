/**
 * A request as a client wrote it, for those who edit it and do not translate it: its text, and neutrally which parts
 * it has and where. Each vendor's `edit.ts` lists the parts and puts page images in the place of some.
 */
import * as v from 'valibot';
import { GlyphError } from '../base/index.ts';
import type { JsonPath } from './json-edit.ts';
import type { ImageMediaType, Role } from './message.ts';

export interface Body {
  readonly text: string;
  /** The same, parsed. */
  readonly json: unknown;
}

export interface BodyPart {
  /** Of the JSON value that pages would replace. */
  readonly path: JsonPath;
  /** `user` also where a vendor has no role of its own for results of tools. */
  readonly role: Role;
  /** `document`: the client says it is material to read. `other`: schemas, calls, reasoning. */
  readonly kind: 'text' | 'document' | 'tool-result' | 'other';
  /** For people and models, e.g. "the result of read_file". */
  readonly name: string;
  readonly text: string;
  /** The message it belongs to, counted in the vendor's own list; -1 for what stands before all messages. */
  readonly message: number;
  /** Whether the format takes images in its place. */
  readonly images: 'possible' | 'impossible';
  readonly outcome: 'ok' | 'error';
  readonly cacheMark: 'marked' | 'none';
}

export interface BodyListing {
  /** Undefined where the body does not name it. */
  readonly model: string | undefined;
  /** In the order the model reads them. */
  readonly parts: readonly BodyPart[];
  /** Images the client sends itself. */
  readonly images: number;
}

export interface BodyImage {
  readonly mediaType: ImageMediaType;
  readonly base64: string;
}

export interface Replacement {
  readonly part: BodyPart;
  /** In the place of the part: first these texts, then the images. */
  readonly texts: readonly string[];
  /** One at least. */
  readonly images: readonly BodyImage[];
}

export interface BodyEditor {
  /**
   * @param model where the body does not name it, as in Gemini's addresses
   * @throws GlyphError kind `input` for a body of another shape
   */
  listBodyParts(body: Body, model?: string): BodyListing;
  /**
   * A new text in which only the replaced parts differ, in pieces: what is not replaced is not copied.
   * @throws GlyphError kind `input` for a part that is not there
   */
  putBack(body: Body, replacements: readonly Replacement[]): string[];
}

/** @throws GlyphError kind `input` for text that is no JSON */
export function readBody(text: string): Body {
  try {
    return { text, json: JSON.parse(text) as unknown };
  } catch (cause) {
    throw new GlyphError({
      kind: 'input',
      operation: 'read the body of a request',
      expected: 'JSON',
      actual: cause instanceof Error ? cause.message.slice(0, 80) : 'text that is none',
    });
  }
}

/** The body as its vendor's schema describes it. @throws GlyphError kind `input` */
export function shapeOf<Schema extends v.GenericSchema>(
  schema: Schema,
  { json }: Body,
  title: string,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, json);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new GlyphError({
    kind: 'input',
    operation: `read a request for ${title}`,
    expected: `${issue.expected ?? 'another value'} at "${v.getDotPath(issue) ?? 'the outermost value'}"`,
    actual: issue.received,
  });
}

/** The value at a path; undefined where there is none. */
export function valueAt(json: unknown, path: JsonPath): unknown {
  let value = json;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Readonly<Record<string | number, unknown>>)[key];
  }
  return value;
}

/** Whether an object has no fields but these, so that nothing is lost where it is replaced. */
export const hasOnly = (value: object, keys: readonly string[]): boolean =>
  Object.keys(value).every(key => keys.includes(key));

/** The defaults of a part, to be written over. */
export const plainPart = {
  kind: 'text',
  images: 'impossible',
  outcome: 'ok',
  cacheMark: 'none',
} as const satisfies Partial<BodyPart>;
