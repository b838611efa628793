/**
 * The paper's values (section 3, appendix B) for its own model, whatever engine trains it: the settings of the preset
 * `paper` with the sizes of a step in rows and tokens. What the paper does not say is marked as ours.
 */
import type { Stage } from '../../data/index.ts';
import { trainPresets } from '../presets.ts';

export interface Recipe {
  readonly steps: number;
  /** Rows of a step; of rl questions, each answered `group` times. */
  readonly batch: number;
  readonly peakRate: number;
  readonly lastRate: number;
  readonly warmUpSteps: number;
  readonly beta2: number;
  readonly weightDecay: number;
  /** Text and vision tokens of a row, answer included; 32 K in the paper's rl, ours elsewhere. */
  readonly contextTokens: number;
}

export interface RlRecipe extends Recipe {
  readonly group: number;
  readonly clipLow: number;
  readonly clipHigh: number;
  /** Ours. */
  readonly klWeight: number;
  /** Ours. */
  readonly temperature: number;
  /** Ours. */
  readonly answerTokens: number;
}

const { learning, pretrain, sft, rl } = trainPresets.paper;
const contextTokens = 32_768;
const adam = { beta2: learning.beta2, weightDecay: learning.weightDecay, contextTokens };

const recipes: Readonly<Record<Exclude<Stage, 'rl'>, Recipe>> & { readonly rl: RlRecipe } = {
  pretrain: {
    ...adam,
    steps: pretrain.steps,
    batch: pretrain.near.samples,
    peakRate: pretrain.peakRate,
    lastRate: pretrain.lastRate,
    warmUpSteps: pretrain.warmUpSteps,
  },
  sft: {
    ...adam,
    steps: sft.steps,
    batch: 32,
    peakRate: sft.peakRate,
    lastRate: sft.lastRate,
    warmUpSteps: sft.warmUpSteps,
  },
  rl: {
    ...adam,
    steps: rl.steps,
    batch: rl.prompts,
    peakRate: rl.rate,
    lastRate: rl.rate,
    warmUpSteps: rl.warmUpSteps,
    group: rl.group,
    clipLow: rl.clipLow,
    clipHigh: rl.clipHigh,
    klWeight: rl.klWeight,
    temperature: rl.temperature,
    answerTokens: 4096,
  },
};

export type AnyRecipe =
  | ({ readonly stage: Exclude<Stage, 'rl'> } & Recipe)
  | ({ readonly stage: 'rl' } & RlRecipe);

/** @param steps in place of the paper's; the warm-up never takes all of them */
export function recipeOf(stage: Stage, steps?: number): AnyRecipe {
  const recipe = stage === 'rl' ? { stage, ...recipes.rl } : { stage, ...recipes[stage] };
  if (steps === undefined) return recipe;
  return { ...recipe, steps, warmUpSteps: Math.min(recipe.warmUpSteps, steps - 1) };
}

/** Samples that a step computes gradients of: of rl, answers. */
export const samplesOf = (recipe: AnyRecipe): number =>
  recipe.stage === 'rl' ? recipe.batch * recipe.group : recipe.batch;

/**
 * Samples of a step on so many workers, each taking as many as the others: the multiple nearest to the recipe's, of rl
 * in whole groups.
 */
export function stepOn(
  recipe: AnyRecipe,
  workers: number,
): { readonly perWorker: number; readonly samples: number } {
  const group = recipe.stage === 'rl' ? recipe.group : 1;
  const unit = group / greatestCommonDivisor(group, workers);
  const perWorker = Math.max(1, Math.round(samplesOf(recipe) / workers / unit)) * unit;
  return { perWorker, samples: perWorker * workers };
}

const greatestCommonDivisor = (a: number, b: number): number =>
  b === 0 ? a : greatestCommonDivisor(b, a % b);
