/** Reads a run's files. What a crash left of the last line is no line; any other line that does not hold is an error. */
import * as v from 'valibot';
import { GlyphError } from '../../base/index.ts';
import type { RunStore } from './run-store.ts';

export interface Lines<T> {
  readonly rows: readonly T[];
  /** Whether the file ends in the middle of a line. */
  readonly isTorn: boolean;
}

/** @throws GlyphError kind `input` naming the line */
export async function readLines<Schema extends v.GenericSchema>(
  store: RunStore,
  name: string,
  schema: Schema,
): Promise<Lines<v.InferOutput<Schema>>> {
  const lines = ((await store.read(name)) ?? '').split('\n');
  const tail = lines.pop()!;
  const rows = lines.map((line, i) => parse(schema, line, `line ${i + 1} of ${name}`));
  return { rows, isTorn: tail !== '' };
}

/** Undefined where there is no such file. @throws GlyphError kind `input` where it does not hold */
export async function readValue<Schema extends v.GenericSchema>(
  store: RunStore,
  name: string,
  schema: Schema,
): Promise<v.InferOutput<Schema> | undefined> {
  const text = await store.read(name);
  return text === undefined ? undefined : parse(schema, text, name);
}

function parse<Schema extends v.GenericSchema>(
  schema: Schema,
  text: string,
  place: string,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, parseJson(text, place));
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = v.getDotPath(issue);
  throw broken(
    place,
    `${path === null ? '' : `"${path}": `}${issue.expected ?? 'another value'}`,
    issue.received,
  );
}

function parseJson(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw broken(place, 'JSON', JSON.stringify(text.slice(0, 60)));
  }
}

const broken = (place: string, expected: string, actual: string) =>
  new GlyphError({ kind: 'input', operation: `read ${place} of a run`, expected, actual });

/** A file of lines, whole. */
export const linesText = (rows: readonly unknown[]): string =>
  rows.map(row => `${JSON.stringify(row)}\n`).join('');
