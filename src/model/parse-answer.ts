/** The border where a server's JSON becomes typed: parsed once with a schema, or refused as a malformed response. */
import * as v from 'valibot';
import { ModelError } from './model-error.ts';

/** Characters of an answer that go into an error. */
const excerptLength = 300;

export const excerptOf = (text: string): string =>
  text.length > excerptLength ? `${text.slice(0, excerptLength - 1)}…` : text;

/**
 * JSON text as the value a schema describes.
 * @param what what is read, e.g. "an event of OpenAI Chat Completions"
 * @throws ModelError failure `malformed-response`
 */
export function parseJson<Schema extends v.GenericSchema>(
  schema: Schema,
  text: string,
  what: string,
): v.InferOutput<Schema> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw malformed(what, 'JSON', 'text that is none', text);
  }
  return parseValue(schema, json, what);
}

/** The same for a value that is parsed already. @throws ModelError failure `malformed-response` */
export function parseValue<Schema extends v.GenericSchema>(
  schema: Schema,
  json: unknown,
  what: string,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, json);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = v.getDotPath(issue) ?? '';
  throw malformed(
    what,
    `${issue.expected ?? 'what the format promises'}${path === '' ? '' : ` at "${path}"`}`,
    issue.received,
    JSON.stringify(json) ?? 'undefined',
  );
}

/** @param text the answer, of which the error keeps the beginning */
export function malformed(what: string, expected: string, actual: string, text: string): ModelError {
  return new ModelError({
    failure: 'malformed-response',
    operation: `read ${what}`,
    expected,
    actual,
    bodyExcerpt: excerptOf(text),
  });
}
