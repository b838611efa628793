/** `glyph read`: transcribes page images with a model, one request a page, and compares with the text they were made of. */
import { GlyphError, inOrder } from '../base/index.ts';
import { transcribePrompt } from '../eval/index.ts';
import { type Completion, type Model, ModelError, type Usage } from '../model/index.ts';
import { findPageImages, openDocuments, readPageImage } from '../node/index.ts';
import { promptTokens } from '../tokens/index.ts';
import { type Arguments, type Command, exitCodes, hasFlag, type Terminal, textFlag } from './command.ts';
import { characterErrors, comparable } from './error-rate.ts';
import { countOf, countText, durationText } from './figures.ts';
import { countFlag } from './input-flags.ts';
import { modelFromFlags, modelGroup } from './model-flags.ts';
import { createProgress } from './progress.ts';
import { usageError } from './usage-error.ts';

const defaultJobs = 4;

/** Comparing takes time by the square of the length: about 10 s at this one. */
const maxComparedLength = 250_000;

export const readCommand: Command = {
  name: 'read',
  about: 'Transcribes page images. Prints their text in order.',
  usage: 'PAGE… [--model PROVIDER:NAME] [--against FILE] [flags]',
  groups: [
    modelGroup,
    {
      title: 'Reading',
      flags: [
        { name: 'jobs', value: 'N', about: `Pages asked at once; ${defaultJobs} unless given` },
        { name: 'max-tokens', value: 'N', about: 'Longest transcription of a page' },
        {
          name: 'against',
          value: 'FILE',
          about:
            'Print the share of wrong characters, compared with this text; white space counts as one space',
        },
      ],
    },
    {
      title: 'Output',
      flags: [
        { name: 'json', about: 'One line of JSON for each page: file, text, model, seconds, usage' },
        { name: 'quiet', short: 'q', about: 'Print nothing but the text and errors' },
      ],
    },
  ],
  notes: [
    'PAGE is a PNG, JPEG, WebP or GIF image, a folder (its pages in the order of its manifest.json, otherwise its images by name) or a glob. A page that fails is reported and the others go on; the exit code is then 1.',
  ],
  examples: [
    ['glyph read pages --model tesseract', 'a folder of pages, without any server'],
    [
      'glyph read pages --model deepseek-ocr --base-url http://localhost:8000/v1 > book.txt',
      'a server of your own',
    ],
    ['glyph read pages --model openai:gpt-4.1 --against book.txt', 'how well a model reads these pages'],
    ["glyph read 'scans/*.jpg' --model gemini:gemini-2.5-flash --json", 'one line of JSON a page'],
  ],
  run,
};

interface PageRead {
  readonly file: string;
  readonly completion: Completion;
  readonly seconds: number;
}

interface PageFailed {
  readonly file: string;
  readonly error: GlyphError;
}

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const { signal } = terminal;
  const jobs = countFlag(args, 'jobs', 64) ?? defaultJobs;
  const maxTokens = countFlag(args, 'max-tokens', 1_000_000);
  const files = await pagesOf(args);
  const target = await targetFlag(args, signal);
  const model = await modelFromFlags(args, terminal);
  const say = hasFlag(args, 'quiet') ? () => {} : (text: string) => terminal.err(text);
  const progress = createProgress(terminal);
  const startMs = performance.now();
  const read: PageRead[] = [];
  let failed = 0;
  try {
    const pages = inOrder(each(files), jobs, file => readPage(file, { model, maxTokens, signal }));
    for await (const page of pages) {
      progress.clear();
      if ('error' in page) failed++;
      else read.push(page);
      printPage(page, args, terminal);
      if (!hasFlag(args, 'quiet'))
        progress.update(read.length + failed, (read.length + failed) / files.length);
    }
  } finally {
    progress.clear();
  }
  say(summary(read, failed, (performance.now() - startMs) / 1000));
  if (target !== undefined) printErrorRate(read, failed, { target, args, terminal });
  return failed === 0 ? exitCodes.ok : exitCodes.failure;
}

async function* each<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items;
}

async function pagesOf({ positionals }: Arguments): Promise<readonly string[]> {
  if (positionals.length > 0) return await findPageImages(positionals);
  throw usageError({
    operation: 'read the command line',
    expected: 'page images: files, folders or a glob',
    actual: 'none',
  });
}

interface ReadTask {
  readonly model: Model;
  readonly maxTokens: number | undefined;
  readonly signal: AbortSignal;
}

async function readPage(file: string, { model, ...options }: ReadTask): Promise<PageRead | PageFailed> {
  const startMs = performance.now();
  try {
    const image = await readPageImage(file);
    const text = model.abilities.transcribePrompt ?? transcribePrompt;
    const completion = await model.generate(
      [{ role: 'user', parts: [image, { type: 'text', text }] }],
      options,
    );
    if (completion.finishReason === 'refusal') throw refused(file);
    return { file, completion, seconds: (performance.now() - startMs) / 1000 };
  } catch (error) {
    if (!(error instanceof GlyphError) || meetsAllPages(error)) throw error;
    return { file, error };
  }
}

const refused = (file: string) =>
  new GlyphError({
    kind: 'model',
    operation: `transcribe ${JSON.stringify(file)}`,
    expected: 'its text',
    actual: 'a refusal of the model or its filter',
  });

/** Whether the next page would fail in the same way. */
function meetsAllPages(error: GlyphError): boolean {
  if (error instanceof ModelError) return error.failure === 'credentials';
  return error.kind !== 'model' && error.kind !== 'input' && error.kind !== 'io';
}

function printPage(page: PageRead | PageFailed, args: Arguments, terminal: Terminal): void {
  const isJson = hasFlag(args, 'json');
  if ('error' in page) {
    const { file, error } = page;
    if (isJson) terminal.out(`${JSON.stringify({ file, error: error.message })}\n`);
    terminal.err(`failed: ${file}: ${error.message}\n`);
    return;
  }
  const { file, completion, seconds } = page;
  const { text, model, usage, finishReason } = completion;
  if (finishReason === 'length') terminal.err(`warning: ${file}: cut at the token limit (--max-tokens)\n`);
  const line = { file, text, model, seconds: Number(seconds.toFixed(3)), usage, finishReason };
  terminal.out(isJson ? `${JSON.stringify(line)}\n` : `${text}\n`);
}

/** e.g. "12 pages, 1 failed, 9,876 tokens in, 12,345 out, 24 s" */
function summary(read: readonly PageRead[], failed: number, seconds: number): string {
  const usages = read.flatMap(({ completion: { usage } }) => (usage === undefined ? [] : [usage]));
  const sum = (count: (usage: Usage) => number) =>
    countText(usages.reduce((total, each) => total + count(each), 0));
  const input = sum(promptTokens);
  const parts = [
    countOf(read.length + failed, 'page'),
    ...(failed === 0 ? [] : [`${countText(failed)} failed`]),
    ...(usages.length === 0 ? [] : [`${input} tokens in, ${sum(usage => usage.outputTokens)} out`]),
    durationText(seconds),
  ];
  return `${parts.join(', ')}\n`;
}

/** The text pages are compared with, read before a model is asked. */
async function targetFlag(args: Arguments, signal: AbortSignal): Promise<string | undefined> {
  const file = textFlag(args, 'against');
  if (file === undefined) return undefined;
  const [document] = await openDocuments([file], { pdf: 'text', signal });
  const target = document?.kind === 'text' ? comparable(document.text) : '';
  if (target.length > 0 && target.length <= maxComparedLength) return target;
  throw new GlyphError({
    kind: 'input',
    operation: `compare with ${JSON.stringify(file)}`,
    expected: `a text of 1 to ${countText(maxComparedLength)} characters`,
    actual: countText(target.length),
    hint: 'compare some of the pages, with their part of the text',
  });
}

interface Comparison {
  readonly target: string;
  readonly args: Arguments;
  readonly terminal: Terminal;
}

function printErrorRate(
  read: readonly PageRead[],
  failed: number,
  { target, args, terminal }: Comparison,
): void {
  const text = comparable(read.map(page => page.completion.text).join('\n'));
  if (failed > 0 || text.length > 2 * maxComparedLength) {
    terminal.err(`no error rate: ${failed > 0 ? 'pages are missing' : 'far more was read than there is'}\n`);
    return;
  }
  const { errors, rate } = characterErrors(text, target);
  if (hasFlag(args, 'json')) {
    terminal.out(`${JSON.stringify({ characterErrorRate: rate, errors, characters: target.length })}\n`);
  } else {
    const share = `${(100 * rate).toFixed(2)} %`;
    terminal.err(`wrong characters: ${share} (${countText(errors)} of ${countText(target.length)})\n`);
  }
}
