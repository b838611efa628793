/**
 * What is known about each config key, once: its kind, unit, range or choices, a line of help and an example. The
 * schema, the command's flags, the error messages and the studio's panel are all derived from this table.
 */
import type { RenderConfig } from './render-config.ts';

interface Described {
  /** One line of help. */
  readonly about: string;
  /** A value as typed on the command line, e.g. "96". */
  readonly example: string;
}

/** A number within `min` and `max`, both included; `unit` is '' for a plain number. */
interface NumberFacts extends Described {
  readonly kind: 'number';
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly integer?: true;
}

/** Width and height; each side within `min` and `max`. */
interface SizeFacts extends Described {
  readonly kind: 'size';
  readonly unit: string;
  readonly min: number;
  readonly max: number;
}

/** Text; `format` says in words what `pattern` demands. */
interface StringFacts extends Described {
  readonly kind: 'string';
  readonly pattern: RegExp;
  readonly format: string;
}

interface EnumFacts<Choice> extends Described {
  readonly kind: 'enum';
  readonly choices: readonly Choice[];
}

interface PlainFacts<Kind extends 'color' | 'boolean' | 'list'> extends Described {
  readonly kind: Kind;
}

/** The facts that fit a key's type, so that the table cannot disagree with `RenderConfig`. */
type FactsFor<T> = [T] extends [boolean]
  ? PlainFacts<'boolean'>
  : [number] extends [T]
    ? NumberFacts
    : [string] extends [T]
      ? StringFacts | PlainFacts<'color'>
      : [T] extends [readonly string[]]
        ? PlainFacts<'list'>
        : [T] extends [readonly number[]]
          ? SizeFacts
          : EnumFacts<T>;

const length = { kind: 'number', unit: 'pt', min: 0, max: 7200 } as const;
const text = { kind: 'string', pattern: /^[^\p{Cc}]*$/u, format: 'text without line breaks' } as const;

const facts: { readonly [Key in keyof RenderConfig]: FactsFor<RenderConfig[Key]> } = {
  pageSize: {
    kind: 'size',
    unit: 'pt',
    min: 8,
    max: 14_400,
    about: 'Page width and height before cropping, or a paper name',
    example: '595,842',
  },
  dpi: {
    kind: 'number',
    unit: 'pixels per inch',
    min: 10,
    max: 1200,
    about: 'Resolution; 72 makes a point a pixel',
    example: '96',
  },
  marginX: { ...length, about: 'Left and right margin', example: '10' },
  marginY: { ...length, about: 'Top and bottom margin', example: '10' },
  framePadding: { ...length, about: 'Gap between margin and text on all sides', example: '6' },
  fontFamily: { ...text, about: 'Built-in or installed font family', example: 'DejaVu Serif' },
  fontPath: { ...text, about: 'TTF, OTF or TTC file used instead of a family', example: './Inter.ttf' },
  fontIndex: {
    kind: 'number',
    unit: '',
    min: 0,
    max: 65_535,
    integer: true,
    about: 'Face inside a TTC collection',
    example: '0',
  },
  fontVariations: {
    kind: 'string',
    pattern: /^$|^[\x20-\x7e]{4}=-?\d+(?:\.\d+)?(?:,[\x20-\x7e]{4}=-?\d+(?:\.\d+)?)*$/,
    format: 'axes like "wght=600,wdth=90"',
    about: 'Axis values of a variable font',
    example: 'wght=600',
  },
  fontFallback: {
    kind: 'list',
    about: 'Families or files asked in turn for characters the main font lacks',
    example: 'Noto Sans Thai,Noto Emoji',
  },
  fontSize: {
    kind: 'number',
    unit: 'pt',
    min: 1,
    max: 1000,
    about: 'Font size; lineHeight follows unless given',
    example: '9',
  },
  lineHeight: {
    kind: 'number',
    unit: 'pt',
    min: 1,
    max: 2000,
    about: 'Distance from baseline to baseline',
    example: '10',
  },
  alignment: {
    kind: 'enum',
    choices: ['left', 'right', 'center', 'justify'],
    about: 'Alignment of lines; left and right swap in right-to-left paragraphs',
    example: 'justify',
  },
  firstLineIndent: {
    ...length,
    min: -7200,
    about: 'Indent of a paragraph’s first line; negative hangs it',
    example: '18',
  },
  leftIndent: { ...length, about: 'Indent of a paragraph’s left side', example: '0' },
  rightIndent: { ...length, about: 'Indent of a paragraph’s right side', example: '0' },
  spaceBefore: { ...length, about: 'Extra space above a paragraph', example: '0' },
  spaceAfter: { ...length, about: 'Extra space below a paragraph', example: '6' },
  horizontalScale: {
    kind: 'number',
    unit: '',
    min: 0.1,
    max: 4,
    about: 'Horizontal scale of everything drawn',
    example: '0.85',
  },
  pageBgColor: { kind: 'color', about: 'Page background', example: '#FFFFFF' },
  paraBgColor: { kind: 'color', about: 'Background behind the text', example: '#FFFFFF' },
  fontColor: { kind: 'color', about: 'Text colour', example: '#000000' },
  paraBorderColor: { kind: 'color', about: 'Colour of paragraph borders', example: '#808080' },
  borderWidth: { ...length, max: 100, about: 'Paragraph border; 0 for none', example: '0.5' },
  borderPadding: { ...length, about: 'Gap between border and text', example: '4' },
  newlineMark: { ...text, about: 'Drawn in place of a line break; empty for real ones', example: ' \\n ' },
  newlineMarkColor: { kind: 'color', about: 'Colour of the newline mark', example: '#FF0000' },
  autoCropWidth: { kind: 'boolean', about: 'Cut the empty right side of each page', example: 'true' },
  autoCropLastPage: {
    kind: 'boolean',
    about: 'Cut the empty lower part of the last page',
    example: 'true',
  },
  reflow: {
    kind: 'enum',
    choices: ['auto', 'on', 'off'],
    about: 'Join the lines of hard-wrapped text into paragraphs',
    example: 'auto',
  },
  tabWidth: {
    kind: 'number',
    unit: 'space widths',
    min: 1,
    max: 32,
    integer: true,
    about: 'Distance of tab stops',
    example: '4',
  },
  columns: {
    kind: 'number',
    unit: '',
    min: 1,
    max: 8,
    integer: true,
    about: 'Text columns on a page',
    example: '2',
  },
  columnGap: { ...length, about: 'Space between columns', example: '12' },
  header: {
    ...text,
    about: 'Line at the top of pages: {title} {page} {firstLine} {lastLine} {checksum}',
    example: '{title} p. {page}',
  },
  bitDepth: {
    kind: 'enum',
    choices: [1, 2, 4, 8],
    about: 'Grey levels as bits a pixel',
    example: '4',
  },
  compat: {
    kind: 'enum',
    choices: ['none', 'reference'],
    about: 'reference: lay out as the published renderer does, defects included',
    example: 'none',
  },
};

export type ConfigKeyName = keyof RenderConfig;

/** One row of the table, with the key's name and its flag, e.g. `marginX` and `margin-x`. */
export type ConfigKey = (
  | NumberFacts
  | SizeFacts
  | StringFacts
  | EnumFacts<string | number>
  | PlainFacts<'color'>
  | PlainFacts<'boolean'>
  | PlainFacts<'list'>
) & { readonly name: ConfigKeyName; readonly flag: string };

/** Every key, in the order of `RenderConfig`. */
export const configKeys: readonly ConfigKey[] = (Object.keys(facts) as ConfigKeyName[]).map(name => ({
  ...facts[name],
  name,
  flag: name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`),
}));

const byName = new Map<string, ConfigKey>(configKeys.map(key => [key.name, key]));
const byFlag = new Map<string, ConfigKey>(configKeys.map(key => [key.flag, key]));

/** The row of a key by its name in `RenderConfig`, e.g. "marginX". */
export function configKey(name: ConfigKeyName): ConfigKey {
  return byName.get(name)!;
}

export function findKeyByName(name: string): ConfigKey | undefined {
  return byName.get(name);
}

/** The row of a key by its hyphenated name, e.g. "margin-x". */
export function findKeyByFlag(flag: string): ConfigKey | undefined {
  return byFlag.get(flag);
}
