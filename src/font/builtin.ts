/**
 * The fonts that ship with the package (files and licences in `fonts/`): the default that stands in for the paper's
 * Verdana at the same metrics class, its siblings, and one font for each script they lack. Only these are used unless
 * a config names others, so the same text and config give the same page on every machine.
 */

/** Family name → file in `fonts/`. */
export const builtinFonts: Readonly<Record<string, string>> = {
  'DejaVu Sans': 'DejaVuSans.ttf',
  'DejaVu Sans Mono': 'DejaVuSansMono.ttf',
  'DejaVu Serif': 'DejaVuSerif.ttf',
  VT323: 'VT323-Regular.ttf',
  'Noto Sans Arabic': 'NotoSansArabic-Regular.ttf',
  'Noto Sans Hebrew': 'NotoSansHebrew-Regular.ttf',
  'Noto Sans Devanagari': 'NotoSansDevanagari-Regular.ttf',
  'Noto Sans Thai': 'NotoSansThai-Regular.ttf',
  'Droid Sans Fallback': 'DroidSansFallbackFull.ttf',
  'Nanum Gothic': 'NanumGothic-Regular.ttf',
  'Noto Sans Math': 'NotoSansMath-Regular.ttf',
  'Noto Emoji': 'NotoEmoji-Regular.ttf',
};

/** Asked in turn for characters the main font lacks. */
export const builtinFallback: readonly string[] = [
  'DejaVu Sans',
  'Noto Sans Arabic',
  'Noto Sans Hebrew',
  'Noto Sans Devanagari',
  'Noto Sans Thai',
  'Droid Sans Fallback',
  'Nanum Gothic',
  'Noto Emoji',
  'Noto Sans Math',
];
