/**
 * Checks one value against its row of the key table and brings it to its normal form (colours "#RRGGBB", enums in
 * lower case, page sizes as two numbers). The valibot schemas are made from the table, the error text too.
 */
import * as v from 'valibot';
import { GlyphError, nearestName } from '../base/index.ts';
import { colorNames, parseColor } from './colors.ts';
import { type ConfigKey, type ConfigKeyName, configKeys } from './keys.ts';
import { paperNames, parsePageSize } from './paper.ts';
import type { RenderConfig } from './render-config.ts';

export type ConfigPatch = { -readonly [Key in keyof RenderConfig]?: RenderConfig[Key] };

/** A value to check and how its source spells the key, e.g. `config key "font-size"`. */
export interface ConfigEntry {
  readonly key: ConfigKey;
  readonly label: string;
  readonly value: unknown;
}

const schemas = new Map<ConfigKeyName, v.GenericSchema>(configKeys.map(key => [key.name, schemaOf(key)]));

/** Checks all entries; throws a `config` error at the first wrong one. */
export function parseEntries(entries: Iterable<ConfigEntry>): ConfigPatch {
  const patch: Partial<Record<ConfigKeyName, unknown>> = {};
  for (const entry of entries) patch[entry.key.name] = parseValue(entry);
  // The table's type ties each key's kind to its type in RenderConfig, so what its schema lets through fits.
  return patch as ConfigPatch;
}

function parseValue({ key, label, value }: ConfigEntry): unknown {
  const result = v.safeParse(schemas.get(key.name)!, value);
  if (result.success) return result.output;
  const hint = hintFor(key, value);
  throw new GlyphError({
    kind: 'config',
    operation: `read ${label}`,
    expected: expectedValue(key),
    actual: showValue(value),
    ...(hint === undefined ? {} : { hint }),
  });
}

/** What a key takes, in words, e.g. "a number of pixels per inch from 10 to 1200". */
export function expectedValue(key: ConfigKey): string {
  switch (key.kind) {
    case 'number': {
      const noun = key.integer ? 'a whole number' : 'a number';
      return `${noun}${key.unit === '' ? '' : ` of ${key.unit}`} from ${key.min} to ${key.max}`;
    }
    case 'size':
      return `width and height of ${key.min} to ${key.max} ${key.unit} like [595, 842] or "595,842", or one of ${paperNames.join(', ')}, each with " landscape" if wanted`;
    case 'string':
      return key.format;
    case 'enum':
      return `one of ${key.choices.join(', ')}`;
    case 'color':
      return 'a colour like "#1A2B3C", "#ABC" or "black"';
    case 'boolean':
      return 'true or false';
    case 'list':
      return 'a list of names without commas';
    default:
      return key satisfies never;
  }
}

function schemaOf(key: ConfigKey): v.GenericSchema {
  switch (key.kind) {
    case 'number': {
      const bounded = v.pipe(v.number(), v.finite(), v.minValue(key.min), v.maxValue(key.max));
      return key.integer ? v.pipe(bounded, v.integer()) : bounded;
    }
    case 'size': {
      const side = v.pipe(v.number(), v.finite(), v.minValue(key.min), v.maxValue(key.max));
      return v.pipe(v.unknown(), v.transform(parsePageSize), v.tuple([side, side]));
    }
    case 'string':
      return v.pipe(v.string(), v.regex(key.pattern));
    case 'enum':
      return v.pipe(
        v.unknown(),
        v.transform(value => (typeof value === 'string' ? value.trim().toLowerCase() : value)),
        v.picklist(key.choices),
      );
    case 'color':
      return v.pipe(v.string(), v.transform(parseColor), v.string());
    case 'boolean':
      return v.boolean();
    case 'list':
      return v.array(v.pipe(v.string(), v.regex(/^[^,\p{Cc}]+$/u)));
    default:
      return key satisfies never;
  }
}

function hintFor(key: ConfigKey, value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  if (key.kind === 'number' && Number.isFinite(Number(value || Number.NaN)))
    return 'write a bare number, not text';
  const near = nearestName(value.replace(/\s+(landscape|portrait)$/i, ''), validNames(key));
  return near === undefined ? undefined : `did you mean "${near}"?`;
}

function validNames(key: ConfigKey): readonly string[] {
  if (key.kind === 'enum') return key.choices.map(String);
  if (key.kind === 'size') return paperNames;
  if (key.kind === 'color') return colorNames;
  return [];
}

/** A value as an error message shows it, cut at 80 characters. */
export function showValue(value: unknown): string {
  const shown = describe(value);
  return shown.length > 80 ? `${shown.slice(0, 79)}…` : shown;
}

function describe(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) {
    return `[${value.map(item => (Array.isArray(item) ? 'a list' : describe(item))).join(', ')}]`;
  }
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
