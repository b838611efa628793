/**
 * LongBench v2 (THUDM/LongBench): multiple choice over long documents. Takes the published prompt where the folder has
 * it (`0shot.txt`), else one of our own that asks for the same form of answer.
 */
import * as v from 'valibot';
import { nameOf, readText, unreadable } from '../data/data-files.ts';
import { findData, type TaskData } from '../data/find-data.ts';
import { readRows } from '../data/rows.ts';
import type { Figure, ScoredSample } from '../figure.ts';
import { type Choice, choiceAccuracies, extractChoice, removeThinking } from '../metrics/index.ts';
import { createLimit, inSubsets } from '../open-options.ts';
import { scoreWith } from '../score.ts';
import type { Fault, OpenOptions, Sample, Task } from '../task.ts';

const promptFile = '0shot.txt';

export const longBenchV2Task: Task = {
  name: 'longbench-v2',
  about: 'Multiple choice over documents of 8,000 to 2,000,000 words.',
  data: `download data.json of the Hugging Face data set THUDM/LongBench-v2 into the folder (and, for the published prompt, prompts/${promptFile} of the GitHub repository THUDM/LongBench)`,
  subsets: [],
  defaults: { maxTokens: 128, temperature: 0.1 },
  open,
  scorer: {
    score: ({ targets }, { text }) =>
      scoreWith('accuracy', () => {
        const choice = extractChoice(removeThinking(text));
        return { value: Number(choice === targets[0]), detail: { choice: choice ?? '' } };
      }),
  },
  figures,
};

const letter = v.picklist(['A', 'B', 'C', 'D']);

const rowSchema = v.object({
  _id: v.string(),
  domain: v.string(),
  sub_domain: v.string(),
  difficulty: v.picklist(['easy', 'hard']),
  length: v.picklist(['short', 'medium', 'long']),
  question: v.string(),
  choice_A: v.string(),
  choice_B: v.string(),
  choice_C: v.string(),
  choice_D: v.string(),
  answer: letter,
  context: v.string(),
});

type Row = v.InferOutput<typeof rowSchema>;

async function* open(options: OpenOptions): AsyncGenerator<Sample | Fault> {
  const found = await findData('longbench-v2', longBenchV2Task.data!, options);
  const path = found.select(path => /(?:^|\/)data\.(?:json|jsonl|parquet)$/.test(path), 'data.json')[0]!;
  const template = await readTemplate(found);
  const make = (row: Row) => makeSample(row, template);
  const rows = readRows(found.files, path, rowSchema, make, { signal: options.signal });
  yield* createLimit(options).take('all', inSubsets(rows, options));
}

/** Where the document goes; what stands around it is the prompt. */
const documentSlot = '$DOC$';

const ownTemplate = `Read the text and answer the question about it.

${documentSlot}

Question: $Q$
(A) $C_A$
(B) $C_B$
(C) $C_C$
(D) $C_D$

Answer in this form: "The correct answer is (letter)".`;

async function readTemplate({ files, paths }: TaskData): Promise<string> {
  const path = paths.find(candidate => nameOf(candidate) === promptFile);
  if (path === undefined) return ownTemplate;
  const template = await readText(files, path);
  if (template.includes(documentSlot)) return template;
  throw unreadable(path, `a prompt with ${documentSlot}`, 'one without');
}

function makeSample(row: Row, template: string): Sample {
  const values: Readonly<Record<string, string>> = {
    $Q$: row.question.trim(),
    $C_A$: row.choice_A.trim(),
    $C_B$: row.choice_B.trim(),
    $C_C$: row.choice_C.trim(),
    $C_D$: row.choice_D.trim(),
  };
  const fill = (text: string) => text.replace(/\$(?:Q|C_[A-D])\$/g, slot => values[slot]!);
  const [before = '', after = ''] = template.split(documentSlot).map(fill);
  const prompt = { before, after };
  const { _id, domain, sub_domain, difficulty, length, question, answer, context } = row;
  return {
    kind: 'sample',
    id: _id,
    subset: domain,
    material: { kind: 'text', text: context.trim() },
    question,
    prompts: { text: prompt, pages: prompt },
    targets: [answer],
    groups: { difficulty, length, subdomain: sub_domain },
    meta: {},
  };
}

function figures(samples: readonly ScoredSample[]): readonly Figure[] {
  const choices = samples.map(({ sample, score }) => ({
    choice:
      score.value === null || score.detail['choice'] === '' ? undefined : (score.detail['choice'] as Choice),
    target: sample.targets[0] as Choice,
    difficulty: sample.groups['difficulty'] as 'easy' | 'hard',
    length: sample.groups['length'] as 'short' | 'medium' | 'long',
  }));
  const countOf = (name: string) =>
    name === 'overall'
      ? choices.length
      : choices.filter(({ difficulty, length }) => difficulty === name || length === name).length;
  const compensated = choiceAccuracies(choices, { unparsed: 'quarter' }).get('overall')!;
  return [
    ...[...choiceAccuracies(choices)].map(([name, percent]) => ({ name, percent, count: countOf(name) })),
    { name: 'overall, an answer without a letter at 25 %', percent: compensated, count: choices.length },
  ];
}
