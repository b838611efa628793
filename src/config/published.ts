/**
 * Reads a config file as the paper's repository publishes them: hyphenated keys, page sizes as "595,842", a line
 * break given as markup, fonts by path. What such a file leaves out is as in the published renderer, not as in ours.
 */
import { GlyphError } from '../base/index.ts';
import { defaultConfig } from './defaults.ts';
import { configKeys, findKeyByFlag, findKeyByName } from './keys.ts';
import type { RenderConfig } from './render-config.ts';
import { type ConfigEntry, type ConfigPatch, parseEntries, showValue } from './schema.ts';
import { unknownName } from './unknown-name.ts';

/** The published renderer's own defaults: its A4 is unrounded, its text frame pads 6 pt, it never joins lines. */
export const publishedDefaults: RenderConfig = Object.freeze({
  ...defaultConfig,
  pageSize: Object.freeze([595.2756, 841.8898] as const),
  marginX: 20,
  marginY: 20,
  alignment: 'justify',
  paraBorderColor: '#FFFFFF',
  autoCropWidth: false,
  autoCropLastPage: false,
  reflow: 'off',
});

/** Fonts named by file in published configs, by the family that draws them here. */
const familyOfFile: ReadonlyMap<string, string> = new Map([
  ['DejaVuSans.ttf', 'DejaVu Sans'],
  ['DejaVuSansMono.ttf', 'DejaVu Sans Mono'],
  ['DejaVuSerif.ttf', 'DejaVu Serif'],
  ['DroidSansFallbackFull.ttf', 'Droid Sans Fallback'],
  ['VT323-Regular.ttf', 'VT323'],
]);

/** The paper's own fonts (one proprietary, one 30 MB) and the free ones that stand in for them. */
const standInOfFile: ReadonlyMap<string, string> = new Map([
  ['Verdana.ttf', 'DejaVu Sans'],
  ['SourceHanSansHWSC-VF.ttf', 'Droid Sans Fallback'],
]);

const newlineKey = 'newline-markup';

interface PublishedReading {
  readonly patch: ConfigPatch;
  /** What is not as the file says, one sentence each. */
  readonly notes: readonly string[];
}

/** Whether an input is a published file: one key with a hyphen is enough. */
export function isPublished(input: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(input).some(name => name.includes('-'));
}

/** Reads the keys a published file gives; keys of ours may stand among them in either spelling. */
export function readPublished(input: Readonly<Record<string, unknown>>): PublishedReading {
  const { [newlineKey]: markup, ...plain } = input;
  const entries = Object.entries(plain).map(([name, value]) => entryOf(name, value));
  rejectTwice(entries);
  const patch = parseEntries(entries);
  const notes: string[] = [];
  if (input['font-path'] !== undefined) Object.assign(patch, fontOf(patch.fontPath ?? '', notes));
  if (markup !== undefined) {
    Object.assign(patch, newlineOf(markup, patch.fontColor ?? publishedDefaults.fontColor));
  }
  return { patch, notes };
}

function entryOf(name: string, value: unknown): ConfigEntry {
  const key = findKeyByFlag(name) ?? findKeyByName(name);
  if (key === undefined) {
    throw unknownName('read config', 'key', name, [...configKeys.map(known => known.flag), newlineKey]);
  }
  return { key, label: `config key "${name}"`, value };
}

function rejectTwice(entries: readonly ConfigEntry[]): void {
  const seen = new Set<string>();
  for (const { key, label } of entries) {
    if (seen.has(key.name)) {
      throw new GlyphError({
        kind: 'config',
        operation: `read ${label}`,
        expected: 'each key once',
        actual: `both "${key.name}" and "${key.flag}"`,
      });
    }
    seen.add(key.name);
  }
}

/** A bare name or one in the publication's own `config/` folder means a known font; any other path is a file. */
function fontOf(path: string, notes: string[]): ConfigPatch {
  const fileName = /^(?:(?:\.\.?\/)*config\/)?([^/\\]+)$/.exec(path)?.[1] ?? '';
  const standIn = standInOfFile.get(fileName);
  if (standIn !== undefined) {
    notes.push(
      `font "${fileName}" is not shipped: drawn with ${standIn}; to use your own copy give its path, e.g. "./${fileName}"`,
    );
  }
  const fontFamily = standIn ?? familyOfFile.get(fileName);
  return fontFamily === undefined ? { fontPath: path } : { fontFamily, fontPath: '' };
}

/** `<br/>`, a coloured mark `<font color="#FF0000"> \n </font>`, or a mark as plain text in the text's colour. */
function newlineOf(markup: unknown, fontColor: string): ConfigPatch {
  if (typeof markup === 'string') {
    if (/^\s*<br\s*\/?>\s*$/i.test(markup)) return { newlineMark: '' };
    const colored = /^\s*<font\s+color\s*=\s*(["'])([^"']*)\1\s*>([^<]+)<\/font>\s*$/i.exec(markup);
    if (colored !== null) return markOf(colored[3]!, colored[2]!);
    if (markup !== '' && !markup.includes('<')) return markOf(markup, fontColor);
  }
  throw new GlyphError({
    kind: 'config',
    operation: `read config key "${newlineKey}"`,
    expected: '"<br/>", a mark as plain text, or <font color="#FF0000">MARK</font>',
    actual: showValue(markup),
  });
}

function markOf(markup: string, color: string): ConfigPatch {
  const label = `config key "${newlineKey}"`;
  return parseEntries([
    { key: findKeyByName('newlineMark')!, label, value: unescapeMarkup(markup) },
    { key: findKeyByName('newlineMarkColor')!, label, value: color },
  ]);
}

function unescapeMarkup(markup: string): string {
  const characters: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
  return markup.replace(/&(lt|gt|amp|quot|apos);/g, (entity, name: string) => characters[name] ?? entity);
}
