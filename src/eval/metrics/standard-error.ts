/** The standard error of a mean score, also where samples come in clusters (Miller, "Adding error bars to evals", 2024). */
import { mean } from './mean.ts';

export interface MeanScore {
  readonly mean: number;
  /** Undefined for a single sample. */
  readonly stderr: number | undefined;
  readonly count: number;
}

/** Of independent samples. @throws GlyphError kind `input` where there is none */
export function meanScore(scores: readonly number[]): MeanScore {
  const [average, count] = [mean(scores), scores.length];
  const squares = scores.reduce((sum, score) => sum + (score - average) ** 2, 0);
  return { mean: average, stderr: count > 1 ? Math.sqrt(squares / (count - 1) / count) : undefined, count };
}

export interface ClusteredScore {
  readonly score: number;
  /** What the sample shares with others, e.g. its document. */
  readonly cluster: string;
}

/** Of samples that are independent only between clusters. Undefined error for a single cluster. @throws as `meanScore` */
export function clusteredMeanScore(samples: readonly ClusteredScore[]): MeanScore {
  const average = mean(samples.map(sample => sample.score));
  const deviations = new Map<string, number>();
  for (const { score, cluster } of samples) {
    deviations.set(cluster, (deviations.get(cluster) ?? 0) + score - average);
  }
  const squares = [...deviations.values()].reduce((sum, deviation) => sum + deviation ** 2, 0);
  const stderr = deviations.size > 1 ? Math.sqrt(squares) / samples.length : undefined;
  return { mean: average, stderr, count: samples.length };
}
