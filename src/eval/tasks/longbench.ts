/**
 * LongBench v1 (THUDM/LongBench) and LongBench-E, from their JSONL files. The prompts are the published ones, which
 * stay where they are: the user's folder holds them beside the data. Pages take Glyph's image prompts where the
 * folder has them, else the same words with the pages in the place of the context.
 */
import * as v from 'valibot';
import { nameOf, readJson, unreadable } from '../data/data-files.ts';
import { findData, type TaskData } from '../data/find-data.ts';
import { readRows } from '../data/rows.ts';
import { longBenchEFigures, longBenchFigures } from '../longbench/figures.ts';
import { longBenchScorer } from '../longbench/scorer.ts';
import { longBenchSubsets } from '../longbench/subsets.ts';
import { longBenchDatasets } from '../metrics/index.ts';
import { chosenSubsets, createLimit } from '../open-options.ts';
import type { Fault, Form, OpenOptions, Prompt, Sample, Task } from '../task.ts';

const promptFile = 'dataset2prompt.json';
const imagePromptFile = 'dataset2vlmprompt.json';
const data = `unpack data.zip of the Hugging Face data set THUDM/LongBench into the folder and put LongBench/config/${promptFile} of the GitHub repository THUDM/LongBench beside it (and, for Glyph’s own page prompts, ${imagePromptFile} of thu-coai/Glyph)`;

export const longBenchTask: Task = {
  name: 'longbench',
  about: 'Twenty-one long-context tasks in six categories, English, Chinese and code.',
  data,
  subsets: [...longBenchSubsets.keys()],
  defaults: { maxTokens: 512, temperature: 0 },
  open: options => open(longBenchTask, '', options),
  scorer: longBenchScorer,
  figures: longBenchFigures,
};

/** Thirteen of the data sets with even numbers of samples in three length bins. */
export const longBenchETask: Task = {
  ...longBenchTask,
  name: 'longbench-e',
  about: 'Thirteen tasks of LongBench with samples spread evenly over three lengths.',
  subsets: [...longBenchSubsets].filter(([, { inE }]) => inE).map(([name]) => name),
  open: options => open(longBenchETask, '_e', options),
  figures: longBenchEFigures,
};

const rowSchema = v.object({
  input: v.string(),
  context: v.string(),
  answers: v.pipe(v.array(v.string()), v.minLength(1)),
  length: v.number(),
  language: v.optional(v.string()),
  all_classes: v.optional(v.nullable(v.array(v.string()))),
  _id: v.string(),
});

async function* open(task: Task, suffix: '' | '_e', options: OpenOptions): AsyncGenerator<Sample | Fault> {
  const found = await findData(task.name, data, options);
  const subsets = chosenSubsets(task, options);
  const promptsOf = await readPrompts(found, subsets);
  // All of them first: a missing file is better known before the first answer is paid for.
  const paths = subsets.map(subset => found.find(`${subset}${suffix}.jsonl`));
  const limit = createLimit(options);
  for (const [i, subset] of subsets.entries()) {
    const make = (row: v.InferOutput<typeof rowSchema>) => makeSample(subset, suffix, row, promptsOf);
    yield* limit.take(subset, readRows(found.files, paths[i]!, rowSchema, make, { signal: options.signal }));
  }
}

type PromptsOf = (subset: string, input: string) => Readonly<Record<Form, Prompt>>;

function makeSample(
  subset: string,
  suffix: string,
  row: v.InferOutput<typeof rowSchema>,
  promptsOf: PromptsOf,
): Sample {
  const { input, context, answers, length, language, all_classes: classes, _id } = row;
  const { maxTokens, pageNewlines } = longBenchSubsets.get(subset)!;
  return {
    kind: 'sample',
    id: `${subset}${suffix}/${_id}`,
    subset,
    material: { kind: 'text', text: context },
    question: input,
    prompts: promptsOf(subset, input),
    targets: answers,
    groups: {
      category: longBenchDatasets.get(subset)!.category,
      ...(suffix === '_e' ? { length: length < 4000 ? '0-4k' : length < 8000 ? '4-8k' : '8k+' } : {}),
      ...(language === undefined ? {} : { language }),
    },
    maxTokens,
    ...(pageNewlines === 'marked' ? { config: { newlineMark: ' \\n ' } } : {}),
    meta: { length, ...(classes == null ? {} : { classes }) },
  };
}

const promptsSchema = v.record(v.string(), v.string());
const contextSlot = '{context}';

/** @throws GlyphError kind `io` where the prompts are missing, `input` where they lack a subset */
async function readPrompts(found: TaskData, subsets: readonly string[]): Promise<PromptsOf> {
  const path = found.find(promptFile);
  const textPrompts = await readTemplates(found, path);
  for (const subset of subsets) {
    if (textPrompts[subset]?.includes(contextSlot)) continue;
    throw unreadable(path, `a prompt with ${contextSlot} for ${JSON.stringify(subset)}`, 'none');
  }
  const imagePath = found.paths.find(candidate => nameOf(candidate) === imagePromptFile);
  const imagePrompts = imagePath === undefined ? {} : await readTemplates(found, imagePath);
  return (subset, input) => {
    const fill = (template: string) => template.replaceAll('{input}', () => input);
    const [before = '', after = ''] = textPrompts[subset]!.split(contextSlot).map(fill);
    const text = { before, after };
    const image = imagePrompts[subset];
    return { text, pages: image === undefined ? text : { before: '', after: fill(image) } };
  };
}

async function readTemplates({ files }: TaskData, path: string): Promise<Readonly<Record<string, string>>> {
  const parsed = v.safeParse(promptsSchema, await readJson(files, path));
  if (parsed.success) return parsed.output;
  throw unreadable(path, 'an object of prompts by data set', parsed.issues[0].received);
}
