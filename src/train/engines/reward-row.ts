/**
 * A row that an engine sends to be rewarded: what a model wrote, and the columns of `glyph data rl` that say what is
 * right. Other columns may come along. A row that is none of this is told so and stays unscored; it never fails a batch.
 */
import * as v from 'valibot';
import type { AnswerKey } from '../reward.ts';

/** Of a completion or an answer: two such texts take about a second to compare. */
export const mostCharacters = 131_072;

const text = v.pipe(v.string(), v.maxLength(mostCharacters, `at most ${mostCharacters} characters`));

const rowSchema = v.object({
  completion: text,
  reward: v.picklist(['exact', 'extractive', 'ocr']),
  answer: text,
  /** False where the model was cut off. */
  finished: v.optional(v.boolean(), true),
});

export interface RewardRow {
  readonly completion: string;
  readonly key: AnswerKey;
  readonly isFinished: boolean;
}

/** @returns the row, or why it is none, e.g. `"answer": expected string, got undefined` */
export function parseRewardRow(row: unknown): RewardRow | string {
  const result = v.safeParse(rowSchema, row);
  if (!result.success) {
    const [issue] = result.issues;
    const where = v.getDotPath(issue);
    const expected = issue.type === 'max_length' ? issue.message : issue.expected;
    const got = issue.type === 'max_length' ? 'more' : issue.received.slice(0, 60);
    return `${where === null ? 'row' : JSON.stringify(where)}: expected ${expected}, got ${got}`;
  }
  const { completion, reward, answer, finished } = result.output;
  return { completion, key: { reward, answer }, isFinished: finished };
}
