/** What all steps of one compression share: the model's facts, the config, the caller's options settled. */
import type { RenderConfig } from '../config/index.ts';
import { type ModelLimits, modelLimits } from '../tokens/index.ts';
import { pageConfigFor } from './geometry.ts';
import { type Meter, openMeter } from './meter.ts';
import { type CompressOptions, checkOptions } from './options.ts';
import type { DrawEffects } from './text-pages.ts';

export interface Job {
  readonly options: CompressOptions;
  readonly effects: DrawEffects;
  /** The name that token rules and prices go by. */
  readonly model: string;
  readonly config: RenderConfig;
  readonly meter: Meter;
  readonly limits: ModelLimits;
  /** The model's own limit of images, where it declares one. */
  readonly imagesPerRequest: number | undefined;
  readonly partOrder: 'as-given' | 'images-first';
  readonly labels: 'text' | 'none';
}

/** @throws GlyphError kind `config` for a wrong option, `tokens` for an unknown model */
export async function openJob(options: CompressOptions & DrawEffects): Promise<Job> {
  checkOptions(options);
  const { model: given, loadFont, spawnWorker, jobs } = options;
  const model = typeof given === 'string' ? given : given.family;
  const abilities = typeof given === 'string' ? undefined : given.abilities;
  const partOrder = abilities?.partOrder ?? 'as-given';
  return {
    options,
    effects: {
      loadFont,
      ...(spawnWorker === undefined ? {} : { spawnWorker }),
      ...(jobs === undefined ? {} : { jobs }),
    },
    model,
    config: pageConfigFor(model, options.config),
    meter: await openMeter(model, options),
    limits: modelLimits(model),
    imagesPerRequest: abilities?.imagesPerRequest,
    partOrder,
    labels: options.labels ?? (partOrder === 'as-given' ? 'text' : 'none'),
  };
}
