/**
 * The rows of a data file, whatever holds them (JSONL, a JSON array, parquet), each checked against what its format
 * promises. A row that does not hold is a fault with its place; the rows after it are read.
 */
import * as v from 'valibot';
import type { Fault } from '../task.ts';
import type { DataFiles } from './data-files.ts';
import { readParquet } from './parquet.ts';
import { readRecords } from './records.ts';

/** Thrown while a row is read: becomes a fault. */
export class BadRow extends Error {
  readonly expected: string;
  readonly actual: string;
  /** @param expected e.g. `"answers": Array` */
  constructor(expected: string, actual: string) {
    super(`expected ${expected}, got ${actual}`);
    this.expected = expected;
    this.actual = actual;
  }
}

/** No published row comes near. */
const mostBytes = 64 << 20;

export interface ReadRowsOptions {
  readonly signal?: AbortSignal | undefined;
  /** Of a parquet file, to leave large ones unread; all when left out. */
  readonly columns?: readonly string[];
  /** Of a row of JSON; a longer one is a fault. */
  readonly mostRowBytes?: number;
}

/**
 * What `make` makes of each row that fits the schema; a row it makes nothing of is passed over.
 * @param make gets the row and its place, from 1; may throw `BadRow`
 * @throws GlyphError kind `io` or `input` where the file as a whole cannot be read
 */
export async function* readRows<Schema extends v.GenericSchema, Made>(
  files: DataFiles,
  path: string,
  schema: Schema,
  make: (row: v.InferOutput<Schema>, line: number) => Made | undefined,
  options: ReadRowsOptions = {},
): AsyncGenerator<Made | Fault> {
  for await (const { line, read } of readValues(files, path, options)) {
    const made = faultOr(path, line, () => make(check(schema, read()), line));
    if (made !== undefined) yield made;
  }
}

function faultOr<T>(file: string, line: number, make: () => T): T | Fault {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof BadRow)) throw error;
    return { kind: 'fault', file, line, expected: error.expected, actual: error.actual };
  }
}

/** A text column that holds JSON, parsed and checked as a row is. @throws BadRow */
export function parseColumn<Schema extends v.GenericSchema>(
  name: string,
  schema: Schema,
  text: string,
): v.InferOutput<Schema> {
  try {
    return check(schema, parseText(text));
  } catch (error) {
    if (!(error instanceof BadRow)) throw error;
    throw new BadRow(`JSON in ${JSON.stringify(name)}: ${error.expected}`, error.actual);
  }
}

function check<Schema extends v.GenericSchema>(schema: Schema, value: unknown): v.InferOutput<Schema> {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  throw badRow(result.issues[0]);
}

function badRow(issue: v.BaseIssue<unknown>): BadRow {
  const path = v.getDotPath(issue);
  const expected = issue.expected ?? issue.message;
  if (path === null) return new BadRow(expected, issue.received);
  // Of a missing field the schema expects its own name.
  if (issue.received === 'undefined') return new BadRow(`the field ${JSON.stringify(path)}`, 'none');
  return new BadRow(`${JSON.stringify(path)}: ${expected}`, issue.received);
}

interface Value {
  readonly line: number;
  /** @throws BadRow */
  read(): unknown;
}

async function* readValues(files: DataFiles, path: string, options: ReadRowsOptions): AsyncGenerator<Value> {
  const file = await files.open(path);
  if (/\.parquet$/i.test(path)) {
    for await (const { line, value } of readParquet(file, path, options)) yield { line, read: () => value };
    return;
  }
  const { signal, mostRowBytes = mostBytes } = options;
  for await (const { line, bytes, byteLength } of readRecords(file, mostRowBytes, signal)) {
    const read = () => {
      if (bytes !== undefined) return parseBytes(bytes);
      throw new BadRow(`a row of at most ${mostRowBytes} bytes`, `${byteLength} bytes`);
    };
    yield { line, read };
  }
}

function parseBytes(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new BadRow('UTF-8 text', 'bytes that are none');
  }
  return parseText(text);
}

function parseText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BadRow('JSON', excerptOf(text.trim()));
  }
}

/** The beginning of a value, quoted. */
export const excerptOf = (text: string): string =>
  JSON.stringify(text.length > 80 ? `${text.slice(0, 79)}…` : text);
