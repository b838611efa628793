/** The flags that decide a search: read for a new one, compared with the recorded ones of a search that goes on. */
import { GlyphError } from '../base/index.ts';
import { parseFlags, preset, presetNames, type RenderConfig } from '../config/index.ts';
import type { Model } from '../model/index.ts';
import { defaultSettings, paperSchedule, type SearchSettings } from '../search/index.ts';
import { modelLimits } from '../tokens/index.ts';
import { choose } from './choose.ts';
import { type Arguments, type FlagGroup, textFlag } from './command.ts';
import { configGroups, configIn, readJson } from './config-flags.ts';
import { amountFlag, lengthsFlag, listFlag } from './eval-settings.ts';
import { countFlag } from './input-flags.ts';
import { usageError } from './usage-error.ts';

const most = 1_000_000;

export const objectiveGroup: FlagGroup = {
  title: 'What to measure on',
  flags: [
    {
      name: 'tasks',
      value: 'NAME,…',
      about:
        'needle, qa, ruler:SUBSET (made here), ocr:TEXTS, file:QUESTIONS.jsonl, or any task of `glyph eval` with its data after a colon. Files named on the line are ocr, or file for .jsonl',
    },
    { name: 'samples', value: 'N', about: `Of each task (${defaultSettings.samples})` },
    {
      name: 'holdout',
      value: 'N',
      about: 'As many more, on which the winner is compared with the best published config at the end',
    },
    { name: 'lengths', value: 'N,…', about: 'Text tokens of made samples and of stretches, e.g. 256,1k' },
    {
      name: 'by',
      value: 'content',
      about:
        'A search for each kind of content in the texts (prose, code, table, chinese), and adaptive.json of all winners',
    },
  ],
};

export const searchGroup: FlagGroup = {
  title: 'How to search',
  flags: [
    { name: 'rounds', value: 'N', about: `Searches, each from a new population (${defaultSettings.rounds})` },
    { name: 'steps', value: 'N', about: `Configs a round measures (${defaultSettings.steps})` },
    {
      name: 'schedule',
      value: 'paper',
      about: `As the paper: ${paperSchedule.rounds} rounds of ${paperSchedule.steps} steps`,
    },
    { name: 'population', value: 'N', about: `Configs of a generation (${defaultSettings.population})` },
    {
      name: 'patience',
      value: 'N',
      about: `Generations without a gain that end a round (${defaultSettings.patience})`,
    },
    {
      name: 'seed',
      value: 'TEXT',
      about: `The same seed and answers, the same search (${defaultSettings.seed})`,
    },
    {
      name: 'propose',
      value: 'PROVIDER:NAME',
      about: 'A model that criticises and proposes; operators do it all unless given',
    },
    { name: 'propose-base-url', value: 'URL', about: 'Its server' },
    { name: 'propose-share', value: 'SHARE', about: `Of each generation (${defaultSettings.proposeShare})` },
    { name: 'from', value: 'CONFIG,…', about: 'Presets or config files that each round begins with' },
    { name: 'space', value: 'FILE', about: 'JSON with ranges in place of those of the paper’s Table 8' },
    {
      name: 'enough-ratio',
      value: 'X',
      about:
        'Compression above counts no more: with --least-ratio X, the most accurate config at that compression',
    },
    {
      name: 'least-ratio',
      value: 'X',
      about: `Configs that compress less are not asked about (${defaultSettings.leastRatio})`,
    },
    {
      name: 'halving',
      kind: 'yes-no',
      about: 'Measure all on a quarter, the better half on half, a quarter on all samples (yes)',
    },
    { name: 'strategy', value: 'genetic|random', about: 'random only draws: what a search is to beat' },
  ],
};

/** The single config keys. */
const keys = configGroups[1]!;
export const heldGroup: FlagGroup = {
  ...keys,
  title: 'Held at a value instead of searched (`glyph config --list` explains each)',
};

export type GivenSearch = Partial<SearchSettings>;

/** What the command line says, and nothing more. @throws GlyphError kind `config` */
export async function givenSearch(args: Arguments): Promise<GivenSearch> {
  const schedule = textFlag(args, 'schedule');
  if (schedule !== undefined) choose('schedule', ['paper'], schedule);
  const strategy = textFlag(args, 'strategy');
  const halving = args.flags['halving'];
  const names = new Set(keys.flags.map(({ name }) => name));
  const held = Object.fromEntries(Object.entries(args.flags).filter(([name]) => names.has(name)));
  const space = textFlag(args, 'space');
  const from = listFlag(args, 'from');
  const tasks = [...(listFlag(args, 'tasks') ?? []), ...args.positionals.map(taskOfFile)];
  const given: { readonly [Name in keyof SearchSettings]?: SearchSettings[Name] | undefined } = {
    tasks: tasks.length === 0 ? undefined : tasks,
    samples: countFlag(args, 'samples', most),
    holdout: countFlag(args, 'holdout', most),
    lengths: lengthsFlag(args),
    seed: textFlag(args, 'seed'),
    ...(schedule === undefined ? {} : paperSchedule),
    ...present({ rounds: countFlag(args, 'rounds', most), steps: countFlag(args, 'steps', most) }),
    population: countFlag(args, 'population', most),
    patience: countFlag(args, 'patience', most),
    strategy:
      strategy === undefined ? undefined : choose('strategy', ['genetic', 'random'] as const, strategy),
    leastRatio: amountFlag(args, 'least-ratio'),
    enoughRatio: amountFlag(args, 'enough-ratio'),
    halving: halving === undefined ? undefined : /^(?:true|yes|on)$/i.test(String(halving)) ? 'on' : 'off',
    proposeShare: shareFlag(args, 'propose-share'),
    given: from === undefined ? undefined : await Promise.all(from.map(configNamed)),
    fixed: Object.keys(held).length === 0 ? undefined : heldKeys(held),
    ranges: space === undefined ? undefined : await rangesFrom(space),
  };
  return present(given) as GivenSearch;
}

const present = <T extends object>(values: T): Partial<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;

/** A text is to be transcribed, a file of questions to be answered. */
const taskOfFile = (path: string): string => (isQuestions(path) ? `file:${path}` : `ocr:${path}`);

export const isQuestions = (path: string): boolean => /\.jsonl$/i.test(path);

/** In their normal form, checked as a whole with the defaults around them. */
function heldKeys(flags: Readonly<Record<string, string | boolean>>): SearchSettings['fixed'] {
  return parseFlags(flags);
}

async function configNamed(name: string): Promise<RenderConfig> {
  if ((presetNames as readonly string[]).includes(name) || !/[./\\]/.test(name)) return preset(name);
  return await configIn(name);
}

async function rangesFrom(file: string): Promise<SearchSettings['ranges']> {
  const value = await readJson(file);
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as SearchSettings['ranges'];
  throw usageError({
    operation: `read ${JSON.stringify(file)}`,
    expected: 'an object of ranges, e.g. {"dpi": [[1, {"min": 60, "max": 96, "step": 1}]]}',
    actual: Array.isArray(value) ? 'a list' : String(value),
  });
}

export function shareFlag(args: Arguments, name: string): number | undefined {
  const share = amountFlag(args, name);
  if (share === undefined || share <= 1) return share;
  throw usageError({
    operation: `read flag "--${name}"`,
    expected: 'a share from 0 to 1, e.g. 0.95',
    actual: String(share),
  });
}

/** A transcriber has no image tokens of its own: the paper's model stands in. */
const familyOfTranscribers = 'glm-4.1v';

export function settingsForNewSearch(
  args: Arguments,
  model: Model,
  proposer: Model | undefined,
  given: GivenSearch,
): SearchSettings {
  return {
    format: 1,
    ...defaultSettings,
    tasks: given.tasks ?? defaultTasks(model),
    given: [],
    fixed: {},
    ranges: {},
    ...given,
    model: model.id,
    family: textFlag(args, 'family') ?? (isKnownFamily(model.family) ? model.family : familyOfTranscribers),
    proposer: proposer?.id ?? null,
  };
}

function defaultTasks({ abilities, id }: Model): string[] {
  if (abilities.task === 'answer') return ['needle', 'qa'];
  throw usageError({
    operation: 'choose what to measure on',
    expected: `a text, as ${id} only transcribes`,
    actual: 'none',
    hint: 'e.g. `glyph search book.txt --model tesseract -o RUN`',
  });
}

function isKnownFamily(family: string): boolean {
  try {
    modelLimits(family);
    return true;
  } catch (error) {
    if (error instanceof GlyphError && error.kind === 'tokens') return false;
    throw error;
  }
}

/** @throws GlyphError kind `config` where the command line names another setting than the search began with */
export function sameSearch(recorded: SearchSettings, given: GivenSearch): void {
  for (const [name, value] of Object.entries(given)) {
    const before = recorded[name as keyof SearchSettings];
    if (JSON.stringify(value) === JSON.stringify(before)) continue;
    throw usageError({
      operation: 'go on with a search',
      expected: `its ${name}, ${JSON.stringify(before)}`,
      actual: JSON.stringify(value),
      hint: 'leave it out, or begin another search in another folder',
    });
  }
}
