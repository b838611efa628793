/**
 * Which configs a model takes, as data: ranges and fixed keys for the sampler, by family of the token table. Most models
 * take any page; a reader that was trained on one kind of page says so here, and a search stays within it.
 */
import { preset } from './presets.ts';
import type { RenderConfig } from './render-config.ts';
import { oversizeReason, type SampleOptions } from './sampling.ts';
import type { SamplingRanges, Values } from './sampling-ranges.ts';
import { samplingRanges } from './sampling-ranges.ts';
import type { ConfigPatch } from './schema.ts';

/** Pages of whole rows of the embedded reader's patches (64 x 12 px), the widest for type that is narrowed. */
const embeddedPages = [752, 696, 640, 576, 512, 448, 384].flatMap(width =>
  [768, 576, 384, 192].map(height => [1, [width, height]] as const),
);

/**
 * It reads type of one width, a line of 12 px to a row of patches: how large and how narrow letters are is free, so are
 * pages and how dark the ink is.
 */
function embeddedSpace(): SampleOptions {
  const base = preset('embedded');
  const { pageSize: _, fontSize: __, horizontalScale: ___, fontColor: ____, ...fixed } = base;
  return {
    base,
    fixed,
    largestPagePx: [640, 768],
    ranges: {
      pageSource: [[1, 'paper']],
      paper: embeddedPages,
      fontSize: [9, 9.5, 9.998, 10.5, 11, 11.5].map(size => [1, size] as const),
      horizontalScale: [
        [1, [1]],
        [3, { min: 0.8, max: 0.99, step: 0.01 }],
      ],
      palette: [
        [
          1,
          ['#000000', '#1A1A1A', '#333333'].map(fontColor => ({
            pageBgColor: '#FFFFFF',
            paraBgColor: '#FFFFFF',
            fontColor,
          })),
        ],
      ],
    },
  };
}

const spaces: Readonly<Record<string, () => SampleOptions>> = { embedded: embeddedSpace };

/** What to sample from for a family, by its id; everything of Table 8 for one without a space of its own. */
export const spaceOfFamily = (family: string): SampleOptions =>
  Object.hasOwn(spaces, family) ? spaces[family]!() : {};

/** Why a config lies outside of a space, in words; undefined where it lies within. Numbers may lie between values. */
export function outsideReason(config: RenderConfig, space: SampleOptions): string | undefined {
  const ranges = { ...samplingRanges, ...space.ranges };
  for (const [key, value] of Object.entries(space.fixed ?? {}) as [keyof ConfigPatch, unknown][])
    if (JSON.stringify(config[key]) !== JSON.stringify(value))
      return `${key} is held at ${JSON.stringify(value)}`;
  const fixed = new Set(Object.keys(space.fixed ?? {}));
  for (const { key, min, max, of } of limitsOf(ranges)) {
    const value = of(config);
    if (!fixed.has(key) && (value < min - 1e-9 || value > max + 1e-9))
      return `${key} must lie within ${min} and ${max}`;
  }
  for (const [key, choices] of Object.entries(choicesOf(ranges)) as [keyof ConfigPatch, readonly unknown[]][])
    if (!fixed.has(key) && !choices.includes(config[key]))
      return `${key} must be one of ${choices.map(choice => JSON.stringify(choice)).join(', ')}`;
  return oversizeReason(config, space);
}

interface Limit {
  readonly key: keyof RenderConfig;
  /** What is limited, where it is not the key's own value, e.g. line height less font size. */
  readonly what?: string;
  readonly min: number;
  readonly max: number;
  of(config: RenderConfig): number;
}

/** Of the numbers, from the smallest to the largest that is drawn. */
function limitsOf(ranges: SamplingRanges): Limit[] {
  const sides = pageSides(ranges);
  const numbers = {
    dpi: ranges.dpi,
    horizontalScale: ranges.horizontalScale,
    borderWidth: ranges.borderWidth,
  } as const;
  return [
    ...(Object.keys(numbers) as (keyof typeof numbers)[]).map(key =>
      limit(
        key,
        numbers[key].map(([, values]) => values),
      ),
    ),
    limit('fontSize', [ranges.fontSize.map(([, value]) => value)]),
    ...(['marginX', 'marginY'] as const).map(key => limit(key, [ranges.margin])),
    ...(['spaceBefore', 'spaceAfter'] as const).map(key =>
      limit(
        key,
        ranges.spacing.map(([, values]) => values),
      ),
    ),
    {
      ...limit('lineHeight', [ranges.leading.map(([, value]) => value)]),
      what: 'lineHeight less fontSize',
      of: ({ lineHeight, fontSize }) => lineHeight - fontSize,
    },
    {
      ...limit('pageSize', [sides]),
      what: 'the sides of the page',
      of: ({ pageSize }) => Math.min(...pageSize),
    },
    {
      ...limit('pageSize', [sides]),
      what: 'the sides of the page',
      of: ({ pageSize }) => Math.max(...pageSize),
    },
  ];
}

const limit = (key: keyof RenderConfig, values: readonly Values[]): Limit => {
  const ends = values.flatMap(each => ('min' in each ? [each.min, each.max] : each));
  return { key, min: Math.min(...ends), max: Math.max(...ends), of: config => Number(config[key]) };
};

function pageSides({ pageSource, paper, pageWidth, ratio, randomRatio }: SamplingRanges): number[] {
  return pageSource.flatMap(([weight, source]) => {
    if (weight <= 0) return [];
    if (source === 'paper') return paper.flatMap(([, sides]) => sides);
    const ratios =
      source === 'ratio'
        ? ratio.map(([, each]) => each)
        : randomRatio.flatMap(([, { min, max }]) => [min, max]);
    const widths = [pageWidth.min, pageWidth.max];
    return [...widths, ...widths.flatMap(width => ratios.map(each => Math.round(width * each)))];
  });
}

const choicesOf = (ranges: SamplingRanges) => ({
  fontFamily: ranges.fontFamily.map(([, value]) => value),
  alignment: ranges.alignment.map(([, value]) => value),
  newlineMark: ranges.newlineMark.map(([, value]) => value),
});

/** The space in words, a line a factor: what a language model is told that proposes configs. */
export function describeSpace(space: SampleOptions): string {
  const ranges = { ...samplingRanges, ...space.ranges };
  const fixed = new Set(Object.keys(space.fixed ?? {}));
  const numbers = limitsOf(ranges)
    .filter(({ key }) => !fixed.has(key))
    .map(({ key, what, min, max }) => `${what ?? key}: ${min} to ${max}`);
  const choices = Object.entries(choicesOf(ranges))
    .filter(([key]) => !fixed.has(key))
    .map(([key, values]) => `${key}: ${values.map(each => JSON.stringify(each)).join(', ')}`);
  const colors = fixed.has('fontColor')
    ? []
    : ['fontColor, paraBgColor, pageBgColor: "#RRGGBB", contrast at least 4.5'];
  const crops = fixed.has('autoCropWidth') ? [] : ['autoCropWidth, autoCropLastPage: true, false'];
  return [...new Set([...numbers, ...choices, ...colors, ...crops])].join('\n');
}
