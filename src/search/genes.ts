/**
 * A rendering config as genes: keys that only make sense together change together. What a gene may become is what the
 * sampler draws (Table 8 of the paper, or the space of a model); numbers also move by small steps.
 */
import { GlyphError, type Random } from '../base/index.ts';
import {
  type ConfigPatch,
  exclusionReason,
  outsideReason,
  parseConfig,
  type RenderConfig,
  type SampleOptions,
  sampleConfig,
} from '../config/index.ts';

interface Gene {
  readonly name: string;
  readonly keys: readonly (keyof RenderConfig)[];
  /** How often it changes, beside others: most often what the pixels of letters hang on. */
  readonly weight: number;
  /** A small step from where it is. */
  step?(config: RenderConfig, random: Random): ConfigPatch;
}

/** A whole number from -most to most, not 0. */
const stepOf = (random: Random, most: number): number => random.pick([-1, 1]) * random.integer(1, most);

const round = (value: number, decimals: number): number => Number(value.toFixed(decimals));

export const genes: readonly Gene[] = [
  {
    name: 'resolution',
    keys: ['dpi'],
    weight: 3,
    step: ({ dpi }, random) => ({ dpi: dpi + stepOf(random, 6) }),
  },
  {
    name: 'page',
    keys: ['pageSize'],
    weight: 1,
    step: ({ pageSize: [width, height] }, random) => ({
      pageSize: [
        Math.round(width * (1 + stepOf(random, 8) / 100)),
        Math.round(height * (1 + stepOf(random, 8) / 100)),
      ],
    }),
  },
  { name: 'font', keys: ['fontFamily'], weight: 3 },
  {
    name: 'size',
    keys: ['fontSize', 'lineHeight'],
    weight: 3,
    step({ fontSize, lineHeight }, random) {
      const change = stepOf(random, 3) / 4;
      return { fontSize: round(fontSize + change, 6), lineHeight: round(lineHeight + change, 6) };
    },
  },
  {
    name: 'leading',
    keys: ['lineHeight'],
    weight: 2,
    step: ({ lineHeight }, random) => ({ lineHeight: round(lineHeight + stepOf(random, 4) / 4, 6) }),
  },
  { name: 'alignment', keys: ['alignment'], weight: 1 },
  {
    name: 'margins',
    keys: ['marginX', 'marginY'],
    weight: 0.5,
    step: ({ marginX, marginY }, random) => ({
      marginX: marginX + stepOf(random, 4),
      marginY: marginY + stepOf(random, 4),
    }),
  },
  { name: 'indents', keys: ['firstLineIndent', 'leftIndent', 'rightIndent'], weight: 0.5 },
  { name: 'spacing', keys: ['spaceBefore', 'spaceAfter'], weight: 0.5 },
  {
    name: 'scale',
    keys: ['horizontalScale'],
    weight: 2,
    step: ({ horizontalScale }, random) => ({
      horizontalScale: round(horizontalScale + stepOf(random, 4) / 100, 6),
    }),
  },
  { name: 'colours', keys: ['pageBgColor', 'paraBgColor', 'fontColor'], weight: 2 },
  { name: 'border', keys: ['borderWidth', 'borderPadding'], weight: 0.5 },
  { name: 'newline', keys: ['newlineMark', 'newlineMarkColor'], weight: 2 },
  { name: 'crop', keys: ['autoCropWidth', 'autoCropLastPage'], weight: 0.5 },
];

/** Attempts at a valid child before one is drawn anew. */
const mostTries = 50;

/** One to three genes change, each by a small step or to a new draw. */
export function mutateConfig(config: RenderConfig, random: Random, space: SampleOptions): RenderConfig {
  const free = freeGenes(space);
  return firstValid(space, random, () => {
    const drawn = sampleConfig(random, space);
    const patch: ConfigPatch = {};
    for (let left = random.weighted(geneCounts); left > 0; left--) {
      const gene = random.weighted(free.map(each => [each.weight, each] as const));
      const changed = { ...config, ...patch };
      Object.assign(
        patch,
        gene.step !== undefined && random.next() < stepShare
          ? gene.step(changed, random)
          : valuesOf(gene, drawn),
      );
    }
    return { ...config, ...patch };
  });
}

const geneCounts = [
  [5, 1],
  [3, 2],
  [2, 3],
] as const;
/** Of the genes that can. */
const stepShare = 0.6;

/** Each gene from one of two. */
export function crossConfigs(
  first: RenderConfig,
  second: RenderConfig,
  random: Random,
  space: SampleOptions,
): RenderConfig {
  const free = freeGenes(space);
  return firstValid(space, random, () => {
    const patches = free.map(gene => valuesOf(gene, random.next() < 0.5 ? first : second));
    return Object.assign({ ...first }, ...patches) as RenderConfig;
  });
}

function freeGenes({ fixed = {} }: SampleOptions): readonly Gene[] {
  const free = genes.filter(({ keys }) => keys.some(key => fixed[key] === undefined));
  if (free.length > 0) return free;
  throw new GlyphError({
    kind: 'config',
    operation: 'vary a config',
    expected: 'at least one key that is not held',
    actual: 'none',
    hint: 'hold fewer keys',
  });
}

const valuesOf = ({ keys }: Gene, config: RenderConfig): ConfigPatch =>
  Object.fromEntries(keys.map(key => [key, config[key]]));

function firstValid(space: SampleOptions, random: Random, make: () => RenderConfig): RenderConfig {
  for (let attempt = 0; attempt < mostTries; attempt++) {
    const config = validConfig({ ...make(), ...space.fixed }, space);
    if (typeof config === 'object') return config;
  }
  return sampleConfig(random, space);
}

/** The config, or why it is none of this space. */
export function validConfig(
  input: unknown,
  space: SampleOptions,
  base?: RenderConfig,
): RenderConfig | string {
  try {
    const config = parseConfig(input, base ?? space.base);
    return outsideReason(config, space) ?? exclusionReason(config) ?? config;
  } catch (error) {
    if (error instanceof GlyphError && error.kind === 'config') return error.message;
    throw error;
  }
}
