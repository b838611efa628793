/**
 * Command-line flags to config values: the only place where "96" counts as a number. The flags are the hyphenated
 * names of the key table; lists are separated by commas.
 */
import { type ConfigKey, configKeys, findKeyByFlag } from './keys.ts';
import { type ConfigPatch, parseEntries } from './schema.ts';
import { unknownName } from './unknown-name.ts';

/**
 * Reads flags such as `{ 'font-size': '8', 'auto-crop-width': false }` to a patch for `parseConfig`. Throws a `config`
 * error naming the flag for an unknown flag or a wrong value.
 */
export function parseFlags(flags: Readonly<Record<string, string | boolean>>): ConfigPatch {
  return parseEntries(
    Object.entries(flags).map(([flag, value]) => {
      const key = findKeyByFlag(flag);
      if (key === undefined) {
        throw unknownName(
          'read flags',
          'flag',
          flag,
          configKeys.map(known => known.flag),
        );
      }
      return { key, label: `flag "--${flag}"`, value: flagValue(key, value) };
    }),
  );
}

/** The value a flag's text stands for; text that stands for none is handed on for the schema to refuse. */
function flagValue(key: ConfigKey, value: string | boolean): unknown {
  if (typeof value === 'boolean') return value;
  switch (key.kind) {
    case 'number':
      return numberOf(value);
    case 'enum':
      return key.choices.find(choice => String(choice) === value.trim().toLowerCase()) ?? value;
    case 'boolean':
      return booleans.get(value.trim().toLowerCase()) ?? value;
    case 'list':
      return value === '' ? [] : value.split(',').map(name => name.trim());
    case 'size':
    case 'string':
    case 'color':
      return value;
    default:
      return key satisfies never;
  }
}

const booleans: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['yes', true],
  ['on', true],
  ['false', false],
  ['no', false],
  ['off', false],
]);

function numberOf(text: string): unknown {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(text.trim()) ? Number(text) : text;
}
