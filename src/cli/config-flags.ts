/**
 * The flags that choose a config, shared by all commands that draw: a preset, a file over it, and any single key over
 * both.
 */
import { readFile } from 'node:fs/promises';
import { GlyphError } from '../base/index.ts';
import {
  type ConfigKey,
  configKeys,
  defaultConfig,
  parseConfig,
  parseFlags,
  preset,
  presetNames,
  type RenderConfig,
  readConfig,
} from '../config/index.ts';
import { ioError } from '../node/index.ts';
import {
  type DocumentConfig,
  isAdaptive,
  isAdaptiveInput,
  mapConfigs,
  readAdaptive,
} from '../render/index.ts';
import { type Arguments, type Flag, type FlagGroup, type Terminal, textFlag } from './command.ts';

const keyFlags: readonly Flag[] = configKeys.map(keyFlag);

function keyFlag({ flag: name, kind, about, example }: ConfigKey): Flag {
  return kind === 'boolean' ? { name, kind: 'yes-no', about } : { name, value: example, about };
}

export const configGroups: readonly FlagGroup[] = [
  {
    title: 'Settings',
    flags: [
      { name: 'preset', value: 'NAME', about: `Start from a preset: ${presetNames.join(', ')}` },
      {
        name: 'config',
        value: 'FILE',
        about:
          'A JSON file over the preset: of this program or as the paper publishes. render, preview, tokens and config also take an adaptive preset',
      },
    ],
  },
  {
    title: 'Any single setting, over preset and file (`glyph config --list` explains each)',
    flags: keyFlags,
    summary: keyFlags.map(({ name, kind }) => `--${kind === 'yes-no' ? '[no-]' : ''}${name}`).join(' '),
  },
];

const configFlagNames = new Set(configGroups.flatMap(group => group.flags.map(flag => flag.name)));

/** Whether any flag says something about the config. */
export const hasConfigFlags = (args: Arguments): boolean =>
  Object.keys(args.flags).some(name => configFlagNames.has(name));

/**
 * The config the flags ask for; what a published file asks and does not get is said on standard error. Of an adaptive
 * preset each kind's config stands where a file's does: over the preset, under single settings.
 * @throws GlyphError kind `config` for a wrong preset, key or value, `io` for a file that cannot be read
 */
export async function documentConfigFromFlags(args: Arguments, terminal: Terminal): Promise<DocumentConfig> {
  const presetName = textFlag(args, 'preset');
  const file = textFlag(args, 'config');
  const base = presetName === undefined ? defaultConfig : preset(presetName);
  const config = file === undefined ? base : await readConfigFile(file, base, terminal);
  const names = new Set(keyFlags.map(flag => flag.name));
  const given = Object.fromEntries(Object.entries(args.flags).filter(([name]) => names.has(name)));
  const settings = parseFlags(given);
  return mapConfigs(config, each => parseConfig(settings, each));
}

/** As `documentConfigFromFlags`, for what is drawn with one config. @throws also for an adaptive preset */
export async function configFromFlags(args: Arguments, terminal: Terminal): Promise<RenderConfig> {
  const config = await documentConfigFromFlags(args, terminal);
  if (!isAdaptive(config)) return config;
  throw severalConfigs(textFlag(args, 'config') ?? '', config);
}

async function readConfigFile(file: string, base: RenderConfig, terminal: Terminal): Promise<DocumentConfig> {
  const input = await readJson(file);
  const { config, notes } = isAdaptiveInput(input) ? readAdaptive(input, base) : readConfig(input, base);
  for (const note of notes) terminal.err(`note: ${note}\n`);
  return config;
}

/** The config in a file, with nothing over it. @throws GlyphError as `configFromFlags` */
export async function configIn(file: string): Promise<RenderConfig> {
  const input = await readJson(file);
  if (isAdaptiveInput(input)) throw severalConfigs(file, readAdaptive(input).config);
  return parseConfig(input);
}

const severalConfigs = (file: string, config: DocumentConfig) =>
  new GlyphError({
    kind: 'config',
    operation: `read ${JSON.stringify(file)}`,
    expected: 'one config',
    actual: `an adaptive preset of ${Object.keys(config).join(', ')}`,
    hint: 'glyph render, preview, tokens and config take it; here name the config of one kind, e.g. prose/best.json of the search',
  });

/** @throws GlyphError kind `io` or `config`. */
export async function readJson(file: string): Promise<unknown> {
  const operation = `read ${JSON.stringify(file)}`;
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw ioError(operation, 'a readable JSON file', error);
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    const actual = cause instanceof Error ? cause.message : String(cause);
    throw new GlyphError({ kind: 'config', operation, expected: 'JSON', actual, cause });
  }
}
