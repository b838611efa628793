/** `glyph ask`: a question about long documents, answered by a model that reads them as pages. */
import {
  type AskEvent,
  type AskOptions,
  ask,
  type Compressed,
  compress,
  compressOptions,
  type DocumentInput,
  type DrawEffects,
  joinTexts,
} from '../compress/index.ts';
import { closeDocuments, type InputDocument, loadFont, openDocuments, spawnWorker } from '../node/index.ts';
import { isReader } from '../reader/index.ts';
import { askEmbedded } from './ask-embedded.ts';
import { closeReport, jsonAnswer, jsonPlan, planText } from './ask-report.ts';
import { type Arguments, type Command, exitCodes, hasFlag, type Terminal, textFlag } from './command.ts';
import { configFromFlags, configGroups, hasConfigFlags } from './config-flags.ts';
import { countFlag, inputGroup, inputOptions } from './input-flags.ts';
import { assertCountable, modelFromFlags, modelGroup } from './model-flags.ts';
import { savePages } from './save-pages.ts';
import { startStatus } from './status.ts';
import { readTokenizerFlag, tokenizerFlag } from './tokenizer-flag.ts';
import { usageError } from './usage-error.ts';

export const askCommand: Command = {
  name: 'ask',
  about: 'Answers a question about long documents. A vision-language model reads them as page images.',
  usage: 'INPUT… "QUESTION" [--model PROVIDER:NAME] [flags]',
  groups: [
    modelGroup,
    {
      title: 'Reading',
      flags: [
        { name: 'cite', about: 'Claims name their page and lines, mapped back to offsets of the source' },
        {
          name: 'budget',
          value: 'TOKENS',
          about: 'Input tokens of a request; what the pages leave of it sharpens the relevant ones',
        },
        { name: 'no-zoom', about: 'All pages at the same density' },
        { name: 'zoom-pages', value: 'N', about: 'Sharpen at most N pages (8)' },
        { name: 'zoom-dpi', value: 'DPI', about: 'How sharp; 5/3 of the dense pages unless given' },
        { name: 'no-expand', about: 'Do not offer the model the exact text of lines it asks for' },
        {
          name: 'no-exact',
          about: 'Do not carry ids, hashes, amounts, addresses and the like as text beside the pages',
        },
        {
          name: 'exact-budget',
          value: 'TOKENS',
          about: 'Tokens for those strings, nearest to the question first',
        },
        { name: 'redact', value: 'secrets', about: 'Replace credentials before anything is drawn or sent' },
        { name: 'split', about: 'Ask a document that fits no single request in parts' },
        {
          name: 'pages',
          value: 'gated|always|never',
          about: 'Pages where they are cheaper (the default); always; never',
        },
        { name: 'pdf', value: 'pages|text', about: 'A PDF file as its pages (the default) or as its text' },
        { name: 'pdf-dpi', value: 'DPI', about: 'Dots per inch of PDF pages; 96 unless given' },
        tokenizerFlag,
        { name: 'max-tokens', value: 'N', about: 'Longest answer' },
      ],
    },
    {
      title: 'Output',
      flags: [
        { name: 'dry-run', about: 'Print the exact request size and cost; send nothing' },
        { name: 'show', about: 'Print where the pages are' },
        {
          name: 'out',
          short: 'o',
          value: 'FOLDER',
          about: 'Where --show puts them; a temporary folder unless given',
        },
        { name: 'json', about: 'Print everything as one JSON value' },
        { name: 'quiet', short: 'q', about: 'Print nothing but the answer and errors' },
      ],
    },
    inputGroup,
    ...configGroups,
  ],
  notes: [
    'INPUT is a file (text, source code, .html, .pdf), a folder or glob (files that .gitignore names are left out), or - for standard input. The answer goes to standard output as it is written, the figures to standard error.',
    'Without --model the small reader of this package answers, on this machine and without a key. It is shown the pages that have the question’s words, quotes the lines it rests on, and its answer is printed only where it stands in them. It heeds the flags --json, --quiet, --max-tokens and those of the input.',
  ],
  examples: [
    ['glyph ask notes.txt "What is the pass code of the amber lantern?"', 'with the reader of this package'],
    ['glyph ask book.txt "Who is Mrs Reed?" --model openai:gpt-4.1', 'with OPENAI_API_KEY set'],
    [
      'glyph ask report.pdf "What was the revenue?" --model anthropic:claude-sonnet-4-5 --cite',
      'with places',
    ],
    [
      'glyph ask src docs "Where is the token gate?" --model glyph --base-url http://gpu:8000/v1',
      'a served Glyph',
    ],
    [
      'git log -p | glyph ask - "When did the API change?" --model gemini:gemini-2.5-flash --dry-run',
      'what it would cost',
    ],
  ],
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const { inputs, question } = inputsAndQuestion(args, terminal);
  const model = await modelFromFlags(args, terminal, hasFlag(args, 'dry-run') ? 'plan' : 'call');
  if (isReader(model)) return await askEmbedded(inputs, question, model, args, terminal);
  assertCountable(model);
  const say = hasFlag(args, 'quiet') ? () => {} : (text: string) => terminal.err(text);
  const documents = await openDocuments(inputs, {
    ...inputOptions(args, terminal),
    pdf: choiceFlag(args, 'pdf', ['pages', 'text']) ?? 'pages',
    onNote: note => say(`note: ${note}\n`),
  });
  const isJson = hasFlag(args, 'json');
  const status = startStatus(terminal, { isQuiet: hasFlag(args, 'quiet') || isJson });
  const startMs = performance.now();
  let compressed: Compressed | undefined;
  const onEvent = (event: AskEvent) => {
    if (event.type === 'request-compressed') ({ compressed } = event);
    if (event.type === 'text-received' && !isJson) {
      status.clear();
      terminal.out(event.text);
    } else status.show(event);
  };
  try {
    const options: AskOptions & DrawEffects = {
      ...(await askOptions(args, terminal)),
      model,
      onEvent,
      loadFont,
      spawnWorker,
      jobs: 2,
      signal: terminal.signal,
    };
    const dpi = countFlag(args, 'pdf-dpi', 1200) ?? 96;
    const given = inputsFor(documents, dpi);
    if (hasFlag(args, 'dry-run')) {
      const plan = await compress(given, compressOptions(options, question));
      status.clear();
      terminal.out(isJson ? jsonPlan(plan, model) : planText(plan, model));
      await showPages(args, plan, say);
      return exitCodes.ok;
    }
    const answer = await ask(given, question, options);
    status.clear();
    const seconds = (performance.now() - startMs) / 1000;
    if (!isJson && !answer.text.endsWith('\n')) terminal.out('\n');
    const folder = await showPages(args, compressed, isJson ? () => {} : say);
    if (isJson) terminal.out(jsonAnswer(answer, model, seconds, folder));
    else say(closeReport(answer, model.family, seconds));
    return exitCodes.ok;
  } finally {
    status.clear();
    await closeDocuments(documents);
  }
}

/** The last word is the question; with nothing before it, standard input is read. */
function inputsAndQuestion(args: Arguments, terminal: Terminal) {
  const { positionals } = args;
  const question = positionals.at(-1);
  if (question === undefined || question.trim() === '') {
    throw usageError({
      operation: 'read the command line',
      expected: 'inputs and then a question in quotes',
      actual: positionals.length === 0 ? 'nothing' : 'an empty question',
    });
  }
  const inputs = positionals.slice(0, -1);
  if (inputs.length > 0) return { inputs, question };
  if (terminal.isStdinTerminal) {
    throw usageError({
      operation: 'read the command line',
      expected: 'an input before the question: a file, a folder, a glob or - for standard input',
      actual: 'none',
    });
  }
  return { inputs: ['-'], question };
}

async function askOptions(args: Arguments, terminal: Terminal) {
  const pages = choiceFlag(args, 'pages', ['gated', 'always', 'never']);
  const maxTokens = countFlag(args, 'max-tokens', 1_000_000);
  return {
    cite: hasFlag(args, 'cite') ? ('pages' as const) : ('off' as const),
    budget: {
      tokens: countFlag(args, 'budget', 100_000_000),
      exactTokens: countFlag(args, 'exact-budget', 100_000_000),
      ...(maxTokens === undefined ? {} : { answerTokens: maxTokens }),
    },
    zoom: hasFlag(args, 'no-zoom')
      ? ('off' as const)
      : { pages: countFlag(args, 'zoom-pages', 1000), dpi: countFlag(args, 'zoom-dpi', 1200) },
    expand: hasFlag(args, 'no-expand') ? ('off' as const) : ('auto' as const),
    exact: hasFlag(args, 'no-exact') ? ('off' as const) : ('carry' as const),
    redact: choiceFlag(args, 'redact', ['secrets']) ?? ('off' as const),
    overflow: hasFlag(args, 'split') ? ('split' as const) : ('refuse' as const),
    pages: pages === 'never' ? undefined : pages,
    ...(pages === 'never' ? { keep: () => true } : {}),
    config: hasConfigFlags(args) ? await configFromFlags(args, terminal) : undefined,
    generate: { maxTokens },
    tokenizer: await readTokenizerFlag(args),
  };
}

function choiceFlag<Choice extends string>(
  args: Arguments,
  name: string,
  choices: readonly Choice[],
): Choice | undefined {
  const text = textFlag(args, name);
  const choice = choices.find(each => each === text);
  if (text === undefined || choice !== undefined) return choice;
  throw usageError({
    operation: `read flag "--${name}"`,
    expected: choices.join(' or '),
    actual: JSON.stringify(text),
  });
}

/** Texts joined, since small files share pages; PDF files each on their own. */
function inputsFor(documents: readonly InputDocument[], dpi: number): DocumentInput[] {
  const texts = documents.filter(document => document.kind === 'text');
  const pdfs = documents
    .filter(document => document.kind === 'pdf')
    .map(({ pdf }): DocumentInput => ({ ...pdf, dpi, shows: 'more-than-text' }));
  return texts.length === 0 ? pdfs : [joinTexts(texts), ...pdfs];
}

/** @returns the folder, where pages were asked for and there are any */
async function showPages(
  args: Arguments,
  compressed: Compressed | undefined,
  say: (text: string) => void,
): Promise<string | undefined> {
  if (!hasFlag(args, 'show') || compressed === undefined) return undefined;
  if (compressed.documents.length === 0) {
    say('no pages: everything was sent as text\n');
    return undefined;
  }
  const folder = await savePages(compressed, textFlag(args, 'out'));
  say(`pages: ${folder}\n`);
  return folder;
}
