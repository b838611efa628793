/** What one attempt at an example starts from: a config, a stretch of a document, and how much of it a page takes. */
import { GlyphError, type Random } from '../base/index.ts';
import {
  defaultConfig,
  pageSizePx,
  type RenderConfig,
  sampleConfig,
  spaceOfFamily,
  textBox,
} from '../config/index.ts';
import { cleanText, cutText, holdsEngineMarks, isHighSurrogate } from './clean-text.ts';
import { leastLength } from './corpus.ts';
import { pageCost } from './draw.ts';
import { drawnConfig } from './drawn-config.ts';
import type { Place } from './places.ts';
import type { DataSettings } from './settings.ts';

export interface Material {
  readonly config: RenderConfig;
  /** Clean; longer than an example needs where the document is. */
  readonly text: string;
  /** The document's name. */
  readonly title: string;
  /** e.g. "bleak-house.txt:120345-160345" */
  readonly source: string;
  /** Characters a page takes, roughly. */
  readonly capacity: number;
}

/** Of the token budget, that a full page may take: the rest is for text. */
const mostOfBudget = 0.75;
const maxConfigDraws = 200;

/**
 * The config of an example's pages.
 * @throws GlyphError kind `config` where no page fits the token budget
 */
export function chooseConfig(settings: DataSettings, random: Random): RenderConfig {
  const { pages } = settings;
  if (pages !== 'mixture') {
    const config = drawnConfig(pages);
    if (fullPageFits(config, settings)) return config;
    throw noPageFits(settings, 'a page of the config chosen');
  }
  const space = spaceOfFamily(settings.model);
  const base = drawnConfig(space.base ?? defaultConfig);
  const fixed = { ...space.fixed, reflow: base.reflow };
  for (let draw = 0; draw < maxConfigDraws; draw++) {
    const config = sampleConfig(random, { ...space, base, fixed });
    if (fullPageFits(config, settings)) return config;
  }
  throw noPageFits(settings, `any of ${maxConfigDraws} pages`);
}

function fullPageFits(config: RenderConfig, { model, maxTokens }: DataSettings): boolean {
  const cost = pageCost(model, ...pageSizePx(config));
  return typeof cost === 'number' && cost <= mostOfBudget * maxTokens;
}

const noPageFits = ({ model, maxTokens }: DataSettings, actual: string) =>
  new GlyphError({
    kind: 'config',
    operation: 'draw a page for training',
    expected: `one of at most ${Math.floor(mostOfBudget * maxTokens)} vision tokens of ${model}`,
    actual: `none: ${actual}`,
    hint: 'raise --max-tokens, or draw smaller pages',
  });

/** Characters of text for each token of the budget: more than any language has. */
const charactersPerToken = 5;
const longestStretch = 1 << 20;
/** How far to look for the beginning of a line. */
const lineWindow = 2000;

/** @returns why not, where the place does not do */
export async function openMaterial(
  settings: DataSettings,
  config: RenderConfig,
  { document, offset }: Place,
): Promise<Material | string> {
  const wanted =
    2 * roomyCapacity(config) * (settings.maxPages + 1) + charactersPerToken * settings.maxTokens;
  const length = Math.min(Math.ceil(wanted), longestStretch);
  // A place near the end moves up by as much as makes a page.
  const from = Math.max(0, Math.min(offset, document.length - Math.ceil(roomyCapacity(config))));
  const read = await document.read(from, Math.min(document.length, from + length + lineWindow));
  const skipped = from === 0 ? 0 : lineStart(read);
  const raw = wholeCharacters(read.slice(skipped, skipped + length));
  const start = from + skipped;
  const end = start + raw.length;
  const clean = cleanText(raw);
  const text = end < document.length ? cutText(clean, clean.length - 1) : clean;
  if (text.length < leastLength) return 'a stretch without text';
  if (holdsEngineMarks(text)) return 'a stretch with marks of training engines, such as <image>';
  const capacity = Math.max(leastLength, roomyCapacity(config) * lettersPerEm(text) * usualFill);
  const source = `${document.name}:${start}-${end}`;
  return { config, text, title: document.name, source, capacity: Math.round(capacity) };
}

function lineStart(text: string): number {
  const newline = text.slice(0, lineWindow).indexOf('\n') + 1;
  if (newline > 0) return newline;
  const space = text.slice(0, lineWindow).indexOf(' ') + 1;
  return space > 0 ? space : Number(isLowSurrogate(text.charCodeAt(0)));
}

const isLowSurrogate = (unit: number): boolean => (unit & 0xfc00) === 0xdc00;

const wholeCharacters = (text: string): string =>
  isHighSurrogate(text.charCodeAt(text.length - 1)) ? text.slice(0, -1) : text;

/** Ems of type that have room on a page. */
function roomyCapacity(config: RenderConfig): number {
  const { widthPt, heightPt } = textBox(config);
  const lines = Math.max(1, Math.floor(heightPt / config.lineHeight));
  return (lines * config.columns * Math.max(0, widthPt)) / config.fontSize;
}

/** Paragraphs end before their last line does; measured on novels, from 0.4 to 1. */
const usualFill = 0.7;

/** One for ideographs, two for others. */
function lettersPerEm(text: string): number {
  const sample = text.slice(0, 2000);
  const wide = sample.match(/[\u1100-\uffff]/g)?.length ?? 0;
  return 2 - wide / sample.length;
}
