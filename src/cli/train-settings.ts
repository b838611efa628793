/** What a stage is to do: a preset, over it the flags, over them `--set`. */
import { stages } from '../data/index.ts';
import { checkSettings, type StageSettings, type TrainPresetName, trainPresets } from '../train/index.ts';
import { choose } from './choose.ts';
import { type Arguments, textFlag } from './command.ts';
import { countFlag } from './input-flags.ts';
import { didYouMean, usageError } from './usage-error.ts';

export const presetNames = Object.keys(trainPresets) as TrainPresetName[];

/** @throws GlyphError kind `config` */
export function settingsFrom(args: Arguments): StageSettings {
  const stage = choose('stage', stages, args.positionals[0]);
  if (args.positionals.length > 1)
    throw usageError({
      operation: 'read the command line',
      expected: 'one stage',
      actual: JSON.stringify(args.positionals[1]),
    });
  const preset = trainPresets[presetFrom(args)];
  const seed = textFlag(args, 'seed') ?? '42';
  const steps = countFlag(args, 'steps', 100_000_000);
  const ocr = textFlag(args, 'ocr');
  const given = {
    // A short run has a short warm-up.
    ...(steps === undefined ? {} : { steps, warmUpSteps: Math.min(preset[stage].warmUpSteps, steps - 1) }),
    ...(ocr === undefined || stage === 'pretrain' ? {} : { ocr: choose('ocr', ['with', 'without'], ocr) }),
  };
  const settings = { stage, seed, ...preset[stage], ...given } as StageSettings;
  return checkSettings(applySettings(settings, textFlag(args, 'set')));
}

/** @throws GlyphError kind `config` */
export const presetFrom = (args: Arguments): TrainPresetName =>
  choose('preset', presetNames, textFlag(args, 'preset') ?? 'reader');

type Tree = { [key: string]: unknown };

/** `KEY=VALUE,…`: settings keep the type they have; nested ones are named by a dot. */
function applySettings(settings: StageSettings, text: string | undefined): StageSettings {
  if (text === undefined) return settings;
  const changed = structuredClone(settings) as unknown as Tree;
  for (const each of text.split(',')) {
    const at = each.indexOf('=');
    const [path, value] = at < 0 ? [each.trim(), ''] : [each.slice(0, at).trim(), each.slice(at + 1).trim()];
    const keys = path.split('.');
    const last = keys.pop()!;
    let tree: Tree | undefined = changed;
    for (const key of keys) tree = isTree(tree?.[key]) ? (tree[key] as Tree) : undefined;
    const before = tree !== undefined && Object.hasOwn(tree, last) ? tree[last] : undefined;
    if (tree === undefined || (typeof before !== 'number' && typeof before !== 'string') || path === 'stage')
      throw unknownKey(path, pathsOf(changed));
    tree[last] = typeof before === 'number' ? numberFrom(path, value) : value;
  }
  return changed as unknown as StageSettings;
}

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null;

const pathsOf = (tree: Tree, above = ''): string[] =>
  Object.entries(tree).flatMap(([key, value]) =>
    isTree(value) ? pathsOf(value, `${above}${key}.`) : key === 'stage' ? [] : [above + key],
  );

function numberFrom(path: string, text: string): number {
  const value = text === '' ? Number.NaN : Number(text);
  if (Number.isFinite(value) && value >= 0) return value;
  throw usageError({
    operation: `read flag "--set ${path}"`,
    expected: 'a number from 0 up',
    actual: JSON.stringify(text),
  });
}

const unknownKey = (path: string, known: readonly string[]) =>
  usageError({
    operation: 'read flag "--set"',
    expected: known.join(', '),
    actual: JSON.stringify(path),
    hint: didYouMean(path, known),
  });
