/** Questions of a step, and the group of answers to one of them with what each earned. */
import { GlyphError, type Random } from '../base/index.ts';
import { createSample, type Piece } from '../reader/index.ts';
import { groupAdvantages } from './advantages.ts';
import type { QuestionRow } from './data-set.ts';
import type { Material } from './material.ts';
import { type AnswerKey, cutOff, type JudgeAnswer, type Reward, rewardOf } from './reward.ts';
import type { Rollout } from './rollout.ts';
import { type PutRow, putRow } from './row-sample.ts';

export type Asked = Pick<PutRow, 'prompt'> & { readonly key: AnswerKey };

export interface AnswerGroup {
  readonly prompt: readonly Piece[];
  readonly rollouts: readonly Rollout[];
  readonly rewards: readonly Reward[];
  /** Undefined where all earned the same. */
  readonly advantages: readonly number[] | undefined;
}

const mostTries = 200;

/** @throws GlyphError kind `input` where no prompt is short enough */
export async function drawPrompts(
  rows: readonly QuestionRow[],
  material: Material,
  { prompts, maxPromptTokens }: { readonly prompts: number; readonly maxPromptTokens: number },
  random: Random,
): Promise<readonly Asked[]> {
  const asked: Asked[] = [];
  for (let tries = 0; tries < mostTries && asked.length < prompts; tries++) {
    const { prompt, key } = await putRow(random.pick(rows), material, random);
    const { tokens } = createSample(prompt, material.kind.config, material.kind.vocabulary);
    if (key !== undefined && tokens.length <= maxPromptTokens) asked.push({ prompt, key });
  }
  if (asked.length > 0) return asked;
  throw new GlyphError({
    kind: 'input',
    operation: 'draw questions',
    expected: `prompts of at most ${maxPromptTokens} tokens`,
    actual: `none in ${mostTries} drawn`,
    hint: 'build the data with a smaller --max-tokens, or allow more with --set maxPromptTokens=N',
  });
}

export async function rewardGroup(
  { prompt, key }: Asked,
  rollouts: readonly Rollout[],
  judge?: JudgeAnswer,
): Promise<AnswerGroup> {
  const rewards: Reward[] = [];
  for (const { text, isFinished } of rollouts) {
    const reward = await rewardOf(text, key, judge);
    rewards.push(isFinished ? reward : cutOff(reward));
  }
  return { prompt, rollouts, rewards, advantages: groupAdvantages(rewards.map(({ value }) => value)) };
}
