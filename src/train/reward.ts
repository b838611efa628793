/**
 * What an answer earns (the paper's section 3.5): 1 where it thinks first, in the form asked for, and is right; 0 else.
 * Writing out pages earns by characters alike. Whether an answer is right is told by the scorers of evaluation, on the
 * answer alone: nothing that stands in the thinking, in the question or around the answer counts.
 */
import type { AnswerKey as DataKey } from '../data/index.ts';
import { answerMetrics, editDistanceWithin } from '../eval/index.ts';
import { withoutMarks } from './without-marks.ts';

/** What a question's answer is held against. */
export type AnswerKey = Pick<DataKey, 'reward' | 'answer'>;

export interface Reward {
  /** 0 to 1. */
  readonly value: number;
  readonly format: 0 | 1;
  /** 0 to 1, whatever the format. */
  readonly accuracy: number;
}

/** Decides whether a free answer means the same as the right one, e.g. by asking a model. */
export type JudgeAnswer = (answer: string, key: AnswerKey) => Promise<boolean>;

/** F1 of words from which an extractive answer is right without a judge. */
const rightF1 = 0.8;
/** Characters alike below which a transcription earns nothing: any two texts are a little alike. */
const leastAlike = 0.5;

/** @param completion as the model wrote it, `<think>…</think>` first */
export async function rewardOf(completion: string, key: AnswerKey, judge?: JudgeAnswer): Promise<Reward> {
  const parts = partsOf(completion);
  const answer = (parts?.answer ?? completion).trim();
  const accuracy = await accuracyOf(answer, key, judge);
  const format = parts === undefined || answer === '' || parts.thinking.trim() === '' ? 0 : 1;
  return { value: format * accuracy, format, accuracy };
}

/** An answer that was cut off earns nothing, right or wrong. */
export const cutOff = (reward: Reward): Reward => ({ ...reward, value: 0, format: 0 });

/** Undefined where the form is not one block of thinking and then the answer. */
function partsOf(completion: string): { readonly thinking: string; readonly answer: string } | undefined {
  const match = /^\s*<think>([\s\S]*?)<\/think>([\s\S]*)$/.exec(completion);
  if (match === null) return undefined;
  const [, thinking = '', answer = ''] = match;
  return /<\/?think>/.test(thinking + answer) ? undefined : { thinking, answer };
}

async function accuracyOf(answer: string, key: AnswerKey, judge?: JudgeAnswer): Promise<number> {
  const measure = (metric: string) => answerMetrics.get(metric)!(answer, [key.answer], {});
  switch (key.reward) {
    case 'exact':
      return measure('exact');
    case 'extractive':
      if (measure('exact') === 1) return 1;
      if (judge !== undefined) return Number(await judge(answer, key));
      return Number(measure('qa_f1') >= rightF1);
    case 'ocr':
      return transcribed(answer, key.answer);
    default:
      return key.reward satisfies never;
  }
}

/** Lines may be led by their marks, in the key as in the answer; they count for nothing. */
function transcribed(answer: string, right: string): number {
  const [written, target] = [answer, right].map(text => withoutMarks(text).trim()) as [string, string];
  const length = Math.max(codePoints(written), codePoints(target));
  if (length === 0) return 1;
  // Of texts that differ more it does not matter by how much.
  const edits = editDistanceWithin(written, target, Math.ceil((1 - leastAlike) * length));
  const alike = edits === undefined ? 0 : 1 - edits / length;
  return alike < leastAlike ? 0 : alike;
}

function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
