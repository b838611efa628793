/**
 * The paper's five style themes (document, web, dark, code, artistic pixel) as presets: looks to train and test on,
 * not the densest pages. Page and background of web and code start as in the paper's framework figure.
 */
import { palettes, type ThemeName } from './palettes.ts';
import type { ConfigPatch } from './schema.ts';

export interface PresetSource {
  /** Why these values, in a line or two. */
  readonly why: string;
  /** What differs from the default config. */
  readonly patch: ConfigPatch;
}

export const themePresets: Readonly<Record<ThemeName, PresetSource>> = {
  document: {
    why: 'A printed report: serif on white A4 with wide margins, justified, first lines indented.',
    patch: {
      ...palettes.document[0],
      fontFamily: 'DejaVu Serif',
      fontSize: 10,
      lineHeight: 12.5,
      marginX: 36,
      marginY: 36,
      alignment: 'justify',
      firstLineIndent: 15,
    },
  },
  web: {
    why: 'A browser window: landscape 960 x 540 as in the paper’s figure, sans serif, paragraphs apart.',
    patch: {
      ...palettes.web[0],
      pageSize: [960, 540],
      fontFamily: 'DejaVu Sans',
      fontSize: 11,
      lineHeight: 14,
      marginX: 32,
      marginY: 20,
      spaceAfter: 6,
    },
  },
  dark: {
    why: 'A dark-mode reader: light grey sans serif on near-black.',
    patch: {
      ...palettes.dark[0],
      fontFamily: 'DejaVu Sans',
      fontSize: 9.5,
      lineHeight: 11.5,
      marginX: 16,
      marginY: 16,
    },
  },
  code: {
    why: 'An editor: monospaced on the dark #353031 of the paper’s figure, lines kept as they are.',
    patch: {
      ...palettes.code[0],
      fontFamily: 'DejaVu Sans Mono',
      fontSize: 8,
      lineHeight: 9.5,
      reflow: 'off',
    },
  },
  pixel: {
    why: 'A terminal in VT323, whose em is 12.5 dots: at 12.5 pt and 72 dpi a dot is one pixel row.',
    patch: {
      ...palettes.pixel[0],
      fontFamily: 'VT323',
      fontSize: 12.5,
      lineHeight: 13,
    },
  },
};
