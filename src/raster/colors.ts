/**
 * The colours of a page: ramps from a background to an ink. A page of one background and one ink needs one ramp and
 * is stored as ink coverage; others are stored as palette indices, `(background * 2 + ink) * 16 + level`.
 */
import type { RenderConfig } from '../config/index.ts';
import type { Rect } from '../layout/index.ts';

type Rgb = readonly [number, number, number];

/** Levels of ink a ramp has in an indexed page. */
export const rampLevels = 16;
/** Inks a page can have: text and newline marks. */
const inks = 2;

/** Red, green and blue of "#RRGGBB". */
function rgbOf(color: string): Rgb {
  const value = Number.parseInt(color.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** "#RRGGBB" of a palette entry. */
export function paletteColor(palette: Uint8Array, index: number): string {
  const bytes = palette.subarray(index * 3, index * 3 + 3);
  return `#${Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** Colour of ink covering `share` (0 to 1) of a background pixel; blended as stored, as PDF renderers do. */
function blend(background: Rgb, ink: Rgb, share: number): Rgb {
  const mix = (i: 0 | 1 | 2) => Math.round(background[i] + (ink[i] - background[i]) * share);
  return [mix(0), mix(1), mix(2)];
}

/** Palette of `levels` steps from the page's background to its text colour, three bytes each. */
export function coveragePalette(config: RenderConfig): Uint8Array {
  const levels = 2 ** config.bitDepth;
  const [background, ink] = [rgbOf(config.pageBgColor), rgbOf(config.fontColor)];
  return Uint8Array.from(
    Array.from({ length: levels }, (_, level) => blend(background, ink, level / (levels - 1))).flat(),
  );
}

export interface IndexedColors {
  readonly palette: Uint8Array;
  /** Index of bare background by its colour. */
  readonly baseOf: ReadonlyMap<string, number>;
  /** Ink level by coverage: as many steps as the config's bit depth has. */
  readonly levelOf: Uint8Array;
}

/** Ramps for a page with coloured rectangles or marks. */
export function indexedColors(config: RenderConfig, rects: readonly Rect[]): IndexedColors {
  const backgrounds = [...new Set([config.pageBgColor, ...rects.map(rect => rect.color)])];
  const inkColors = [rgbOf(config.fontColor), rgbOf(config.newlineMarkColor)];
  const palette = backgrounds.flatMap(background =>
    inkColors.flatMap(ink =>
      Array.from({ length: rampLevels }, (_, level) => blend(rgbOf(background), ink, level / 15)).flat(),
    ),
  );
  const steps = Math.min(rampLevels, 2 ** config.bitDepth) - 1;
  return {
    palette: Uint8Array.from(palette),
    baseOf: new Map(backgrounds.map((color, i) => [color, i * inks * rampLevels])),
    levelOf: Uint8Array.from({ length: 256 }, (_, coverage) =>
      Math.round((Math.round((coverage * steps) / 255) * (rampLevels - 1)) / steps),
    ),
  };
}

/** Difference of grey by which a pixel counts as ink when the page is cropped: the published renderer's. */
export const greyTolerance = 5;

/** Luminance of "#RRGGBB" as PIL's "L" conversion, which the published crop rule measures. */
export function greyOf(color: string): number {
  const [red, green, blue] = rgbOf(color);
  return Math.trunc((red * 299 + green * 587 + blue * 114) / 1000);
}
