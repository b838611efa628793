/**
 * MMLongBench-Doc (mayubo2333/MMLongBench-Doc): questions about PDF documents of many pages. The answer is free text; a
 * judge model writes it down in a form that can be compared, in words of our own.
 */
import * as v from 'valibot';
import { nameOf } from '../data/data-files.ts';
import { findData } from '../data/find-data.ts';
import { BadRow, readRows } from '../data/rows.ts';
import type { Figure, ScoredSample } from '../figure.ts';
import {
  type AnswerFormat,
  meanPercent,
  mmlongbenchAccuracy,
  mmlongbenchScore,
  removeThinking,
} from '../metrics/index.ts';
import { readPythonList } from '../metrics/python-list.ts';
import { createLimit, inSubsets } from '../open-options.ts';
import { type Scorer, scoreWith } from '../score.ts';
import { groupBy, scoresOf } from '../summarise.ts';
import type { Fault, OpenOptions, Sample, SampleFacts, Task } from '../task.ts';

const notAnswerable = 'Not answerable';

const scorer: Scorer = {
  judge: { maxTokens: 256, prompt: judgePrompt },
  score({ targets, meta }, { judged }) {
    const metric = 'mmlongbench';
    if (judged === undefined) return { metric, value: null, reason: 'no judge model wrote the answer down' };
    const extracted = readJudged(judged);
    if (extracted === undefined) {
      return { metric, value: null, reason: 'the judge model named no "Extracted answer:"' };
    }
    return scoreWith(metric, () => ({
      value: mmlongbenchScore(extracted, targets[0]!, meta['format'] as AnswerFormat),
      detail: { extracted },
    }));
  },
};

export const mmLongBenchDocTask: Task = {
  name: 'mmlongbench-doc',
  about: 'Questions about PDF documents of up to 120 pages; needs a judge model.',
  data: 'download data/samples.json of the GitHub repository mayubo2333/MMLongBench-Doc and the PDF files of the Hugging Face data set yubo2333/MMLongBench-Doc into the folder',
  subsets: [],
  defaults: { maxTokens: 1024, temperature: 0 },
  open,
  scorer,
  figures,
};

const rowSchema = v.object({
  doc_id: v.string(),
  doc_type: v.string(),
  question: v.string(),
  answer: v.pipe(v.union([v.string(), v.number()]), v.transform(String)),
  evidence_pages: v.string(),
  evidence_sources: v.string(),
  answer_format: v.picklist(['Int', 'Float', 'Str', 'List', 'None']),
});

async function* open(options: OpenOptions): AsyncGenerator<Sample | Fault> {
  const found = await findData('mmlongbench-doc', mmLongBenchDocTask.data!, options);
  const documents = new Map(found.paths.map(path => [nameOf(path), path]));
  const make = (row: v.InferOutput<typeof rowSchema>, line: number) => makeSample(row, line, documents);
  const rows = readRows(found.files, found.find('samples.json'), rowSchema, make, { signal: options.signal });
  yield* createLimit(options).take('all', inSubsets(rows, options));
}

function makeSample(
  row: v.InferOutput<typeof rowSchema>,
  line: number,
  documents: ReadonlyMap<string, string>,
): Sample {
  const path = documents.get(row.doc_id);
  if (path === undefined) throw new BadRow(`the file ${row.doc_id} in the folder`, 'none of that name');
  const pages = listColumn('evidence_pages', row.evidence_pages);
  const evidence =
    row.answer === notAnswerable ? 'unanswerable' : pages.length > 1 ? 'cross-page' : 'single page';
  const prompt = {
    before: '',
    after: `Answer this question about the document. If the document does not tell, say that it is not answerable.\n\n${row.question}`,
  };
  return {
    kind: 'sample',
    id: String(line),
    subset: row.doc_type,
    material: { kind: 'pdf', path },
    question: row.question,
    prompts: { text: prompt, pages: prompt },
    targets: [row.answer],
    groups: {
      evidence,
      source: listColumn('evidence_sources', row.evidence_sources),
      format: row.answer_format,
    },
    meta: { document: row.doc_id, format: row.answer_format, pages },
  };
}

/** Lists stand in the data as Python writes them. */
function listColumn(name: string, text: string): readonly string[] {
  const list = readPythonList(text);
  if (list === undefined) throw new BadRow(`${JSON.stringify(name)}: a list`, JSON.stringify(text));
  return list;
}

function judgePrompt({ question }: SampleFacts, answer: string): string {
  return `A model was asked a question about a document. Write down the answer it came to, in as few words as it takes.

Reply with exactly two lines:
Extracted answer: the answer alone, such as 12, 3.5%, Berlin or ['red', 'blue']
Answer format: one of Integer, Float, String, List, None

Write "${notAnswerable}" as the answer where the model says that the document does not tell. Write "Fail to answer" where the model gives no answer, or says that it cannot read the document. Do not correct the model and do not answer the question yourself.

Question: ${question}

What the model wrote:
${removeThinking(answer).trim()}`;
}

function readJudged(text: string): string | undefined {
  const [, rest] = removeThinking(text).split('Extracted answer:');
  return rest?.replace(/Answer format:[\s\S]*/, '').trim();
}

function figures(samples: readonly ScoredSample[]): readonly Figure[] {
  const answers = samples.flatMap(({ sample, score }) =>
    score.value === null
      ? []
      : [{ prediction: String(score.detail['extracted']), target: sample.targets[0]!, score: score.value }],
  );
  const { accuracy, f1 } = mmlongbenchAccuracy(answers);
  const count = answers.length;
  return [
    { name: 'accuracy', percent: meanPercent([accuracy]), count },
    { name: 'F1', percent: meanPercent([f1]), count },
    ...[...groupBy(samples, ({ sample }) => String(sample.groups['evidence']))].map(([name, group]) => ({
      name: `accuracy, ${name}`,
      percent: meanPercent(scoresOf(group)),
      count: group.length,
    })),
  ];
}
