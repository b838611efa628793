/**
 * Rendering configs as a search problem: two objectives, accuracy and compression; cheap checks before any call; answers
 * from the log where they were asked before.
 */
import { GlyphError, RecentCache } from '../base/index.ts';
import { configHash, type RenderConfig, type SampleOptions, sampleConfig } from '../config/index.ts';
import type { Measuring } from '../eval/index.ts';
import { type Compression, type CompressionOptions, compressionOf, firstPageRatio } from './compression.ts';
import { type ConfigEvidence, evidenceOf, type ItemAnswer } from './evidence.ts';
import { crossConfigs, mutateConfig } from './genes.ts';
import { leastLegiblePixels, legibilityOf } from './legibility.ts';
import type { Problem } from './problem.ts';
import type { Item } from './validation.ts';

export interface ConfigProblemOptions extends CompressionOptions {
  readonly items: readonly Item[];
  readonly measuring: Measuring;
  readonly space: SampleOptions;
  /** Candidates below are not shown to the model; 1 is where pages cost as much as text. */
  readonly leastRatio: number;
  /** Compression above counts as this: what is wanted then is accuracy at a given compression. */
  readonly enoughRatio: number | null;
  /** `off`: every candidate is measured on all samples. */
  readonly halving: 'on' | 'off';
}

export type ConfigProblem = Problem<RenderConfig, ConfigEvidence>;

/** Sizes of measurements: a quarter of the samples, half, all. */
export function rungsOf(samples: number, halving: 'on' | 'off'): number[] {
  if (halving === 'off') return [samples];
  return [...new Set([Math.ceil(samples / 4), Math.ceil(samples / 2), samples])];
}

/** A page differs from the mean of all by less than this. */
const surelyBelow = 0.85;

/** Compressions kept: each takes a dozen pages to know. */
const keptCompressions = 5000;

export function createConfigProblem(options: ConfigProblemOptions): ConfigProblem {
  const { items, measuring, space, leastRatio, halving, text, loadFont } = options;
  const enoughRatio = options.enoughRatio ?? Number.POSITIVE_INFINITY;
  const compressions = new RecentCache<string, Promise<Compression>>(keptCompressions);
  const compressionFor = (config: RenderConfig) =>
    compressions.get(configHash(config), () => compressionOf(config, options));
  return {
    objectives: ['accuracy', 'compression'],
    reference: [0, Math.min(1, leastRatio)],
    keyOf: configHash,
    sample: random => sampleConfig(random, space),
    mutate: (config, random) => mutateConfig(config, random, space),
    crossover: (first, second, random) => crossConfigs(first, second, random, space),
    rungs: rungsOf(items.length, halving),
    async refusal(config) {
      const tooDear = `compression below ${leastRatio}`;
      try {
        if ((await firstPageRatio(config, options)) < leastRatio * surelyBelow) return tooDear;
        const { leastPixels } = await legibilityOf(config, text, loadFont);
        if (leastPixels < leastLegiblePixels) return 'type too small to tell letters apart';
        return (await compressionFor(config)).ratio < leastRatio ? tooDear : undefined;
      } catch (error) {
        if (error instanceof GlyphError && error.kind === 'tokens') return 'a page the model does not take';
        throw error;
      }
    },
    async measure(config, samples) {
      const answers: ItemAnswer[] = [];
      for (const item of items.slice(0, samples)) {
        const measured = await measuring.measure(item, config);
        if (measured === undefined) return undefined;
        answers.push({ item, measured });
      }
      const evidence = evidenceOf(configHash(config), await compressionFor(config), answers);
      const { accuracy, compression } = evidence;
      const counted = Math.min(compression.ratio, enoughRatio);
      return { values: accuracy === null ? null : [accuracy, counted], evidence };
    },
  };
}
