/**
 * Whether type still tells apart what is easily confused, seen from the pixels alone: each pair is drawn as the config
 * draws it, and the grey that differs is added up. A candidate whose l is its 1 need not be shown to a model.
 */
import { parseConfig, type RenderConfig } from '../config/index.ts';
import { greyPage } from '../model/index.ts';
import { type RenderOptions, renderPages } from '../render/index.ts';

interface Confusable {
  readonly pair: readonly [string, string];
  /** The pair matters where a text has such characters. */
  readonly script: RegExp;
}

const latin = /[A-Za-z]/;
const han = /\p{sc=Han}/u;

const confusables: readonly Confusable[] = [
  ...(
    [
      ['l', '1'],
      ['l', 'I'],
      ['1', 'I'],
      ['O', '0'],
      ['rn', 'm'],
      ['c', 'e'],
      ['h', 'b'],
      ['S', '5'],
      ['B', '8'],
      ['.', ','],
    ] as const
  ).map(pair => ({ pair, script: latin })),
  ...(
    [
      ['己', '已'],
      ['未', '末'],
      ['土', '士'],
      ['日', '目'],
      ['人', '入'],
    ] as const
  ).map(pair => ({ pair, script: han })),
];

export interface Legibility {
  /**
   * Of the three pairs that are hardest to tell apart, in the mean: pixels of full contrast that differ. One pair alone
   * says little: many a sans serif draws l and I alike at any size.
   */
  readonly leastPixels: number;
  /** The hardest pair, e.g. "l/I"; '' where no pair matters to the text. */
  readonly pair: string;
}

/**
 * Below this Tesseract reads every second character wrongly (DejaVu at 4.5 px, VT323 at 6 px); at 0.5 it still reads four
 * of five. Decision 8 has the figures.
 */
export const leastLegiblePixels = 0.3;

/** @param text decides by its scripts which pairs matter */
export async function legibilityOf(
  config: RenderConfig,
  text: string,
  loadFont: RenderOptions['loadFont'],
): Promise<Legibility> {
  const pairs = confusables.filter(({ script }) => script.test(text)).map(({ pair }) => pair);
  if (pairs.length === 0) return { leastPixels: Number.POSITIVE_INFINITY, pair: '' };
  const strings = [...new Set(pairs.flat())];
  const rows = await drawRows(strings, config, loadFont);
  const drawn = new Map(strings.map((each, i) => [each, rows[i]!] as const));
  const differences = pairs
    .map(([a, b]) => ({ pair: `${a}/${b}`, pixels: differenceOf(drawn.get(a)!, drawn.get(b)!) }))
    .sort((a, b) => a.pixels - b.pixels);
  const hardest = differences.slice(0, 3);
  return {
    leastPixels: hardest.reduce((sum, { pixels }) => sum + pixels, 0) / hardest.length,
    pair: hardest[0]!.pair,
  };
}

/**
 * Each string alone at the beginning of a line, in the config's own type. Lines are a whole number of pixels apart, so
 * that all stand at the same place between pixels. @returns grey pixels by string
 */
async function drawRows(
  strings: readonly string[],
  config: RenderConfig,
  loadFont: RenderOptions['loadFont'],
): Promise<Uint8Array[]> {
  const pxPerPt = config.dpi / 72;
  const rowPx = Math.ceil(2 * config.fontSize * pxPerPt);
  const lineHeight = rowPx / pxPerPt;
  const small = parseConfig(
    {
      pageSize: [Math.max(8, 6 * config.fontSize), Math.max(8, (strings.length + 1) * lineHeight)],
      lineHeight,
      marginX: 0,
      marginY: 0,
      framePadding: 0,
      firstLineIndent: 0,
      leftIndent: 0,
      rightIndent: 0,
      spaceBefore: 0,
      spaceAfter: 0,
      borderWidth: 0,
      borderPadding: 0,
      alignment: 'left',
      newlineMark: '',
      reflow: 'off',
      header: '',
      columns: 1,
      autoCropWidth: false,
      autoCropLastPage: false,
      compat: 'none',
    },
    config,
  );
  for await (const { png } of renderPages(strings.join('\n'), small, { loadFont })) {
    const { widthPx, data } = greyPage(png);
    return strings.map((_, i) => data.subarray(i * rowPx * widthPx, (i + 1) * rowPx * widthPx));
  }
  return strings.map(() => new Uint8Array(0));
}

/** In pixels of full contrast. */
function differenceOf(a: Uint8Array, b: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < Math.min(a.length, b.length); i++) sum += Math.abs(a[i]! - b[i]!);
  return sum / 255;
}
