/**
 * What candidates are measured on: samples of evaluation's tasks, dealt so that the first few of them hold some of every
 * task, and others held out, which no candidate is chosen by.
 */
import { createRandom, GlyphError, nearestName, throwIfAborted } from '../base/index.ts';
import { builtInTasks, findTask, type MeasuredItem, type Sample, type Task } from '../eval/index.ts';

/** A task with the part of it that is meant, e.g. `ocr` over a file. */
export interface ValidationTask {
  /** As typed, e.g. "ocr:book.txt". */
  readonly name: string;
  readonly task: Task;
  readonly folder: string | undefined;
  readonly subsets: readonly string[] | undefined;
}

/** Short names for parts of tasks that need no data. */
const shortNames: Readonly<Record<string, Pick<ValidationTask, 'subsets'> & { readonly task: string }>> = {
  needle: { task: 'ruler', subsets: ['niah_single_2', 'niah_multikey_1'] },
  qa: { task: 'ruler', subsets: ['qa_1'] },
};

export const validationNames: readonly string[] = [
  ...Object.keys(shortNames),
  ...builtInTasks.map(({ name }) => name),
];

/**
 * @param spec `needle`, `qa`, or a task of evaluation with the place of its data after a colon, e.g. "ocr:book.txt",
 *   "file:questions.jsonl"; after `ruler:` stands a subset instead
 * @throws GlyphError kind `config` for a task that is none
 */
export function validationTask(spec: string): ValidationTask {
  const colon = spec.indexOf(':');
  const [name, place] = colon < 0 ? [spec, undefined] : [spec.slice(0, colon), spec.slice(colon + 1)];
  const short = Object.hasOwn(shortNames, name) ? shortNames[name] : undefined;
  if (short !== undefined)
    return { name: spec, task: findTask(short.task), folder: undefined, subsets: short.subsets };
  const task = builtInTasks.find(each => each.name === name);
  if (task === undefined) throw unknownTask(name);
  const makesSamples = task.defaults.lengths !== undefined;
  return {
    name: spec,
    task,
    folder: makesSamples ? undefined : place,
    subsets: makesSamples && place !== undefined ? [place] : undefined,
  };
}

function unknownTask(name: string): GlyphError {
  const near = nearestName(name, validationNames);
  return new GlyphError({
    kind: 'config',
    operation: 'choose the tasks of a search',
    expected: validationNames.join(', '),
    actual: JSON.stringify(name),
    ...(near === undefined ? {} : { hint: `did you mean "${near}"?` }),
  });
}

export interface OpenValidationOptions
  extends Pick<Parameters<Task['open']>[0], 'files' | 'countTokens' | 'signal'> {
  readonly tasks: readonly ValidationTask[];
  /** Of each task. */
  readonly samples: number;
  /** Of each task, held out. */
  readonly holdout: number;
  readonly lengths: readonly number[] | undefined;
  readonly seed: string;
}

export interface Item extends MeasuredItem {
  /** As typed. */
  readonly taskName: string;
  /** Unique among all items. */
  readonly id: string;
}

export interface Validation {
  /** Task by task in turn: any beginning of the list has about as many of each. */
  readonly items: readonly Item[];
  readonly holdout: readonly Item[];
  /** What compression is measured on: a long stretch where samples are short ones of a text, else their own texts. */
  readonly text: string;
}

/** @throws GlyphError as the tasks; kind `input` where a task has too few samples */
export async function openValidation(options: OpenValidationOptions): Promise<Validation> {
  const { tasks, samples, holdout, seed } = options;
  const stretches: string[] = [];
  const dealt: { readonly items: Item[]; readonly holdout: Item[] }[] = [];
  for (const each of tasks) {
    const found = shuffled(await openTask(each, options), seed);
    const wanted = samples + holdout;
    if (found.length < Math.min(wanted, samples + 1)) throw tooFew(each.name, wanted, found.length);
    stretches.push(await longStretch(each, options));
    dealt.push({ items: found.slice(0, samples), holdout: found.slice(samples, wanted) });
  }
  const items = inTurn(dealt.map(each => each.items));
  return {
    items,
    holdout: inTurn(dealt.map(each => each.holdout)),
    text: measuredText(
      stretches.join('\n\n').trim() || items.map(({ sample }) => textOf(sample)).join('\n\n'),
    ),
  };
}

/** Three full pages of the smallest type that is of use. */
const mostMeasuredCharacters = 30_000;

/** As often as it takes. */
function measuredText(once: string): string {
  if (once.trim() === '') return '';
  let text = once;
  while (text.length < mostMeasuredCharacters) text += `\n\n${once}`;
  return text.slice(0, mostMeasuredCharacters);
}

/** Tokens of the stretches that are tried, longest first. */
const longLengths = [7500, 2500, 1000];

/** '' for a task whose samples are no stretches of a text, or where the text is short. */
async function longStretch(
  { task, folder }: ValidationTask,
  { files, seed, signal }: OpenValidationOptions,
): Promise<string> {
  if (task.asks !== 'each-page') return '';
  for (const length of longLengths) {
    try {
      for await (const sample of task.open({ files, folder, lengths: [length], limit: 1, seed, signal }))
        if (sample.kind === 'sample') return textOf(sample);
    } catch (error) {
      if (!(error instanceof GlyphError) || error.kind !== 'io') throw error; // too short a text
    }
  }
  return '';
}

async function openTask(
  { name, task, folder, subsets }: ValidationTask,
  { samples, holdout, files, countTokens, signal, ...options }: OpenValidationOptions,
): Promise<Item[]> {
  const found: Item[] = [];
  const lengths = options.lengths ?? (task.defaults.lengths === undefined ? undefined : [defaultLength]);
  const limit = samples + holdout;
  for await (const sample of task.open({
    files,
    folder,
    subsets,
    lengths,
    limit,
    seed: options.seed,
    countTokens,
    signal,
  })) {
    throwIfAborted(signal, `open ${name}`);
    if (sample.kind === 'sample') found.push({ task, sample, taskName: name, id: `${name} ${sample.id}` });
  }
  return found;
}

/** Text tokens of a made sample. */
const defaultLength = 1024;

function shuffled(items: readonly Item[], seed: string): Item[] {
  const random = createRandom(`validation ${seed}`);
  const left = [...items];
  for (let i = left.length - 1; i > 0; i--) {
    const j = random.integer(0, i);
    [left[i], left[j]] = [left[j]!, left[i]!];
  }
  return left;
}

const inTurn = (lists: readonly (readonly Item[])[]): Item[] =>
  Array.from({ length: Math.max(0, ...lists.map(list => list.length)) }, (_, i) =>
    lists.flatMap(list => list[i] ?? []),
  ).flat();

/** The text of a sample, to see what stands on its pages; '' for pictures. */
const textOf = ({ material }: Sample): string => (material.kind === 'text' ? material.text : '');

const tooFew = (task: string, wanted: number, found: number) =>
  new GlyphError({
    kind: 'input',
    operation: `open ${task} for a search`,
    expected: `${wanted} samples`,
    actual: String(found),
    hint: 'ask for fewer with --samples and --holdout',
  });
