/** A user's JSON through a schema, the first fault told as every error of this package: operation, expected, actual. */
import * as v from 'valibot';
import { GlyphError } from '../base/index.ts';

/** `input` through `schema`, its first fault as a `tokens` error with the path of the field. */
export function parseInput<S extends v.GenericSchema>(
  schema: S,
  input: unknown,
  operation: string,
): v.InferOutput<S> {
  const result = v.safeParse(schema, input);
  if (result.success) return result.output;
  const issue = result.issues[0];
  const path = v.getDotPath(issue);
  throw new GlyphError({
    kind: 'tokens',
    operation: path === null ? operation : `${operation}, field "${path}"`,
    expected: issue.expected ?? issue.message,
    actual: issue.received,
  });
}
