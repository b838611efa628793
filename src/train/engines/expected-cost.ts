/**
 * What a stage will cost, before it is begun: tokens from the data set's own counts, GPU-hours by the usual sum of six
 * operations a parameter and token (Kaplan et al., arXiv 2001.08361), memory by sixteen bytes a parameter.
 */
import { GlyphError } from '../../base/index.ts';
import type { Job } from './job.ts';
import { samplesOf } from './recipe.ts';

const parameters = 9e9;
/** Of an H100 in bfloat16, and the part of it that training on long rows reaches; ours. */
const [peakFlops, utilisation] = [989e12, 0.35];
/** Of one GPU that writes answers of rl, all of them together; ours. */
const writtenPerSecond = 2500;
/** Half of the longest answer; ours. */
const answerShare = 0.5;

export interface ExpectedCost {
  readonly epochs: number;
  /** Text and vision tokens of a row, answer included. */
  readonly tokensPerRow: number;
  /** That gradients are computed of. */
  readonly tokens: number;
  readonly gpuHours: number;
  /** Parameters, gradients and moments of AdamW, over all GPUs. */
  readonly stateGigabytes: number;
}

/** @throws GlyphError kind `input` where there is nothing to train on */
export function expectCost({ recipe, data }: Job): ExpectedCost {
  const { train } = data.splits;
  if (train === undefined || train.examples === 0)
    throw new GlyphError({
      kind: 'input',
      operation: 'write a job',
      expected: 'rows to train on',
      actual: 'none',
    });
  const promptTokens = (train.textTokens + train.visionTokens) / train.examples;
  const written = recipe.stage === 'rl' ? answerShare * recipe.answerTokens : 0;
  const samples = recipe.steps * samplesOf(recipe);
  const tokens = samples * (promptTokens + written);
  // Of rl also a pass each of the policy before the update and of the model it is held near.
  const passes = recipe.stage === 'rl' ? 6 + 2 + 2 : 6;
  const seconds =
    (passes * parameters * tokens) / (peakFlops * utilisation) + (samples * written) / writtenPerSecond;
  return {
    epochs: (recipe.steps * recipe.batch) / train.examples,
    tokensPerRow: promptTokens + written,
    tokens,
    gpuHours: seconds / 3600,
    stateGigabytes: (16 * parameters) / 1e9,
  };
}
