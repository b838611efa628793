/**
 * Colours of a config: every accepted spelling becomes "#RRGGBB"; and the WCAG 2 contrast ratio, which decides
 * whether text in one colour can be read on another.
 */

/** The sixteen basic colour names of CSS. */
const basicColors: Readonly<Record<string, string>> = {
  black: '#000000',
  silver: '#C0C0C0',
  gray: '#808080',
  white: '#FFFFFF',
  maroon: '#800000',
  red: '#FF0000',
  purple: '#800080',
  fuchsia: '#FF00FF',
  green: '#008000',
  lime: '#00FF00',
  olive: '#808000',
  yellow: '#FFFF00',
  navy: '#000080',
  blue: '#0000FF',
  teal: '#008080',
  aqua: '#00FFFF',
};

export const colorNames: readonly string[] = Object.keys(basicColors);

/** "#RRGGBB" for `#RGB` or `#RRGGBB` in any case, with or without the hash, or a basic CSS name; else undefined. */
export function parseColor(text: string): string | undefined {
  const trimmed = text.trim();
  const named = Object.hasOwn(basicColors, trimmed.toLowerCase())
    ? basicColors[trimmed.toLowerCase()]
    : undefined;
  if (named !== undefined) return named;
  const digits = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(trimmed)?.[1]?.toUpperCase();
  if (digits === undefined) return undefined;
  return `#${digits.length === 3 ? digits.replace(/./g, '$&$&') : digits}`;
}

/** WCAG 2 contrast ratio of two "#RRGGBB" colours: 1 (the same) to 21 (black on white). */
export function contrastRatio(first: string, second: string): number {
  const [a, b] = [relativeLuminance(first), relativeLuminance(second)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function relativeLuminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map(start => linearChannel(color.slice(start, start + 2)));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function linearChannel(hexPair: string): number {
  const value = Number.parseInt(hexPair, 16) / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}
