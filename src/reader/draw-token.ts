/** Chooses the next token from the network's scores: the best one, or one at random by temperature, top k and top p. */
import type { Random } from '../base/index.ts';

export interface DrawOptions {
  /** 0 unless given: always the best. */
  readonly temperature?: number | undefined;
  /** Only from the best tokens that reach this probability together (Holtzman et al. 2020). */
  readonly topP?: number | undefined;
  /** Only from so many of the best tokens. */
  readonly topK?: number | undefined;
}

/** Of equal scores the first token's counts as better. */
export function drawToken(scores: Float32Array, random: Random, options: DrawOptions = {}): number {
  const { temperature = 0, topP = 1, topK = scores.length } = options;
  const best = scores.reduce((found, score, token) => (score > scores[found]! ? token : found), 0);
  if (temperature === 0 || topP === 0 || topK === 1) return best;
  const weighted = Array.from(scores, (score, token) => ({
    token,
    weight: Math.exp((score - scores[best]!) / temperature),
  }));
  if (topP === 1 && topK >= scores.length) return pick(weighted, random);
  weighted.sort((a, b) => b.weight - a.weight || a.token - b.token);
  const candidates = weighted.slice(0, topK);
  const enough = topP * sumOf(candidates);
  let sum = 0;
  const count = candidates.findIndex(({ weight }) => {
    sum += weight;
    return sum >= enough;
  });
  return pick(candidates.slice(0, count < 0 ? undefined : count + 1), random);
}

interface Candidate {
  readonly token: number;
  readonly weight: number;
}

const pick = (candidates: readonly Candidate[], random: Random): number =>
  random.weighted(candidates.map(({ token, weight }) => [weight, token] as const));

const sumOf = (candidates: readonly Candidate[]): number =>
  candidates.reduce((sum, { weight }) => sum + weight, 0);
