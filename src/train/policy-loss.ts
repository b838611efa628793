/**
 * The loss of GRPO over tokens: the clipped gain of each answer's advantage, with the higher upper clip of DAPO (Yu et
 * al. 2025), and the distance from the policy that training began with (k3, Schulman 2020), as the paper's section 3.5.
 */
import {
  add,
  clip,
  div,
  exp,
  type Graph,
  maximum,
  minimum,
  mul,
  neg,
  sub,
  sum,
  type Tensor,
} from '../graph/index.ts';
import type { BatchSize } from '../reader/index.ts';

export interface PolicySettings {
  /** How far a probability may fall below, and rise above, the one it was drawn with; 0.2 and 0.28. */
  readonly clipLow: number;
  readonly clipHigh: number;
  /** Of the distance from the first policy, e.g. 0.001. */
  readonly klWeight: number;
}

/** Inputs beside those of reading, each `[samples, tokens]`: `oldLog`, `firstLog`, `advantages`; `weights` are 1 on answers. */
export function tracePolicyLoss(
  graph: Graph,
  logProbabilities: Tensor,
  weights: Tensor,
  { samples, tokens }: BatchSize,
  { clipLow, clipHigh, klWeight }: PolicySettings,
) {
  const perToken = (name: string) => graph.input(name, [samples, tokens]);
  const advantages = perToken('advantages');
  const mean = (x: Tensor) => div(sum(mul(x, weights)), maximum(sum(weights), 1e-9));
  // Beside the answers there may be anything, so differences are bounded before they are raised.
  const difference = (a: Tensor, b: Tensor) => clip(mul(sub(a, b), weights), -20, 20);
  const ratio = exp(difference(logProbabilities, perToken('oldLog')));
  const gain = minimum(mul(ratio, advantages), mul(clip(ratio, 1 - clipLow, 1 + clipHigh), advantages));
  const away = difference(perToken('firstLog'), logProbabilities);
  const kl = mean(sub(sub(exp(away), away), 1));
  const loss = add(neg(mean(gain)), mul(kl, klWeight));
  return { loss, kl };
}
