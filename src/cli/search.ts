/** `glyph search`: finds the rendering a model reads best per token, with the evidence. */
import { join } from 'node:path';
import { readValue } from '../eval/index.ts';
import type { Model } from '../model/index.ts';
import { openRunFolder, type RunFolder } from '../node/index.ts';
import { fileNames, type SearchSettings, searchConfigs, settingsSchema, summaryOf } from '../search/index.ts';
import { choose } from './choose.ts';
import { type Arguments, type Command, exitCodes, hasFlag, type Terminal, textFlag } from './command.ts';
import { evalEffects } from './eval-effects.ts';
import { amountFlag } from './eval-settings.ts';
import { countFlag } from './input-flags.ts';
import {
  judgeFlags,
  modelFromFlags,
  modelGroup,
  otherModelFromFlags,
  rateFlags,
  ratesFromFlags,
} from './model-flags.ts';
import { renderHint } from './render-hint.ts';
import { searchByContent } from './search-by-content.ts';
import { startSearchProgress } from './search-progress.ts';
import {
  givenSearch,
  heldGroup,
  isQuestions,
  objectiveGroup,
  sameSearch,
  searchGroup,
  settingsForNewSearch,
  shareFlag,
} from './search-settings.ts';
import { searchText } from './search-text.ts';
import { usageError } from './usage-error.ts';

export const searchCommand: Command = {
  name: 'search',
  about: 'Finds the rendering that gives a model the best accuracy for the fewest tokens.',
  usage: '[TEXT…|QUESTIONS.jsonl…] --model PROVIDER:NAME -o RUN, or --resume RUN',
  groups: [
    modelGroup,
    objectiveGroup,
    searchGroup,
    {
      title: 'What to recommend of the front (its knee unless given)',
      flags: [
        {
          name: 'min-accuracy',
          value: 'SHARE',
          about: 'The densest of those at least as accurate, e.g. 0.95',
        },
        { name: 'min-ratio', value: 'X', about: 'The most accurate of those at least as dense, e.g. 3' },
      ],
    },
    {
      title: 'Running',
      flags: [
        { name: 'out', short: 'o', value: 'RUN', about: 'The folder of the search' },
        {
          name: 'resume',
          value: 'RUN',
          about: 'Go on with the search in the folder; nothing recorded is asked again',
        },
        { name: 'cache', value: 'DIR', about: 'Record answers there, so that several searches share them' },
        { name: 'jobs', short: 'j', value: 'N', about: 'Configs measured at once (4)' },
        ...rateFlags,
        { name: 'max-cost', value: 'USD', about: 'End before answers cost more, by list prices' },
        { name: 'max-input-tokens', value: 'N', about: 'End once requests came to so many input tokens' },
        { name: 'max-minutes', value: 'N', about: 'End after so long; --resume goes on' },
        ...judgeFlags,
        { name: 'json', about: 'Print the summary as JSON' },
        { name: 'quiet', short: 'q', about: 'Print nothing but the result and errors' },
      ],
    },
    heldGroup,
  ],
  notes: [
    'RUN gets best.json (a config for --config of every other command; with --by content a folder of each kind has one, and adaptive.json has all, for --config of render, preview and tokens), report.html, candidates.jsonl (each config with who made it, from which, and what it came to), summary.json and, at the end, manifest.json. Killed at any moment, --resume goes on to the same result.',
    'Accuracy is the mean over tasks; compression counts the text tokens of full pages against the tokens of the model’s images (--family says whose; for tesseract those of GLM-4.1V).',
  ],
  examples: [
    ['glyph search book.txt --model tesseract -o runs/ocr', 'what is legible, by a reader that is not ours'],
    [
      'glyph search questions.jsonl --model openai:gpt-4.1 --min-accuracy 0.95 --max-cost 5 -o runs/mine',
      'your documents, your questions',
    ],
    [
      'glyph search --model glyph --tasks needle,qa --schedule paper --propose openai:gpt-5 -o runs/glyph',
      'the paper’s schedule, with a model that proposes',
    ],
    ['glyph render book.txt --config runs/mine/best.json -o pages', 'draws with the winner'],
    [
      'glyph search docs.md src.txt --by content --model tesseract -o runs/kinds',
      'a search for each kind of content',
    ],
    ['glyph render docs.md --config runs/kinds/adaptive.json -o pages', 'draws each kind with its winner'],
  ],
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const resumed = textFlag(args, 'resume');
  if (resumed !== undefined) return await goOn(resumed, args, terminal);
  const by = textFlag(args, 'by');
  if (by === undefined) return await begin(args, terminal);
  choose('way to part texts', ['content'], by);
  return await searchByContent(args, terminal, { begin, goOn });
}

/** Whatever may be wrong with the command line is found out before there is a folder. */
async function begin(args: Arguments, terminal: Terminal): Promise<number> {
  const out = textFlag(args, 'out');
  if (out === undefined) throw noFolder();
  const given = await givenSearch(args);
  const model = await modelFromFlags(args, terminal);
  const proposer = await otherModelFromFlags('propose', args, terminal);
  const settings = settingsForNewSearch(args, model, proposer, given);
  const effects = await effectsFrom(args, terminal);
  return await withFolder(out, 'create', async store => {
    if ((await store.read(fileNames.settings)) !== undefined) throw alreadyThere(out);
    await store.write(fileNames.settings, `${JSON.stringify(settings, undefined, 2)}\n`);
    return await search({ settings, store, model, proposer }, effects, args, terminal);
  });
}

async function goOn(folder: string, args: Arguments, terminal: Terminal): Promise<number> {
  const given = await givenSearch(args);
  const effects = await effectsFrom(args, terminal);
  return await withFolder(folder, 'write', async store => {
    const settings = await readValue(store, fileNames.settings, settingsSchema);
    if (settings === undefined) throw nothingThere(folder);
    sameSearch(settings, given);
    const model = await modelFromFlags(withModel(args, textFlag(args, 'model') ?? settings.model), terminal);
    if (model.id !== settings.model) throw another('model', settings.model, model.id);
    const spec = textFlag(args, 'propose') ?? settings.proposer;
    const proposer =
      spec === null
        ? undefined
        : await otherModelFromFlags(
            'propose',
            { ...args, flags: { ...args.flags, propose: spec } },
            terminal,
          );
    if ((proposer?.id ?? null) !== settings.proposer)
      throw another('proposing model', String(settings.proposer), String(proposer?.id));
    return await search({ settings, store, model, proposer }, effects, args, terminal);
  });
}

interface OpenSearch {
  readonly settings: SearchSettings;
  readonly store: RunFolder;
  readonly model: Model;
  readonly proposer: Model | undefined;
}

async function search(
  { settings, store, model, proposer }: OpenSearch,
  effects: Awaited<ReturnType<typeof effectsFrom>>,
  args: Arguments,
  terminal: Terminal,
): Promise<number> {
  const isBrief = hasFlag(args, 'quiet') || hasFlag(args, 'json');
  const say = isBrief ? () => {} : (text: string) => terminal.err(text);
  const progress = startSearchProgress(terminal, say, settings);
  const cachePath = textFlag(args, 'cache');
  const cache = cachePath === undefined ? undefined : await openRunFolder(cachePath, 'create');
  try {
    const result = await searchConfigs({
      ...evalEffects,
      ...effects,
      settings,
      store,
      cache,
      model,
      proposer,
      signal: terminal.signal,
      onEvent: event => progress.show(event),
    });
    progress.clear();
    terminal.out(
      hasFlag(args, 'json') ? `${JSON.stringify(summaryOf(result), undefined, 2)}\n` : searchText(result),
    );
    const { path } = store;
    if (result.state === 'interrupted') say(`interrupted: glyph search --resume ${path} goes on\n`);
    else if (result.recommendation !== undefined) {
      const best = join(path, fileNames.best);
      say(`${best} is the config, ${join(path, fileNames.report)} the report\n`);
      const texts = args.positionals.filter(path => !isQuestions(path));
      if (textFlag(args, 'by') === undefined) say(renderHint(texts, best));
    }
    if (result.state === 'budget-reached')
      say('the budget ended before the search; --resume with a larger one goes on\n');
    return result.state === 'interrupted' ? exitCodes.interrupted : exitCodes.ok;
  } finally {
    progress.clear();
    await cache?.close();
  }
}

async function effectsFrom(args: Arguments, terminal: Terminal) {
  const minutes = amountFlag(args, 'max-minutes');
  return {
    preference: { minAccuracy: shareFlag(args, 'min-accuracy'), minRatio: amountFlag(args, 'min-ratio') },
    limits: {
      maxCostUsd: amountFlag(args, 'max-cost'),
      maxTokens: countFlag(args, 'max-input-tokens', 1e12),
      maxTimeMs: minutes === undefined ? undefined : minutes * 60_000,
    },
    ...ratesFromFlags(args),
    jobs: countFlag(args, 'jobs', 1000) ?? 4,
    judge: await otherModelFromFlags('judge', args, terminal),
  };
}

const withModel = (args: Arguments, model: string): Arguments => ({
  ...args,
  flags: { ...args.flags, model },
});

async function withFolder<T>(
  path: string,
  access: 'create' | 'write',
  work: (store: RunFolder) => Promise<T>,
): Promise<T> {
  const store = await openRunFolder(path, access);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

const noFolder = () =>
  usageError({
    operation: 'read the command line',
    expected: 'a folder for the search',
    actual: 'none',
    hint: 'name one with -o',
  });

const alreadyThere = (folder: string) =>
  usageError({
    operation: 'begin a search',
    expected: 'a folder without one',
    actual: `one in ${JSON.stringify(folder)}`,
    hint: 'go on with it by --resume, or name another folder',
  });

const nothingThere = (folder: string) =>
  usageError({
    operation: 'go on with a search',
    expected: `a folder with ${fileNames.settings}`,
    actual: `${JSON.stringify(folder)} without`,
  });

const another = (what: string, expected: string, actual: string) =>
  usageError({ operation: 'go on with a search', expected: `its ${what}, ${expected}`, actual });
