/**
 * A user's own questions: a JSONL file with a document (or several, or a path to one), a question and its answers. The
 * quickest way to learn whether pages do on one's own material.
 */
import * as v from 'valibot';
import { GlyphError } from '../../base/index.ts';
import { answerMetrics } from '../answer-metrics.ts';
import { type DataFiles, nameOf, readText } from '../data/data-files.ts';
import { BadRow, readRows } from '../data/rows.ts';
import { removeThinking } from '../metrics/index.ts';
import { createLimit } from '../open-options.ts';
import { scoreWith } from '../score.ts';
import type { Fault, Material, OpenOptions, Sample, Task } from '../task.ts';

const defaultMetric = 'contains';

export const fileTask: Task = {
  name: 'file',
  about: 'Questions of your own, from a JSONL file.',
  data:
    'give a JSONL file instead of a folder, each line an object like {"document": "…", "question": "…", "answer": "…"}; "documents" takes several texts, "path" a text, PDF or image beside the file, "answers" several right answers, "metric" one of ' +
    `${[...answerMetrics.keys()].join(', ')} (${defaultMetric} unless given)`,
  subsets: [],
  defaults: { maxTokens: 1024, temperature: 0 },
  open,
  scorer: {
    score({ targets, meta }, { text }, options) {
      const metric = String(meta['metric']);
      const answer = removeThinking(text).trim();
      return scoreWith(metric, () => answerMetrics.get(metric)!(answer, targets, options ?? {}));
    },
  },
  figures: () => [],
};

const rowSchema = v.object({
  id: v.optional(v.union([v.string(), v.number()])),
  document: v.optional(v.string()),
  documents: v.optional(v.array(v.string())),
  path: v.optional(v.string()),
  question: v.string(),
  answer: v.optional(v.string()),
  answers: v.optional(v.pipe(v.array(v.string()), v.minLength(1))),
  metric: v.optional(v.picklist([...answerMetrics.keys()]), defaultMetric),
});

type Row = v.InferOutput<typeof rowSchema>;

async function* open(options: OpenOptions): AsyncGenerator<Sample | Fault> {
  const { files, folder: path } = options;
  if (files === undefined || path === undefined) {
    throw new GlyphError({
      kind: 'io',
      operation: 'open the data of file',
      expected: 'a JSONL file',
      actual: 'none',
      hint: fileTask.data!,
    });
  }
  const subset = nameOf(path).replace(/\.\w+$/, '');
  const rows = readRows(files, path, rowSchema, (row, line) => makeSample(subset, path, row, line), options);
  yield* createLimit(options).take(subset, withTexts(files, path, rows));
}

/** Where a text is still to be read, `readPath` says from where. */
interface Made {
  readonly kind: 'made';
  readonly line: number;
  readonly sample: Sample;
  readonly readPath: string | undefined;
}

function makeSample(subset: string, file: string, row: Row, line: number): Made {
  const { document, documents, path, question, answer, answers, metric } = row;
  const given = [document, documents, path].filter(source => source !== undefined);
  if (given.length !== 1) {
    throw new BadRow(
      'one of "document", "documents" and "path"',
      given.length === 0 ? 'none' : 'more than one',
    );
  }
  if ((answer === undefined) === (answers === undefined)) {
    throw new BadRow('"answer" or "answers"', answer === undefined ? 'neither' : 'both');
  }
  const fullPath = path === undefined ? undefined : file.slice(0, file.length - nameOf(file).length) + path;
  const material = fullPath === undefined ? undefined : materialOfPath(fullPath);
  const prompt = { before: '', after: question };
  return {
    kind: 'made',
    line,
    readPath: fullPath !== undefined && material === undefined ? fullPath : undefined,
    sample: {
      kind: 'sample',
      id: String(row.id ?? `line ${line}`),
      subset,
      material: material ?? { kind: 'text', text: document ?? documents?.join('\n\n') ?? '' },
      question,
      prompts: { text: prompt, pages: prompt },
      targets: answers ?? [answer!],
      groups: {},
      meta: { metric },
    },
  };
}

/** Undefined for a text. */
function materialOfPath(path: string): Material | undefined {
  if (/\.pdf$/i.test(path)) return { kind: 'pdf', path };
  return /\.(?:png|jpe?g|webp|gif)$/i.test(path) ? { kind: 'images', images: [path] } : undefined;
}

async function* withTexts(
  files: DataFiles,
  file: string,
  rows: AsyncIterable<Made | Fault>,
): AsyncGenerator<Sample | Fault> {
  for await (const row of rows) yield row.kind === 'fault' ? row : await withText(files, file, row);
}

async function withText(
  files: DataFiles,
  file: string,
  { sample, line, readPath }: Made,
): Promise<Sample | Fault> {
  if (readPath === undefined) return sample;
  try {
    return { ...sample, material: { kind: 'text', text: await readText(files, readPath) } };
  } catch (error) {
    if (!(error instanceof GlyphError) || error.kind === 'aborted') throw error;
    return { kind: 'fault', file, line, expected: `"path": ${error.expected}`, actual: error.actual };
  }
}
