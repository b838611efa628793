/**
 * Continual pre-training at this reader's scale (the paper's section 3.3): first the encoder learns what stands in each
 * cell, then all of it reads: rows of pages whose lines are known, and whatever else the data has.
 */
import { createRandom } from '../base/index.ts';
import { cosineSchedule } from '../graph/index.ts';
import { type Crops, createPool, drawSamples, poolOfStep, sizeOf } from './draw-lessons.ts';
import type { Material } from './material.ts';
import type { OpenedStage } from './run.ts';
import type { Teacher } from './teacher.ts';
import { tokenCount } from './token-count.ts';

export interface PretrainSettings {
  readonly seed: string;
  /** Steps in which the encoder learns alone, from crops like the near ones without a decoder. */
  readonly alignmentSteps: number;
  /** Steps after them. */
  readonly steps: number;
  readonly alignmentRate: number;
  /** Learning rates: the highest one, and the one it ends with. */
  readonly peakRate: number;
  readonly lastRate: number;
  readonly warmUpSteps: number;
  readonly near: Crops;
  readonly far: Crops;
  /** Of the steps, that take far crops. */
  readonly farShare: number;
}

/** @throws GlyphError kind `input` where no page's lines are known */
export function openPretrain(settings: PretrainSettings, material: Material, teacher: Teacher): OpenedStage {
  const { seed, alignmentSteps, steps, near, far, farShare } = settings;
  const all = createPool(material, seed);
  const aligning = cosineSchedule({
    peak: settings.alignmentRate,
    warmUpSteps: Math.min(10, alignmentSteps),
    totalSteps: Math.max(alignmentSteps, 11),
  });
  const reading = cosineSchedule({
    peak: settings.peakRate,
    floor: settings.lastRate,
    warmUpSteps: settings.warmUpSteps,
    totalSteps: steps,
  });
  return {
    steps: alignmentSteps + steps,
    async run(step) {
      const random = createRandom(`${seed} pretrain ${step}`);
      const pool = poolOfStep(all, step);
      if (step < alignmentSteps) {
        // Without a decoder a step costs little: more rows, and no text to fit.
        const crops = { ...near, samples: 2 * near.samples };
        const samples = await drawSamples(pool, crops, random, 'alignment');
        const taught = await teacher.teach('alignment', sizeOf(pool, crops), samples, aligning(step));
        return { ...taught, tokens: tokenCount(samples) };
      }
      const crops = random.next() < farShare ? far : near;
      const samples = await drawSamples(pool, crops, random, 'reading');
      const rate = reading(step - alignmentSteps);
      const taught = await teacher.teach('reading', sizeOf(pool, crops), samples, rate);
      return { ...taught, tokens: tokenCount(samples) };
    },
    close: () => teacher.close(),
  };
}
