/** Questions of a step, and the group of answers to one of them with what each earned. */
import { GlyphError, type Random } from '../base/index.ts';
import { createSample, type Piece } from '../reader/index.ts';
import { groupAdvantages } from './advantages.ts';
import type { QuestionRow } from './data-set.ts';
import type { Material } from './material.ts';
import { cutOff, type JudgeAnswer, type Reward, rewardOf } from './reward.ts';
import type { Rollout } from './rollout.ts';
import { rowPrompt } from './row-sample.ts';

interface Asked {
  readonly row: QuestionRow;
  readonly prompt: readonly Piece[];
}

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
  { kind, loadPage }: Material,
  { prompts, maxPromptTokens }: { readonly prompts: number; readonly maxPromptTokens: number },
  random: Random,
): Promise<readonly Asked[]> {
  const asked: Asked[] = [];
  for (let tries = 0; tries < mostTries && asked.length < prompts; tries++) {
    const row = random.pick(rows);
    const prompt = await rowPrompt(row, kind, loadPage);
    if (createSample(prompt, kind.config, kind.vocabulary).tokens.length <= maxPromptTokens)
      asked.push({ row, prompt });
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
  { row, prompt }: Asked,
  rollouts: readonly Rollout[],
  judge?: JudgeAnswer,
): Promise<AnswerGroup> {
  const rewards: Reward[] = [];
  for (const { text, isFinished } of rollouts) {
    const reward = await rewardOf(text, row, judge);
    rewards.push(isFinished ? reward : cutOff(reward));
  }
  return { prompt, rollouts, rewards, advantages: groupAdvantages(rewards.map(({ value }) => value)) };
}
