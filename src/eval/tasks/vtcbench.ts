/**
 * VTCBench (Moenupa/VTCBench, its fixed "Wild" set): retrieval, reasoning and memory under vision-text compression. As
 * `vtcbench` the contexts are text, to be drawn here; as `vtcbench-wild` they are the pages the benchmark drew.
 */
import * as v from 'valibot';
import type { ImagePart } from '../../model/index.ts';
import { nameOf } from '../data/data-files.ts';
import { findData } from '../data/find-data.ts';
import { BadRow, readRows } from '../data/rows.ts';
import { imageTypeOf } from '../image-type.ts';
import { bestStemmedRougeL, containsAll, meanPercent } from '../metrics/index.ts';
import { chosenSubsets, createLimit } from '../open-options.ts';
import { scoreWith } from '../score.ts';
import { groupBy, scoresOf } from '../summarise.ts';
import type { Fault, Material, OpenOptions, Sample, Task } from '../task.ts';

export const vtcBenchTask: Task = {
  name: 'vtcbench',
  about: 'VTCBench’s texts, drawn with the settings in force: retrieval, reasoning, memory.',
  data: 'download the parquet files of the Hugging Face data set MLLM-CL/VTCBench into the folder; their names tell the split (Retrieval, Reasoning, Memory)',
  subsets: ['Retrieval', 'Reasoning', 'Memory'],
  defaults: { maxTokens: 1024, temperature: 0 },
  open: options => open(vtcBenchTask, textRow, options),
  scorer: {
    score: ({ subset, targets }, { text }) =>
      subset === 'Memory'
        ? scoreWith('rouge_l', () => bestStemmedRougeL(text, targets))
        : scoreWith('contains_all', () => containsAll(text, targets)),
  },
  figures: samples =>
    [...groupBy(samples, ({ sample }) => sample.subset)].map(([name, group]) => ({
      name,
      percent: meanPercent(scoresOf(group)),
      count: group.length,
    })),
};

export const vtcBenchWildTask: Task = {
  ...vtcBenchTask,
  name: 'vtcbench-wild',
  about: 'VTCBench’s own pages, of many fonts and layouts: retrieval, reasoning, memory.',
  open: options => open(vtcBenchWildTask, imageRow, options),
};

interface RowForm {
  readonly schema: v.GenericSchema<unknown, Row>;
  readonly columns: readonly string[];
}

interface Row {
  readonly problem: string;
  readonly answers: readonly string[];
  readonly material: Material;
}

const asked = {
  problem: v.string(),
  answers: v.pipe(
    v.union([v.string(), v.array(v.string())]),
    v.transform(answers => (typeof answers === 'string' ? [answers] : answers)),
    v.minLength(1),
  ),
};

const textRow: RowForm = {
  columns: ['problem', 'answers', '_context'],
  schema: v.pipe(
    v.object({ ...asked, _context: v.string() }),
    v.transform(({ _context, ...row }) => ({ ...row, material: { kind: 'text', text: _context } as const })),
  ),
};

const imageRow: RowForm = {
  columns: ['problem', 'answers', 'images'],
  schema: v.pipe(
    v.object({
      ...asked,
      images: v.pipe(v.array(v.object({ bytes: v.instance(Uint8Array) })), v.minLength(1)),
    }),
    v.transform(({ images, ...row }) => ({
      ...row,
      material: { kind: 'images', images: images.map(({ bytes }) => imagePart(bytes)) } as const,
    })),
  ),
};

function imagePart(bytes: Uint8Array): ImagePart {
  const mediaType = imageTypeOf(bytes);
  if (mediaType === undefined) throw new BadRow('"images": PNG, JPEG, WebP or GIF', 'other bytes');
  return { type: 'image', bytes, mediaType };
}

async function* open(task: Task, form: RowForm, options: OpenOptions): AsyncGenerator<Sample | Fault> {
  const found = await findData(task.name, task.data!, options);
  const subsets = chosenSubsets(task, options);
  const subsetOf = (path: string) =>
    subsets.find(subset => nameOf(path).toLowerCase().includes(subset.toLowerCase()));
  const paths = found.select(
    path => /\.(?:parquet|jsonl?)$/.test(path) && subsetOf(path) !== undefined,
    `files with ${subsets.join(' or ')} in their names`,
  );
  const limit = createLimit(options);
  for (const path of paths) {
    const subset = subsetOf(path)!;
    const make = (row: Row, line: number) => makeSample(subset, `${nameOf(path).split('.')[0]}/${line}`, row);
    const { signal } = options;
    yield* limit.take(
      subset,
      readRows(found.files, path, form.schema, make, { signal, columns: form.columns }),
    );
  }
}

function makeSample(subset: string, id: string, { problem, answers, material }: Row): Sample {
  const prompt = {
    before: '',
    after: `Answer the question from the text above with a few words, its own where you can, and nothing else.\nQuestion: ${problem}`,
  };
  return {
    kind: 'sample',
    id,
    subset,
    material,
    question: problem,
    prompts: { text: prompt, pages: prompt },
    targets: answers,
    groups: {},
    meta: {},
  };
}
