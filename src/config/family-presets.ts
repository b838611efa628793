/**
 * One preset per model family: pages of whole patches or tiles, under the size at which the family's image processor
 * would shrink them, so every pixel drawn is a pixel seen. Where a token covers more than the 28 x 28 pixels of the
 * paper's model, type is drawn larger in pixels; where it covers fewer, smaller.
 */
import type { ConfigPatch } from './schema.ts';
import type { PresetSource } from './theme-presets.ts';

interface FamilyPresetSource extends PresetSource {
  /** The patch or tile the page is a whole number of, in pixels: width, height. */
  readonly gridPx: readonly [number, number];
  /** Families of the token table, by id, that see such a page as it is. */
  readonly families: readonly string[];
}

/** Margins alone frame the text and no width is cropped off the grid; only a shorter last page may be resampled. */
const patches: ConfigPatch = { framePadding: 0, autoCropWidth: false };

/** A cropped last page would be stretched over its tiles. */
const tiles: ConfigPatch = { ...patches, autoCropLastPage: false };

/** The multiple of 28 next to A4: 21 x 30 patches, 630 tokens. */
const a4Of28: ConfigPatch = { ...patches, pageSize: [588, 840] };

/** The multiple of 32 next to A4: 19 x 27 patches, 513 tokens. */
const a4Of32: ConfigPatch = { ...patches, pageSize: [608, 864] };

export const familyPresets = {
  'glm-4.1v': {
    why: 'Sides are rounded to 28 px: 588 x 840 is the paper’s A4 on that grid, 630 tokens.',
    gridPx: [28, 28],
    families: ['glm-4v'],
    patch: a4Of28,
  },
  'qwen2.5-vl': {
    why: 'Sides are rounded to 28 px as in GLM-4.1V: 588 x 840, 630 tokens.',
    gridPx: [28, 28],
    families: ['qwen2-vl', 'qwen2.5-vl'],
    patch: a4Of28,
  },
  'qwen3-vl': {
    why: 'Sides are rounded to 32 px: 608 x 864 is next to A4, 513 tokens.',
    gridPx: [32, 32],
    families: ['qwen3-vl', 'qwen3-vl-embedding'],
    patch: a4Of32,
  },
  'deepseek-ocr': {
    why: 'Base mode: 1024 x 1024 is 256 tokens; 10 pt at 96 dpi stays under 10x, up to where it reads 97 %.',
    gridPx: [1024, 1024],
    families: ['deepseek-ocr'],
    patch: { ...tiles, pageSize: [768, 768], dpi: 96, fontSize: 10, lineHeight: 11 },
  },
  internvl3: {
    why: 'Tiles of 448 px, at most 12: 896 x 1344 is 2 x 3 with no tie for the grid; columns keep lines short.',
    gridPx: [448, 448],
    families: ['internvl'],
    patch: { ...tiles, pageSize: [896, 1344], columns: 2 },
  },
  gemma3: {
    why: 'Every image becomes 896 x 896 and 256 tokens; at 144 dpi a token covers as much text as in the paper.',
    gridPx: [896, 896],
    families: ['gemma-3'],
    patch: { ...tiles, pageSize: [448, 448], dpi: 144 },
  },
  llama4: {
    why: 'Tiles of 336 px, at most 16: 672 x 1008 is a canvas of 2 x 3, scale exactly 1.',
    gridPx: [336, 336],
    families: ['llama-4'],
    patch: { ...tiles, pageSize: [672, 1008] },
  },
  'kimi-vl': {
    why: 'Sides are raised to 28 px, at most 4096 patches of 14 px: 588 x 840 is 2520 patches, 630 tokens.',
    gridPx: [28, 28],
    families: ['kimi-vl', 'kimi-vl-2506', 'kimi-k2.5'],
    patch: a4Of28,
  },
  claude: {
    why: 'At most 1568 px and 1568 tokens of 28 x 28, 100 images a request: 952 x 1288 is 1564; columns keep lines short.',
    gridPx: [28, 28],
    families: ['claude-standard', 'claude-high-resolution'],
    patch: { ...patches, pageSize: [952, 1288], columns: 2 },
  },
  openai: {
    why: 'Patch models: 32 px patches, at most 1536: 608 x 864 is 513, billed without a resize.',
    gridPx: [32, 32],
    families: [
      'gpt-4.1-mini',
      'gpt-4.1-nano',
      'o4-mini',
      'gpt-5-mini',
      'gpt-5-nano',
      'gpt-5.2',
      'gpt-5.4',
      'gpt-5.5',
      'gpt-6',
    ],
    patch: a4Of32,
  },
  'gpt-4o': {
    why: 'Tile models: 512 px tiles, longest side 2048, short side at most 768: 512 x 2048 wastes no part of 4 tiles.',
    gridPx: [512, 512],
    families: ['gpt-4o', 'gpt-4o-mini', 'gpt-5', 'o1', 'computer-use-preview'],
    patch: { ...tiles, pageSize: [512, 2048] },
  },
  'gemini-3': {
    why: 'High resolution is 1120 cells of 48 px: 1344 x 1920 is 28 x 40 of them, scale exactly 1; a cell holds 2.9 of the paper’s, so 128 dpi.',
    gridPx: [48, 48],
    families: ['gemini-3'],
    patch: { ...patches, pageSize: [756, 1080], dpi: 128, autoCropLastPage: false },
  },
  pixtral: {
    why: 'A token is only 16 x 16 px, longest side 1024: 720 x 1024 is 45 x 64 patches; small type is what saves tokens.',
    gridPx: [16, 16],
    families: ['pixtral'],
    patch: { ...patches, pageSize: [720, 1024], fontSize: 7, lineHeight: 8 },
  },
  'minicpm-v': {
    why: 'Slices of 448 px, at most 9, 64 tokens each: 896 x 1344 is 2 x 3; at 128 dpi a token covers as much text as in the paper.',
    gridPx: [448, 448],
    families: ['minicpm-v'],
    patch: { ...tiles, pageSize: [504, 756], dpi: 128 },
  },
  embedded: {
    why: 'A token is 64 x 12 px, one line of type high: 640 x 768 is 10 x 64, and line n of the page is row n of them. How narrow and how dark the type is was searched for.',
    gridPx: [64, 12],
    families: ['embedded'],
    patch: {
      ...patches,
      pageSize: [696, 768],
      marginX: 0,
      marginY: 0,
      fontFamily: 'DejaVu Sans Mono',
      // A hair under 10: the baseline comes a whole pixel higher, and what hangs below it stays within its row.
      fontSize: 9.998,
      lineHeight: 12,
      horizontalScale: 0.92,
      fontColor: '#333333',
      alignment: 'left',
      newlineMark: '¶',
      newlineMarkColor: '#000000',
    },
  },
} as const satisfies Readonly<Record<string, FamilyPresetSource>>;

export type FamilyPresetName = keyof typeof familyPresets;

/** The preset for a family of the token table; undefined where there is none. */
export function presetOfFamily(family: string): FamilyPresetName | 'glyph-en' | undefined {
  if (family === trainedOnDefault) return 'glyph-en';
  const names = Object.keys(familyPresets) as FamilyPresetName[];
  return names.find(name => (familyPresets[name].families as readonly string[]).includes(family));
}

/** The served Glyph reads best what it was post-trained on: the paper's own config. */
const trainedOnDefault = 'glyph';
