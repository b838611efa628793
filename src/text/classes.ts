/**
 * What a UTF-16 code unit is to layout, as a number from 0 to 15: drawn as it stands, white space, CJK with its rules,
 * or in need of shaping. One table lookup decides it in the innermost loop. Written by hand after UAX #14 (line
 * breaking), UAX #24 (scripts) and JIS X 4051 (kinsoku), so that no run-time's Unicode version changes a page.
 */

/** Drawn one to one with its own glyph, left to right, never broken inside a word. */
export const WORD = 0;
/** White space a line may end with: U+0020, U+3000, U+2000-U+200A and their like. */
export const SPACE = 1;
/** White space that holds its neighbours together: U+00A0, U+2007, U+202F. */
export const GLUE = 2;
export const TAB = 3;
/** Any line end; inside a paragraph only a soft one, see `softNewlineIsSpace`. */
export const NEWLINE = 4;
/** Draws nothing: soft hyphen, word joiner, byte order mark. */
export const IGNORABLE = 5;
/** U+200B: draws nothing, a line may end after it. */
export const ZERO_WIDTH_SPACE = 6;
/** A control without glyph, drawn as a box with its code. */
export const CONTROL = 7;
/** Ideographs, kana, bopomofo, full-width letters: a line may end before and after. */
export const IDEOGRAPH = 8;
/** Precomposed Korean syllables: break as ideographs do, though spaces part their words. */
export const HANGUL = 9;
/** CJK closing punctuation, small kana, iteration marks: never first on a line (kinsoku). */
export const CLOSE_WIDE = 10;
/** CJK opening punctuation: never last on a line (kinsoku). */
export const OPEN_WIDE = 11;
/** Western closing punctuation and suffixes: part of a word, never first on a line after an ideograph. */
export const CLOSE = 12;
/** Western opening punctuation and prefixes: part of a word, never last on a line before an ideograph. */
export const OPEN = 13;
/** Marks that open and close alike, such as `"`: no break on either side. */
export const QUOTE = 14;
/** Needs shaping, reordering or segmentation: combining marks, Arabic, Devanagari, Thai, surrogates, joiners. */
export const COMPLEX = 15;

/** Hexadecimal ranges of each class other than WORD; later entries overrule earlier ones. */
const ranges: readonly (readonly [number, string])[] = [
  [CONTROL, '0-8 e-1f 7f-84 86-9f fff9-fffb'],
  [TAB, '9'],
  [NEWLINE, 'a-d 85 2028-2029'],
  [SPACE, '20 1680 2000-2006 2008-200a 205f 3000'],
  [GLUE, 'a0 2007 202f'],
  [IGNORABLE, 'ad 2060-2065 206a-206f 3164 feff ffa0 fff0-fff8'],
  [ZERO_WIDTH_SPACE, '200b'],
  [
    CLOSE,
    '21 25 29 2c-2f 3a-3b 3f 5d 7c-7d a2 b0 b7 37e 589-58a 2010 2012-2013 2019 201d 2024-2027 2030-2037 203c-203d',
  ],
  [
    CLOSE,
    '2044 2046-2049 2056 2058-205b 205d-205e 207e 208e 20a7 20b6 20bb 20be 20c0 2103 2109 22ef 2309 230b 232a',
  ],
  [
    CLOSE,
    '2762-2763 2769 276b 276d 276f 2771 2773 2775 27c6 27e7 27e9 27eb 27ed 27ef 2984 2986 2988 298a 298c 298e',
  ],
  [
    CLOSE,
    '2990 2992 2994 2996 2998 29d9 29db 29fd 2e0e-2e15 2e17 2e19 2e23 2e25 2e27 2e29 2e2a-2e2e 2e30-2e31',
  ],
  [CLOSE, '2e33-2e34 2e3c-2e3e 2e40-2e41 2e43-2e4a 2e4c 2e4e-2e4f 2e53-2e54 2e56 2e58 2e5a 2e5c-2e5d'],
  [
    OPEN,
    '24 28 2b 5b 5c 7b a1 a3-a5 b1 b4 bf 2c8 2cc 2df 58f 1ffd 2018 201a-201c 201e-201f 2045 207d 208d 20a0-20a6',
  ],
  [
    OPEN,
    '20a8-20b5 20b7-20ba 20bc-20bd 20bf 20c1-20cf 2116 2212-2213 2308 230a 2329 2768 276a 276c 276e 2770 2772',
  ],
  [
    OPEN,
    '2774 27c5 27e6 27e8 27ea 27ec 27ee 2983 2985 2987 2989 298b 298d 298f 2991 2993 2995 2997 29d8 29da 29fc',
  ],
  [OPEN, '2e18 2e22 2e24 2e26 2e28 2e42 2e55 2e57 2e59 2e5b'],
  [QUOTE, '22 27 ab bb 2011 2039-203a 275b-2760 2e00-2e0d 2e1c-2e1d 2e20-2e21'],
  [
    IDEOGRAPH,
    '2e80-2fff 3003-3004 3006-3007 3012-3013 3020-303a 303d-3163 3165-4dbf 4e00-a4cf f900-faff fe30-fe6b',
  ],
  [IDEOGRAPH, 'ff01-ff9f ffa1-ffe6'],
  [HANGUL, 'ac00-d7a3'],
  [
    CLOSE_WIDE,
    '1361 3001-3002 3005 3009 300b 300d 300f 3011 3015 3017 3019 301b-301c 301e-301f 3035 303b-303c',
  ],
  [
    CLOSE_WIDE,
    '3041 3043 3045 3047 3049 3063 3083 3085 3087 308e 3095-3096 309b-309e 30a0 30a1 30a3 30a5 30a7 30a9',
  ],
  [
    CLOSE_WIDE,
    '30c3 30e3 30e5 30e7 30ee 30f5-30f6 30fb-30fe 31f0-31ff a015 fe10-fe16 fe18-fe19 fe36 fe38 fe3a fe3c',
  ],
  [
    CLOSE_WIDE,
    'fe3e fe40 fe42 fe44 fe48 fe50 fe52 fe54-fe57 fe5a fe5c fe5e fe6a ff01 ff05 ff09 ff0c ff0e ff1a-ff1b',
  ],
  [CLOSE_WIDE, 'ff1f ff3d ff5d ff60-ff61 ff63-ff65 ff67-ff70 ff9e-ff9f ffe0'],
  [
    OPEN_WIDE,
    '3008 300a 300c 300e 3010 3014 3016 3018 301a 301d fe17 fe35 fe37 fe39 fe3b fe3d fe3f fe41 fe43 fe47',
  ],
  [OPEN_WIDE, 'fe59 fe5b fe5d fe69 ff04 ff08 ff3b ff5b ff5f ff62 ffe1 ffe5-ffe6'],
  // Combining marks amid simple scripts, joiners, bidi controls.
  [
    COMPLEX,
    '300-36f 483-489 135d-135f 1ab0-1aff 1dc0-1dff 200c-200f 202a-202e 2066-2069 20d0-20ff 2cef-2cf1 2d7f',
  ],
  [COMPLEX, '2de0-2dff 302a-302f 3099-309a a66f-a672 a674-a67d a69e-a69f a6f0-a6f1 fe00-fe0f fe20-fe2f'],
  // Whole blocks of scripts that shape, stack, reorder or write no spaces; Hangul jamo; surrogates.
  [
    COMPLEX,
    '590-109f 1100-11ff 1700-18af 1900-19df 1a00-1c4f 1cc0-1cff a800-a82f a840-aaff abc0-abff d7b0-dfff',
  ],
  [COMPLEX, 'fb1d-fdff fe70-fefe'],
];

function buildTable(): Uint8Array {
  const table = new Uint8Array(0x10000);
  for (const [characterClass, spans] of ranges) {
    for (const span of spans.split(' ')) {
      const [first = '', last = first] = span.split('-');
      table.fill(characterClass, Number.parseInt(first, 16), Number.parseInt(last, 16) + 1);
    }
  }
  return table;
}

/** The class of each UTF-16 code unit, 65,536 entries. */
export const characterClass: Readonly<Uint8Array> = buildTable();

/** Whether text from `start` to `end` (UTF-16 code units) needs no shaping, reordering or segmentation. */
export function isSimple(text: string, start = 0, end = text.length): boolean {
  for (let i = start; i < end; i++) {
    if (characterClass[text.charCodeAt(i)] === COMPLEX) return false;
  }
  return true;
}
