/**
 * Rewards of a batch: the very function the local trainer calls, on each row. What cannot be scored (a broken row, a
 * judge that fails) is null with its reason: 0 would teach that the answer was wrong.
 */
import { nextTurn, throwIfAborted } from '../../base/index.ts';
import { cutOff, type JudgeAnswer, type Reward, rewardOf } from '../reward.ts';
import { parseRewardRow } from './reward-row.ts';

export type RowOutcome = Reward | { readonly value: null; readonly error: string };

export interface ScoreOptions {
  readonly judge?: JudgeAnswer | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Longest without a turn for other requests. */
const turnMs = 20;
const mostErrorCharacters = 300;

/** @returns as many as rows, in their order. @throws GlyphError kind `aborted` */
export async function scoreRows(
  rows: readonly unknown[],
  { judge, signal }: ScoreOptions,
): Promise<readonly RowOutcome[]> {
  const outcomes: Promise<RowOutcome>[] = [];
  let turnStart = performance.now();
  for (const row of rows) {
    // Up to where a judge is asked this is done at once; judges are asked side by side.
    outcomes.push(scoreRow(row, judge));
    if (performance.now() - turnStart < turnMs) continue;
    await nextTurn();
    throwIfAborted(signal, 'score rollouts');
    turnStart = performance.now();
  }
  return await Promise.all(outcomes);
}

async function scoreRow(row: unknown, judge: JudgeAnswer | undefined): Promise<RowOutcome> {
  const parsed = parseRewardRow(row);
  if (typeof parsed === 'string') return { value: null, error: parsed };
  try {
    const reward = await rewardOf(parsed.completion, parsed.key, judge);
    return parsed.isFinished ? reward : cutOff(reward);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { value: null, error: text.slice(0, mostErrorCharacters) };
  }
}
