/**
 * Every named config: the paper's best two, the style themes, one per model family. A preset is what differs from
 * the default config and one line why; `preset` makes it whole.
 */
import { type FamilyPresetName, familyPresets } from './family-presets.ts';
import type { ThemeName } from './palettes.ts';
import { parseConfig } from './read.ts';
import type { RenderConfig } from './render-config.ts';
import { type PresetSource, themePresets } from './theme-presets.ts';
import { unknownName } from './unknown-name.ts';

export type PresetName = 'glyph-en' | 'glyph-zh' | ThemeName | FamilyPresetName;

const sources: Readonly<Record<PresetName, PresetSource>> = {
  'glyph-en': {
    why: 'The best English config of the paper’s search (Figure 6): the default.',
    patch: {},
  },
  'glyph-zh': {
    why: 'The same page in a Chinese font, Droid Sans Fallback for the paper’s Source Han Sans.',
    patch: { fontFamily: 'Droid Sans Fallback' },
  },
  ...themePresets,
  ...familyPresets,
};

export const presetNames = Object.keys(sources) as readonly PresetName[];

/** The config of that name; an unknown name is a `config` error with the nearest one. */
export function preset(name: string): RenderConfig {
  return parseConfig(sourceOf(name).patch);
}

/** One or two lines on why the preset is as it is. */
export function presetReason(name: string): string {
  return sourceOf(name).why;
}

function sourceOf(name: string): PresetSource {
  const known = presetNames.find(candidate => candidate === name);
  if (known === undefined) throw unknownName('choose preset', 'preset', name, presetNames);
  return sources[known];
}
