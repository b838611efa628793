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
        about: 'A JSON file over the preset: of this program or as the paper publishes',
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
 * The config the flags ask for; what a published file asks and does not get is said on standard error.
 * @throws GlyphError kind `config` for a wrong preset, key or value, `io` for a file that cannot be read
 */
export async function configFromFlags(args: Arguments, terminal: Terminal): Promise<RenderConfig> {
  const presetName = textFlag(args, 'preset');
  const file = textFlag(args, 'config');
  let config = presetName === undefined ? defaultConfig : preset(presetName);
  if (file !== undefined) {
    const reading = readConfig(await readJson(file), config);
    for (const note of reading.notes) terminal.err(`note: ${note}\n`);
    config = reading.config;
  }
  const names = new Set(keyFlags.map(flag => flag.name));
  const given = Object.fromEntries(Object.entries(args.flags).filter(([name]) => names.has(name)));
  return parseConfig(parseFlags(given), config);
}

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
