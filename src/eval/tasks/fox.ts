/**
 * Fox's page transcription (ucaslcl/Fox): how much of a dense page comes back. As `fox` the pages are the benchmark's
 * scans; as `fox-text` their texts, to be drawn here, which shows what a compression costs in precision, as
 * DeepSeek-OCR measures it (arXiv 2510.18234).
 */
import * as v from 'valibot';
import { nameOf } from '../data/data-files.ts';
import { findData, type TaskData } from '../data/find-data.ts';
import { BadRow, readRows } from '../data/rows.ts';
import type { Figure, ScoredSample } from '../figure.ts';
import { foxScores, meanPercent, removeThinking } from '../metrics/index.ts';
import { chosenSubsets, createLimit } from '../open-options.ts';
import { scoreWith } from '../score.ts';
import type { Fault, Material, OpenOptions, Sample, Task } from '../task.ts';
import { tokenCounter } from '../token-counter.ts';

export const foxTask: Task = {
  name: 'fox',
  about: 'Transcribes Fox’s scanned pages, English and Chinese.',
  data: 'unpack focus_benchmark_test.zip of the Hugging Face data set ucaslcl/Fox_benchmark_data into the folder',
  subsets: ['en_page_ocr', 'cn_page_ocr'],
  defaults: { maxTokens: 4096, temperature: 0 },
  open: options => open(foxTask, scanOf, options),
  scorer: {
    score: ({ targets }, { text }, { tokenizeChinese, compat } = {}) =>
      scoreWith('precision', () => {
        const prediction = removeThinking(text).trim();
        const { precision, ...detail } = foxScores(prediction, targets[0]!, { tokenizeChinese, compat });
        return { value: precision, detail };
      }),
  },
  figures,
};

export const foxTextTask: Task = {
  ...foxTask,
  name: 'fox-text',
  about: 'Transcribes the texts of Fox’s pages, drawn with the settings in force.',
  open: options => open(foxTextTask, (_, text) => ({ kind: 'text', text }), options),
};

const rowSchema = v.object({
  image: v.string(),
  conversations: v.pipe(v.array(v.object({ value: v.string() })), v.minLength(2)),
});

type MaterialOf = (image: string, text: string, found: TaskData) => Material;

function scanOf(image: string, _: string, { paths }: TaskData): Material {
  const path = paths.find(candidate => candidate.endsWith(`_pdf_png/${image}`));
  if (path === undefined)
    throw new BadRow(`the file ${image} in en_pdf_png or cn_pdf_png`, 'none of that name');
  return { kind: 'images', images: [path] };
}

async function* open(
  task: Task,
  materialOf: MaterialOf,
  options: OpenOptions,
): AsyncGenerator<Sample | Fault> {
  const found = await findData(task.name, task.data!, options);
  const subsets = chosenSubsets(task, options);
  const count = await tokenCounter(options);
  const limit = createLimit(options);
  for (const subset of subsets) {
    const make = ({ image, conversations }: v.InferOutput<typeof rowSchema>): Sample => {
      const [question, label] = [conversations[0]!.value, conversations[1]!.value];
      const textTokens = count(label);
      const prompt = { before: '', after: question.replace('<image>', '').trim() };
      return {
        kind: 'sample',
        id: `${subset}/${nameOf(image)}`,
        subset,
        material: materialOf(image, label, found),
        question: prompt.after,
        prompts: { text: prompt, pages: prompt },
        targets: [label],
        groups: { textTokens: binOf(textTokens) },
        meta: { textTokens },
      };
    };
    const path = found.find(`${subset}.json`);
    yield* limit.take(subset, readRows(found.files, path, rowSchema, make, { signal: options.signal }));
  }
}

/** E.g. "600-700", as DeepSeek-OCR's table has them. */
function binOf(tokens: number): string {
  const least = Math.floor(tokens / 100) * 100;
  return `${least}-${least + 100}`;
}

/** Means of all that is measured; the edit distance, alone, is best at 0. */
function figures(samples: readonly ScoredSample[]): readonly Figure[] {
  const details: Readonly<Record<string, string | number>>[] = samples.flatMap(({ score }) =>
    score.value === null ? [] : [{ precision: score.value, ...score.detail }],
  );
  return Object.keys(details[0] ?? {}).map(name => ({
    name,
    percent: meanPercent(details.map(detail => Number(detail[name]))),
    count: details.length,
  }));
}
