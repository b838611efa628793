/** The flags that decide a run's samples and requests: read for a new run, compared with those of a run that goes on. */
import { configHash, type RenderConfig } from '../config/index.ts';
import { armNames, type RunFile, type RunSettings, type Task } from '../eval/index.ts';
import type { Model } from '../model/index.ts';
import { generator } from '../node/index.ts';
import { type Arguments, type FlagGroup, type Terminal, textFlag } from './command.ts';
import { configFromFlags, hasConfigFlags } from './config-flags.ts';
import { clock } from './eval-effects.ts';
import { countFlag } from './input-flags.ts';
import { usageError } from './usage-error.ts';

export const settingsGroup: FlagGroup = {
  title: 'What to measure',
  flags: [
    { name: 'arms', value: 'NAME,…', about: `${armNames.join(', ')}; text,pages unless given` },
    { name: 'data', value: 'PATH', about: 'Where the task’s data is; `--list` says what to download' },
    { name: 'subsets', value: 'NAME,…', about: 'Parts of the task; all unless given' },
    { name: 'lengths', value: 'N,…', about: 'Text tokens, e.g. 4k,8k: of made samples, or bins of the data' },
    { name: 'limit', value: 'N', about: 'At most so many samples of each subset and length' },
    { name: 'seed', value: 'TEXT', about: 'For samples that are made (42)' },
    {
      name: 'max-tokens',
      value: 'N',
      about: 'Longest answer, e.g. for models that reason; the task’s unless given',
    },
    {
      name: 'temperature',
      value: 'T|default',
      about: '0 unless given; default: what the model’s server takes',
    },
    { name: 'compat', value: 'reference', about: 'Scores with the bugs of the published scripts' },
  ],
};

/** Settings the command line names, as a run records them. */
export interface GivenSettings
  extends Partial<
    Pick<
      RunFile,
      'arms' | 'data' | 'subsets' | 'lengths' | 'limit' | 'seed' | 'maxTokens' | 'temperature' | 'compat'
    >
  > {
  readonly config?: RenderConfig;
}

/** @throws GlyphError kind `config` for a wrong value */
export async function givenSettings(args: Arguments, terminal: Terminal): Promise<GivenSettings> {
  const [data, seed] = [textFlag(args, 'data'), textFlag(args, 'seed')];
  const temperature = textFlag(args, 'temperature');
  const [limit, maxTokens] = [countFlag(args, 'limit', 1_000_000), countFlag(args, 'max-tokens', 1_000_000)];
  const compat = textFlag(args, 'compat');
  const given: { readonly [Name in keyof GivenSettings]: GivenSettings[Name] | undefined } = {
    arms: listFlag(args, 'arms'),
    data,
    subsets: listFlag(args, 'subsets'),
    lengths: lengthsFlag(args),
    limit,
    seed,
    maxTokens,
    temperature: temperature === 'default' ? null : amountFlag(args, 'temperature'),
    compat: compat === undefined ? undefined : compatOf(compat),
    config: hasConfigFlags(args) ? await configFromFlags(args, terminal) : undefined,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

export async function settingsForNew(
  task: Task,
  model: Model,
  args: Arguments,
  terminal: Terminal,
): Promise<RunSettings> {
  const { name, version } = generator();
  return {
    task: task.name,
    model,
    arms: ['text', 'pages'],
    data: null,
    subsets: null,
    lengths: null,
    limit: null,
    seed: '42',
    maxTokens: null,
    temperature: task.defaults.temperature,
    compat: 'none',
    config: undefined,
    generator: `${name} ${version}`,
    startedMs: clock.now(),
    ...(await givenSettings(args, terminal)),
  };
}

/** @throws GlyphError kind `config` where the command line names another setting than the run began with */
export function sameSettings(run: RunFile, given: GivenSettings, taskName: string | undefined): void {
  const { config, ...others } = given;
  const named = {
    ...others,
    task: taskName,
    configHash: config === undefined ? undefined : configHash(config),
  };
  for (const [name, value] of Object.entries(named)) {
    const recorded = run[name as keyof RunFile];
    if (value === undefined || JSON.stringify(value) === JSON.stringify(recorded)) continue;
    throw usageError({
      operation: 'go on with a run',
      expected: `"${name}" as it began: ${JSON.stringify(recorded)}`,
      actual: JSON.stringify(value),
      hint: 'leave the flag out, or begin another run',
    });
  }
}

export function listFlag(args: Arguments, name: string): string[] | undefined {
  return textFlag(args, name)
    ?.split(',')
    .map(part => part.trim())
    .filter(part => part !== '');
}

const units: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 * 1024 };

/** "4k" is 4096. */
export function lengthsFlag(args: Arguments): number[] | undefined {
  return listFlag(args, 'lengths')?.map(text => {
    const [, number, unit] = /^(\d+)([km]?)$/i.exec(text) ?? [];
    if (number !== undefined) return Number(number) * units[unit!.toLowerCase()]!;
    throw usageError({
      operation: 'read flag "--lengths"',
      expected: 'tokens like 4096 or 4k, with commas between',
      actual: JSON.stringify(text),
    });
  });
}

/** 0 or more. */
export function amountFlag(args: Arguments, name: string): number | undefined {
  const text = textFlag(args, name);
  if (text === undefined) return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  throw usageError({
    operation: `read flag "--${name}"`,
    expected: 'a number',
    actual: JSON.stringify(text),
  });
}

function compatOf(text: string): RunFile['compat'] {
  if (text === 'reference' || text === 'none') return text;
  throw usageError({
    operation: 'read flag "--compat"',
    expected: 'reference or none',
    actual: JSON.stringify(text),
  });
}
