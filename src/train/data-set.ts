/** A data set as `glyph data` writes it, read back: rows of messages with `<image>` marks, paths of pages, answer keys. */
import * as v from 'valibot';
import { GlyphError } from '../base/index.ts';
import { imageMark, type Stage, stages } from '../data/index.ts';
import type { AnswerKey } from './reward.ts';

/** The files of a data set, by their paths in it; a folder on disk has this shape. */
export interface DataFiles {
  /** Undefined where there is none. */
  read(path: string): Promise<string | undefined>;
  readBytes(path: string): Promise<Uint8Array | undefined>;
}

const rowSchema = v.object({
  id: v.string(),
  task: v.string(),
  messages: v.array(v.object({ role: v.picklist(['user', 'assistant']), content: v.string() })),
  images: v.array(v.string()),
  reward: v.optional(v.picklist(['exact', 'extractive', 'ocr'])),
  answer: v.optional(v.string()),
  lines: v.optional(v.array(v.array(v.string()))),
});

/** One row; `reward`, `answer` and `lines`, by page, only of questions. */
export type Row = Readonly<v.InferOutput<typeof rowSchema>>;

export type QuestionRow = Row & AnswerKey;

export const isQuestion = (row: Row): row is QuestionRow =>
  row.reward !== undefined && row.answer !== undefined;

const manifestSchema = v.object({
  dataSet: v.string(),
  format: v.string(),
  settings: v.object({
    stage: v.picklist(stages),
    model: v.string(),
    /** A config of pages, or `mixture`: each example's own. */
    pages: v.union([v.literal('mixture'), v.record(v.string(), v.unknown())]),
  }),
  shards: v.array(v.object({ shard: v.string(), file: v.string() })),
});

export interface TrainingData {
  /** Names settings, corpus and program. */
  readonly hash: string;
  readonly stage: Stage;
  /** The family whose pages they are, which also says what a mixture is of. */
  readonly model: string;
  /** The config its pages were drawn with. */
  readonly pages: 'mixture' | Readonly<Record<string, unknown>>;
  /** Of the split to train on. */
  readonly rows: readonly Row[];
}

/** @throws GlyphError kind `input` for what is no complete data set of rows in JSONL */
export async function readDataSet(files: DataFiles): Promise<TrainingData> {
  const text = await files.read('manifest.json');
  if (text === undefined) throw broken('manifest.json, which a finished `glyph data` leaves', 'none');
  const manifest = parse(manifestSchema, text, 'manifest.json');
  const rows: Row[] = [];
  for (const { shard, file } of manifest.shards) {
    if (!file.endsWith('.jsonl')) throw broken('rows in JSONL', manifest.format);
    if (shard.startsWith('val')) continue;
    const lines = (await files.read(file))?.split('\n').filter(line => line !== '');
    if (lines === undefined) throw broken(file, 'none');
    for (const [i, line] of lines.entries()) rows.push(parseRow(line, `${file}:${i + 1}`));
  }
  if (rows.length === 0) throw broken('at least one row to train on', 'none');
  return { hash: manifest.dataSet, ...manifest.settings, rows };
}

/** @throws GlyphError kind `input` for what is no row, or names images outside the data set */
export function parseRow(line: string, where: string): Row {
  const row = parse(rowSchema, line, where);
  const marks = row.messages.reduce((sum, { content }) => sum + content.split(imageMark).length - 1, 0);
  if (marks !== row.images.length)
    throw broken(`an ${imageMark} mark an image in ${where}`, `${marks} of ${row.images.length}`);
  const stranger = row.images.find(path => path.startsWith('/') || path.split(/[\\/]/).includes('..'));
  if (stranger !== undefined)
    throw broken(`images inside the data set in ${where}`, JSON.stringify(stranger));
  return row;
}

function parse<Schema extends v.GenericSchema>(
  schema: Schema,
  text: string,
  where: string,
): v.InferOutput<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw broken(`JSON in ${where}`, cause instanceof Error ? cause.message : String(cause));
  }
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw broken(
    `${issue.expected ?? issue.message} at ${v.getDotPath(issue) ?? 'the root'} of ${where}`,
    issue.received,
  );
}

const broken = (expected: string, actual: string) =>
  new GlyphError({ kind: 'input', operation: 'read training data', expected, actual });
