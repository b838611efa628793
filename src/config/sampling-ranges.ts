/**
 * What each factor is drawn from when configs are sampled: the paper's Table 8 as data, for the search's first
 * population and the training data. The sets and ranges are the paper's; it states no probabilities, so all weights
 * (and the values of marks, borders and spacing) are our choice, following its words "dominant", "small", "decaying".
 */
import type { Weighted } from '../base/index.ts';
import { type Palette, palettes } from './palettes.ts';
import { papers } from './paper.ts';
import type { Alignment } from './render-config.ts';

/** Evenly spaced numbers, both ends included. */
export interface Span {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** A set to pick from, or a span; draws within one are uniform. */
export type Values = readonly number[] | Span;

type MarginPattern = 'equal' | 'taller' | 'wider';
type IndentPattern = 'none' | 'firstLine' | 'block' | 'hanging';

export interface SamplingRanges {
  readonly dpi: readonly Weighted<Values>[];
  /** pt. */
  readonly paper: readonly Weighted<readonly [number, number]>[];
  /** Height to width of a page, with its width in pt; half of the `ratio` pages lie on their side. */
  readonly ratio: readonly Weighted<number>[];
  readonly randomRatio: readonly Weighted<Span>[];
  readonly pageWidth: Span;
  readonly pageSource: readonly Weighted<'paper' | 'ratio' | 'random'>[];
  readonly fontFamily: readonly Weighted<string>[];
  readonly fontSize: readonly Weighted<number>[];
  /** Line height less font size, pt. */
  readonly leading: readonly Weighted<number>[];
  readonly alignment: readonly Weighted<Alignment>[];
  readonly marginPattern: readonly Weighted<MarginPattern>[];
  readonly margin: Span;
  readonly indentPattern: readonly Weighted<IndentPattern>[];
  /** Ems. */
  readonly indent: Span;
  /** Space before and after a paragraph, pt. */
  readonly spacing: readonly Weighted<Values>[];
  readonly horizontalScale: readonly Weighted<Values>[];
  readonly palette: readonly Weighted<readonly Palette[]>[];
  readonly borderWidth: readonly Weighted<Values>[];
  readonly borderPadding: Span;
  /** '' for real line breaks; a mark is drawn in one of `newlineMarkColor`. */
  readonly newlineMark: readonly Weighted<string>[];
  readonly newlineMarkColor: readonly string[];
  readonly autoCropWidth: readonly Weighted<boolean>[];
  readonly autoCropLastPage: readonly Weighted<boolean>[];
}

export const samplingRanges: SamplingRanges = {
  dpi: [
    [3, { min: 45, max: 59, step: 1 }],
    [12, { min: 60, max: 71, step: 1 }],
    [38, { min: 72, max: 119, step: 1 }],
    [44, [72, 80, 96, 100, 110, 120, 144, 150, 300]],
    [3, { min: 301, max: 400, step: 1 }],
  ],
  pageSource: [
    [50, 'paper'],
    [30, 'ratio'],
    [20, 'random'],
  ],
  paper: [
    [40, papers.A4],
    [20, papers.Letter],
    [8, papers.Legal],
    [10, papers.A5],
    [8, papers.B5],
    [5, papers.A3],
    [5, papers.B4],
    [4, papers.Tabloid],
  ],
  ratio: [
    [4, Math.SQRT2],
    [3, 1.333],
    [2, 1.5],
    [1, 1.778],
  ],
  randomRatio: [
    [2, { min: 0.4, max: 0.8, step: 0.001 }],
    [3, { min: 0.8, max: 1.3, step: 0.001 }],
    [4, { min: 1.3, max: 2, step: 0.001 }],
    [1, { min: 2, max: 3, step: 0.001 }],
  ],
  pageWidth: { min: 320, max: 900, step: 1 },
  fontFamily: [
    [40, 'DejaVu Sans'],
    [25, 'DejaVu Serif'],
    [25, 'DejaVu Sans Mono'],
    [10, 'VT323'],
  ],
  fontSize: [
    [1, 7],
    [1, 7.5],
    [2, 8],
    [4, 9],
    [2, 9.5],
    [3, 10],
    [2, 11],
    [2, 12],
    [1, 14],
  ],
  leading: [
    [2, 0],
    [1, 0.5],
    [4, 1],
    [1, 1.5],
    [2, 2],
    [1, 3],
  ],
  alignment: [
    [50, 'left'],
    [40, 'justify'],
    [5, 'right'],
    [5, 'center'],
  ],
  marginPattern: [
    [50, 'equal'],
    [25, 'taller'],
    [25, 'wider'],
  ],
  margin: { min: 10, max: 40, step: 1 },
  indentPattern: [
    [70, 'none'],
    [20, 'firstLine'],
    [5, 'block'],
    [5, 'hanging'],
  ],
  indent: { min: 1, max: 2.5, step: 0.25 },
  spacing: [
    [65, [0]],
    [25, { min: 1, max: 4, step: 0.5 }],
    [10, { min: 6, max: 14, step: 1 }],
  ],
  horizontalScale: [
    [70, [1]],
    [17, { min: 0.95, max: 0.99, step: 0.01 }],
    [8, { min: 0.85, max: 0.94, step: 0.01 }],
    [5, { min: 0.75, max: 0.84, step: 0.01 }],
  ],
  palette: [
    [55, palettes.document],
    [15, palettes.web],
    [12, palettes.dark],
    [12, palettes.code],
    [6, palettes.pixel],
  ],
  borderWidth: [
    [94, [0]],
    [6, [0.5, 1, 1.5]],
  ],
  borderPadding: { min: 1, max: 6, step: 1 },
  newlineMark: [
    [90, ''],
    [6, ' \\n '],
    [2, ' ↵ '],
    [2, ' ¶ '],
  ],
  newlineMarkColor: ['#FF0000', '#2F6FDE', '#808080'],
  autoCropWidth: [
    [1, true],
    [1, false],
  ],
  autoCropLastPage: [
    [1, true],
    [1, false],
  ],
};
