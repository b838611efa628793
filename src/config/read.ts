/**
 * The one border where an unknown value becomes a `RenderConfig`: a JSON file, an API argument, flags already read by
 * `parseFlags`. Partial input is laid over a base config, checked as a whole and frozen.
 */
import { GlyphError } from '../base/index.ts';
import { defaultConfig } from './defaults.ts';
import { configKey, configKeys, findKeyByName } from './keys.ts';
import { isPublished, publishedDefaults, readPublished } from './published.ts';
import type { RenderConfig } from './render-config.ts';
import { assertRenderable } from './rules.ts';
import { type ConfigPatch, parseEntries, showValue } from './schema.ts';
import { unknownName } from './unknown-name.ts';

export interface ConfigReading {
  readonly config: RenderConfig;
  /** What differs from what the input says (a stand-in font), one sentence each, for the user to see. */
  readonly notes: readonly string[];
}

/**
 * Reads a full or partial config in camel case over `base`, or a published file with hyphenated keys, which is whole:
 * what it leaves out comes from the published renderer's defaults and `base` is not asked.
 *
 * A `fontSize` without `lineHeight` keeps the base's leading; a `fontFamily` without `fontPath` drops the base's file.
 * Throws a `config` error naming the key, what was expected and what came.
 */
export function readConfig(input: unknown, base: RenderConfig = defaultConfig): ConfigReading {
  const record = asRecord(input);
  if (isPublished(record)) {
    const { patch, notes } = readPublished(record);
    return { config: mergeConfig(publishedDefaults, patch), notes };
  }
  return { config: mergeConfig(base, readPatch(record)), notes: [] };
}

/** `readConfig` without the notes. */
export function parseConfig(input: unknown, base: RenderConfig = defaultConfig): RenderConfig {
  return readConfig(input, base).config;
}

function asRecord(input: unknown): Readonly<Record<string, unknown>> {
  if (typeof input === 'object' && input !== null && !Array.isArray(input)) {
    return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  }
  throw new GlyphError({
    kind: 'config',
    operation: 'read config',
    expected: 'an object of config keys',
    actual: showValue(input),
  });
}

function readPatch(record: Readonly<Record<string, unknown>>): ConfigPatch {
  return parseEntries(
    Object.entries(record).map(([name, value]) => {
      const key = findKeyByName(name);
      if (key === undefined) {
        throw unknownName(
          'read config',
          'key',
          name,
          configKeys.map(known => known.name),
        );
      }
      return { key, label: `config key "${name}"`, value };
    }),
  );
}

/** Lays checked values over a base, derives what follows from them, checks the whole and freezes it. */
export function mergeConfig(base: RenderConfig, patch: ConfigPatch): RenderConfig {
  const merged = { ...base, ...dropBaseFont(patch), ...patch, ...keepLeading(base, patch) };
  assertRenderable(merged);
  return Object.freeze({
    ...merged,
    pageSize: Object.freeze([...merged.pageSize] as const),
    fontFallback: Object.freeze([...merged.fontFallback]),
  });
}

function dropBaseFont(patch: ConfigPatch): ConfigPatch {
  if (patch.fontFamily === undefined && patch.fontPath === undefined) return {};
  return { fontPath: '', fontIndex: 0, fontVariations: '' };
}

function keepLeading(base: RenderConfig, patch: ConfigPatch): ConfigPatch {
  if (patch.fontSize === undefined || patch.lineHeight !== undefined) return {};
  const lineHeight = patch.fontSize + (base.lineHeight - base.fontSize);
  const label = 'config key "lineHeight" (kept at the base’s distance from fontSize)';
  return parseEntries([{ key: configKey('lineHeight'), label, value: Number(lineHeight.toFixed(6)) }]);
}
