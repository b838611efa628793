/**
 * OpenAI's MRCR as published (parquet), and as the Glyph repository prepared it (JSONL with the conversation as one
 * text). Bins go by o200k tokens of prompt and answer, so every row must be counted; the number of characters, which
 * the data tells, spares those that are far too long.
 */
import * as v from 'valibot';
import { GlyphError } from '../../base/index.ts';
import { textMessage } from '../../model/index.ts';
import { type DataFiles, nameOf } from '../data/data-files.ts';
import { findData } from '../data/find-data.ts';
import { BadRow, excerptOf, parseColumn, readRows } from '../data/rows.ts';
import { mrcrBin } from '../metrics/index.ts';
import { mrcrFigures } from '../mrcr/figures.ts';
import { mrcrScorer } from '../mrcr/scorer.ts';
import { mrcrNeedles } from '../mrcr/subsets.ts';
import { chosenSubsets, createLimit } from '../open-options.ts';
import type { Fault, Material, OpenOptions, Sample, Task } from '../task.ts';
import { tokenCounter } from '../token-counter.ts';

export const mrcrTask: Task = {
  name: 'mrcr',
  about: 'OpenAI’s MRCR: gives back one of several like pieces of a long conversation.',
  data: 'download the folders 2needle, 4needle and 8needle (parquet) of the Hugging Face data set openai/mrcr, or the files processed_*needle_*.jsonl of CCCCCC/Glyph_Evaluation, into the folder',
  subsets: [...mrcrNeedles.keys()],
  defaults: { maxTokens: 8192, temperature: 0 },
  open,
  scorer: mrcrScorer,
  figures: mrcrFigures,
};

async function* open(options: OpenOptions): AsyncGenerator<Sample | Fault> {
  const subsets = chosenSubsets(mrcrTask, options);
  const upperEnds = options.lengths === undefined ? binEnds : checkEnds(options.lengths);
  const { files, select } = await findData('mrcr', mrcrTask.data!, options);
  const paths = select(path => /\.(?:parquet|jsonl)$/.test(path), '.parquet or .jsonl files');
  const count = await tokenCounter(options);
  const limit = createLimit(options);
  for (const path of paths) {
    const inName = /\d+needle/.exec(nameOf(path))?.[0];
    const expected = inName === undefined ? subsets : subsets.filter(subset => subset === inName);
    const isDone = () =>
      expected.every(subset => upperEnds.every(end => limit.isReached(`${subset} ${end}`)));
    if (isDone()) continue;
    const read = path.endsWith('.parquet') ? readPublished : readPrepared;
    for await (const item of read({
      files,
      path,
      count,
      mostTokens: Math.max(...upperEnds),
      signal: options.signal,
    })) {
      if (item.kind === 'fault') {
        yield item;
        continue;
      }
      const { sample, upperEnd } = item;
      const kind = `${sample.subset} ${upperEnd}`;
      const isWanted = options.lengths === undefined || upperEnds.includes(upperEnd);
      if (!isWanted || !expected.includes(sample.subset) || limit.isReached(kind)) continue;
      limit.count(kind);
      yield sample;
      if (isDone()) break;
    }
  }
}

const binEnds = [8192, 16_384, 32_768, 65_536, 131_072, 262_144, 524_288, 1_048_576];

function checkEnds(lengths: readonly number[]): readonly number[] {
  const wrong = lengths.find(length => !binEnds.includes(length));
  if (wrong === undefined) return lengths;
  throw new GlyphError({
    kind: 'config',
    operation: 'choose lengths of mrcr',
    expected: `upper ends of its bins: ${binEnds.join(', ')}`,
    actual: String(wrong),
  });
}

interface ReadOptions {
  readonly files: DataFiles;
  readonly path: string;
  readonly count: (text: string) => number;
  readonly mostTokens: number;
  readonly signal: AbortSignal | undefined;
}

interface Binned {
  readonly kind: 'binned';
  readonly sample: Sample;
  /** Tokens; NaN outside of all bins. */
  readonly upperEnd: number;
}

const publishedSchema = v.object({
  prompt: v.string(),
  answer: v.string(),
  random_string_to_prepend: v.pipe(v.string(), v.minLength(1)),
  n_needles: v.number(),
  n_chars: v.optional(v.number()),
  desired_msg_index: v.optional(v.number()),
  date_added: v.optional(v.nullable(v.string())),
});

const promptSchema = v.pipe(
  v.array(v.object({ role: v.picklist(['system', 'user', 'assistant']), content: v.string() })),
  v.minLength(2),
  v.check(messages => messages.at(-1)?.role === 'user', 'messages that end with one of the user'),
);

/** No text has more characters to a token. */
const mostCharactersPerToken = 12;

function readPublished(options: ReadOptions): AsyncGenerator<Binned | Fault> {
  const { files, path, count, mostTokens, signal } = options;
  const make = (row: v.InferOutput<typeof publishedSchema>, line: number) => {
    const { answer, random_string_to_prepend: prefix, n_chars = 0 } = row;
    if (n_chars > mostTokens * mostCharactersPerToken) return undefined;
    const prompt = parseColumn('prompt', promptSchema, row.prompt);
    const tokens = prompt.reduce((sum, { content }) => sum + count(content), count(answer));
    const messages = prompt.slice(0, -1).map(({ role, content }) => textMessage(role, content));
    return binned({
      path,
      line,
      subset: `${row.n_needles}needle`,
      material: { kind: 'conversation', messages },
      question: prompt.at(-1)!.content,
      answer,
      prefix,
      bin: mrcrBin(tokens) ?? outside,
      meta: { tokens, wantedMessage: row.desired_msg_index ?? null, dateAdded: row.date_added ?? null },
    });
  };
  const columns = Object.keys(publishedSchema.entries);
  return readRows(files, path, publishedSchema, make, { signal, columns });
}

const preparedSchema = v.object({
  context: v.string(),
  question: v.string(),
  answer: v.string(),
  unique_id: v.string(),
  random_string_to_prepend: v.optional(v.string()),
});

function readPrepared({ files, path, signal }: ReadOptions): AsyncGenerator<Binned | Fault> {
  const make = (row: v.InferOutput<typeof preparedSchema>, line: number) => {
    const { context, question, answer, unique_id: uniqueId } = row;
    const prefix = row.random_string_to_prepend ?? /^Prepend (\S+) to /.exec(question)?.[1];
    if (prefix === undefined) throw new BadRow('"question": "Prepend … to …"', excerptOf(question));
    const [, needles, least, most] = /(\d)needle_(\d+)k_(\d+)k/.exec(uniqueId) ?? [];
    if (needles === undefined)
      throw new BadRow('"unique_id" with "2needle_8k_16k" or the like', excerptOf(uniqueId));
    return binned({
      path,
      line,
      subset: `${needles}needle`,
      material: { kind: 'text', text: context },
      question,
      answer,
      prefix,
      bin: `${Number(least) * 1024}-${Number(most) * 1024}`,
      meta: { uniqueId },
    });
  };
  return readRows(files, path, preparedSchema, make, { signal });
}

const outside = 'outside of the bins';

interface Found {
  readonly path: string;
  readonly line: number;
  readonly subset: string;
  readonly material: Material;
  readonly question: string;
  readonly answer: string;
  readonly prefix: string;
  /** E.g. "4096-8192". */
  readonly bin: string;
  readonly meta: Sample['meta'];
}

function binned({ path, line, subset, material, question, answer, prefix, bin, meta }: Found): Binned {
  const prompt = { before: '', after: question };
  const sample: Sample = {
    kind: 'sample',
    id: `${nameOf(path).replace(/\.\w+$/, '')}/${line}`,
    subset,
    material,
    question,
    prompts: { text: prompt, pages: prompt },
    targets: [answer],
    groups: { length: bin },
    meta: { prefix, ...meta },
  };
  return { kind: 'binned', sample, upperEnd: bin === outside ? Number.NaN : Number(bin.split('-')[1]) };
}
