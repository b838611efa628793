/**
 * RULER samples made elsewhere: JSONL of NVIDIA's scripts, where the whole prompt is one text, and of the Glyph
 * repository, where context and question are apart. The folder or file name tells task and length, as both name them.
 */
import * as v from 'valibot';
import { findData } from '../data/find-data.ts';
import { BadRow, readRows } from '../data/rows.ts';
import { chosenSubsets, createLimit } from '../open-options.ts';
import { rulerFigures } from '../ruler/figures.ts';
import { rulerScorer } from '../ruler/scorer.ts';
import { splitInput } from '../ruler/split-input.ts';
import { rulerGenerators } from '../ruler/subsets.ts';
import type { Fault, OpenOptions, Sample, Task } from '../task.ts';

export const rulerFilesTask: Task = {
  name: 'ruler-files',
  about: 'RULER samples made elsewhere, by NVIDIA’s scripts or for the Glyph paper.',
  data: 'put the JSONL files into the folder: …/4096/data/vt/validation.jsonl as NVIDIA/RULER’s prepare.py writes them, or the ruler files of the Hugging Face data set CCCCCC/Glyph_Evaluation with the length in their names',
  subsets: [...rulerGenerators.keys()],
  defaults: { maxTokens: 128, temperature: 0 },
  open,
  scorer: rulerScorer,
  figures: rulerFigures,
};

const outputs = v.pipe(v.array(v.string()), v.minLength(1));

const wholeSchema = v.object({
  input: v.string(),
  outputs,
  index: v.optional(v.number()),
  length: v.optional(v.number()),
  answer_prefix: v.optional(v.string(), ''),
});

const apartSchema = v.object({
  task_name: v.string(),
  context: v.string(),
  question: v.string(),
  outputs,
});

const rowSchema = v.union([apartSchema, wholeSchema]);

type Row = v.InferOutput<typeof rowSchema>;

async function* open(options: OpenOptions): AsyncGenerator<Sample | Fault> {
  const found = await findData('ruler-files', rulerFilesTask.data!, options);
  const subsets = chosenSubsets(rulerFilesTask, options);
  const limit = createLimit(options);
  for (const path of found.select(candidate => candidate.endsWith('.jsonl'), '.jsonl files')) {
    const make = (row: Row, line: number) => makeSample(path, row, line);
    for await (const item of readRows(found.files, path, rowSchema, make, { signal: options.signal })) {
      if (item.kind === 'sample') {
        const kind = `${item.subset} ${item.groups['length']}`;
        const isWanted =
          options.lengths === undefined || options.lengths.includes(Number(item.groups['length']));
        if (!isWanted || !subsets.includes(item.subset) || limit.isReached(kind)) continue;
        limit.count(kind);
      }
      yield item;
    }
  }
}

function makeSample(path: string, row: Row, line: number): Sample {
  const subset = 'context' in row ? row.task_name : subsetOf(path);
  if (subset === undefined || !rulerGenerators.has(subset)) {
    throw new BadRow(
      'context' in row ? '"task_name": a task of RULER' : 'a file in a folder named as a task of RULER',
      JSON.stringify(subset ?? path),
    );
  }
  const length = lengthOf(path) ?? ('context' in row ? undefined : row.length);
  const parts =
    'context' in row
      ? { example: '', instruction: '', context: row.context, question: `\n${row.question}` }
      : splitInput(row.input, subset);
  const prefix = 'context' in row ? '' : row.answer_prefix;
  const after = `${parts.question}${prefix}`;
  return {
    kind: 'sample',
    id: `${subset}/${length ?? 'unknown'}/${line}`,
    subset,
    material: { kind: 'text', text: parts.context },
    question: parts.question.trim(),
    prompts: {
      text: { before: parts.example + parts.instruction, after },
      pages: { before: parts.instruction, after },
    },
    targets: row.outputs,
    groups: { length: length === undefined ? 'unknown' : String(length) },
    maxTokens: rulerGenerators.get(subset)!.maxTokens,
    meta: {},
  };
}

const subsetOf = (path: string): string | undefined =>
  path
    .split(/[/.]/)
    .reverse()
    .find(name => rulerGenerators.has(name));

/** The last number of at least four digits in the path. */
function lengthOf(path: string): number | undefined {
  const digits = path.match(/\d{4,}/g)?.at(-1);
  return digits === undefined ? undefined : Number(digits);
}
