/** Advantages of a group of answers to one question (GRPO, Shao et al. 2024; dropping groups, DAPO, Yu et al. 2025). */

/**
 * How much better than its group each answer is, in standard deviations.
 * @returns undefined where all rewards are equal: such a group teaches nothing
 */
export function groupAdvantages(rewards: readonly number[]): readonly number[] | undefined {
  const mean = rewards.reduce((sum, reward) => sum + reward, 0) / rewards.length;
  const variance = rewards.reduce((sum, reward) => sum + (reward - mean) ** 2, 0) / rewards.length;
  if (rewards.length === 0 || variance < 1e-12) return undefined;
  return rewards.map(reward => (reward - mean) / Math.sqrt(variance));
}
