/** `glyph config`: the settings in force, all keys with their ranges, or the presets with their reasons. */
import {
  type ConfigKey,
  configHash,
  configKeys,
  defaultConfig,
  expectedValue,
  presetNames,
  presetReason,
  type RenderConfig,
} from '../config/index.ts';
import { documentHash, isAdaptive } from '../render/index.ts';
import { type Arguments, type Command, exitCodes, hasFlag, type Terminal } from './command.ts';
import { configGroups, documentConfigFromFlags } from './config-flags.ts';
import { table } from './figures.ts';
import { twoColumns, wrapText } from './help.ts';
import { usageError } from './usage-error.ts';

export const configCommand: Command = {
  name: 'config',
  about: 'Shows the settings in force after preset, file and flags.',
  usage: '[--list | --presets] [--json] [flags]',
  groups: [
    {
      title: 'What to show',
      flags: [
        { name: 'list', about: 'Every key with its unit, range, default and an example' },
        { name: 'presets', about: 'Every preset and why it is as it is' },
        { name: 'json', about: 'As JSON; of the settings, a file for --config' },
      ],
    },
    ...configGroups,
  ],
  examples: [
    ['glyph config --list', 'what can be set'],
    ['glyph config --preset code --dpi 96 --json > my.json', 'a config file to keep and change'],
  ],
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const [unwanted] = args.positionals;
  if (unwanted !== undefined) {
    throw usageError({
      operation: 'read the command line',
      expected: 'flags only',
      actual: JSON.stringify(unwanted),
    });
  }
  terminal.out(await shown(args, terminal));
  return exitCodes.ok;
}

async function shown(args: Arguments, terminal: Terminal): Promise<string> {
  const isJson = hasFlag(args, 'json');
  const json = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;
  if (hasFlag(args, 'list')) return isJson ? json(configKeys.map(keyJson)) : keyList(terminal.widthColumns);
  if (hasFlag(args, 'presets')) {
    const rows = presetNames.map(name => ({ name, reason: presetReason(name) }));
    if (isJson) return json(rows);
    return `${twoColumns(
      rows.map(({ name, reason }) => [name, reason] as const),
      terminal.widthColumns,
    )}\n`;
  }
  const config = await documentConfigFromFlags(args, terminal);
  if (isJson) return json(config);
  if (!isAdaptive(config)) return settings(config);
  const parts = Object.entries(config).map(([kind, each]) => `${kind}:\n${settings(each)}`);
  return `${parts.join('\n')}\nhash of all ${documentHash(config)}\n`;
}

/** One key a line; a star marks what is not as in the default. */
function settings(config: RenderConfig): string {
  const rows = configKeys.map(({ name }) => {
    const value = JSON.stringify(config[name]);
    return [value === JSON.stringify(defaultConfig[name]) ? ' ' : '*', name, value];
  });
  return `${table(rows)}\nhash ${configHash(config)}; * differs from the default\n`;
}

function keyList(widthColumns: number): string {
  const entries = configKeys.map(key => {
    const lines = [
      `${key.about}.`,
      `Takes ${expectedValue(key)}. Default ${JSON.stringify(defaultConfig[key.name])}, e.g. --${key.flag} ${quoted(key.example)}`,
    ];
    return `${key.name}\n${lines.map(line => wrapText(line, widthColumns, '    ')).join('\n')}`;
  });
  return `${entries.join('\n')}\n`;
}

const quoted = (value: string) => (/[\s#'"{}\\]/.test(value) ? `'${value}'` : value);

function keyJson(key: ConfigKey) {
  const { name, flag, kind, about, example } = key;
  const range =
    key.kind === 'number' || key.kind === 'size' ? { unit: key.unit, min: key.min, max: key.max } : {};
  const choices = key.kind === 'enum' ? { choices: key.choices } : {};
  const expected = expectedValue(key);
  return { name, flag, kind, about, expected, ...range, ...choices, default: defaultConfig[name], example };
}
