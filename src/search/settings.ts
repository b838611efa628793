/** What decides the result of a search, recorded in its folder: a search goes on only with the same. */
import * as v from 'valibot';
import { GlyphError } from '../base/index.ts';
import { parseConfig, type RenderConfig, type SampleOptions, type SamplingRanges } from '../config/index.ts';

const text = v.string();
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const config = v.pipe(
  v.record(text, v.unknown()),
  v.transform((value): RenderConfig => parseConfig(value)),
);

/** search.json. */
export const settingsSchema = v.object({
  format: v.literal(1),
  /** As typed, e.g. ["ocr:book.txt", "needle"]. */
  tasks: v.pipe(v.array(text), v.minLength(1)),
  /** Of each task. */
  samples: count,
  holdout: count,
  /** Text tokens; null for the tasks' own. */
  lengths: v.nullable(v.array(v.number())),
  seed: text,
  /** Searches one after another, each from a new population. */
  rounds: count,
  /** Candidates a round measures, in whole or in part. */
  steps: count,
  population: count,
  /** Generations without a gain. */
  patience: count,
  strategy: v.picklist(['genetic', 'random']),
  leastRatio: v.number(),
  /** Compression above counts as this; null where denser is always better. */
  enoughRatio: v.nullable(v.number()),
  halving: v.picklist(['on', 'off']),
  /** Share of each generation that the proposing model is asked for. */
  proposeShare: v.number(),
  model: text,
  /** Whose image tokens count, by its name in the token table. */
  family: text,
  proposer: v.nullable(text),
  /** Configs each round begins with. */
  given: v.array(config),
  /** What is held, over the space of the model's family. */
  fixed: v.record(text, v.unknown()),
  /** Ranges in place of Table 8's, as `SamplingRanges`. */
  ranges: v.record(text, v.unknown()),
});
export type SearchSettings = Readonly<v.InferOutput<typeof settingsSchema>>;

/** The schedule of the paper: five runs of 200 steps (appendix B). */
export const paperSchedule = { rounds: 5, steps: 200 } as const;

/** What `--schedule paper` and the flags leave open; decision 8 says why. */
export const defaultSettings = {
  samples: 16,
  holdout: 0,
  lengths: null,
  seed: '42',
  rounds: 1,
  steps: 60,
  population: 12,
  patience: 5,
  strategy: 'genetic',
  leastRatio: 1,
  enoughRatio: null,
  halving: 'on',
  proposeShare: 0.5,
} as const satisfies Partial<SearchSettings>;

/** The space of a family with what the user holds and allows laid over it. */
export function spaceWith(
  own: SampleOptions,
  { fixed, ranges }: Pick<SearchSettings, 'fixed' | 'ranges'>,
): SampleOptions {
  const held = parseHeld(own, fixed);
  return {
    ...own,
    fixed: { ...own.fixed, ...held },
    ranges: { ...own.ranges, ...(ranges as Partial<SamplingRanges>) },
  };
}

/** Keys brought to their normal form. */
function parseHeld(own: SampleOptions, fixed: SearchSettings['fixed']): Partial<RenderConfig> {
  for (const [key, value] of Object.entries(own.fixed ?? {})) {
    if (fixed[key] === undefined || JSON.stringify(fixed[key]) === JSON.stringify(value)) continue;
    throw new GlyphError({
      kind: 'config',
      operation: `hold ${key} in a search`,
      expected: `what the model takes, ${JSON.stringify(value)}`,
      actual: JSON.stringify(fixed[key]),
    });
  }
  const whole = parseConfig(fixed, own.base);
  return Object.fromEntries(Object.keys(fixed).map(key => [key, whole[key as keyof RenderConfig]]));
}
