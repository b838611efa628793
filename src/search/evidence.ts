/** What is known of a config from its answers: accuracy with its standard error, by task and sample, and what went wrong. */

import type { MeasuredAnswer } from '../eval/index.ts';
import { meanScore } from '../eval/index.ts';
import type { Compression } from './compression.ts';
import { confusionsIn } from './confusions.ts';
import type { Item } from './validation.ts';

export interface TaskEvidence {
  readonly name: string;
  readonly mean: number;
  readonly stderr: number | null;
  readonly count: number;
}

export interface ConfigEvidence {
  readonly configHash: string;
  /** Mean over tasks, 0 to 1; null where no sample of a task has a score. */
  readonly accuracy: number | null;
  /** Null where a task has a single score. */
  readonly stderr: number | null;
  readonly compression: Compression;
  readonly tasks: readonly TaskEvidence[];
  /** By id of the sample. */
  readonly scores: Readonly<Record<string, number>>;
  readonly unscored: number;
  /** Images of a sample, in the mean. */
  readonly pages: number;
  /** Input tokens of all requests, counted here. */
  readonly tokens: number;
  /** Null where a price is unknown. */
  readonly costUsd: number | null;
  /** Of a sample, in the mean. */
  readonly answerMs: number;
  /** What was read for what, and how often, e.g. ["l→I", 12]; of transcriptions only. */
  readonly confusions: readonly (readonly [what: string, count: number])[];
}

/** Compression as it is, whatever of it counts in the search. */
export const ratioOf = ({ evidence }: { readonly evidence: ConfigEvidence }): number =>
  evidence.compression.ratio;

export interface ItemAnswer {
  readonly item: Item;
  readonly measured: MeasuredAnswer;
}

export function evidenceOf(
  configHash: string,
  compression: Compression,
  answers: readonly ItemAnswer[],
): ConfigEvidence {
  const names = [...new Set(answers.map(({ item }) => item.taskName))];
  const scored = answers.flatMap(({ item, measured: { score } }) =>
    score.value === null ? [] : [{ item, value: score.value }],
  );
  const tasks = names.flatMap((name): TaskEvidence[] => {
    const values = scored.filter(({ item }) => item.taskName === name).map(({ value }) => value);
    if (values.length === 0) return [];
    const { mean, stderr, count } = meanScore(values);
    return [{ name, mean, stderr: stderr ?? null, count }];
  });
  const isWhole = tasks.length === names.length && scored.length >= answers.length / 2;
  const answered = answers.flatMap(({ measured: { answer } }) =>
    answer.outcome === 'answered' ? [answer] : [],
  );
  const costs = answers.map(({ measured }) => measured.answer.costUsd);
  return {
    configHash,
    accuracy: isWhole ? tasks.reduce((sum, { mean }) => sum + mean, 0) / tasks.length : null,
    stderr: stderrOf(tasks),
    compression,
    tasks,
    scores: Object.fromEntries(scored.map(({ item, value }) => [item.id, value])),
    unscored: answers.length - scored.length,
    pages: meanOf(answered.map(({ accounting }) => accounting.images)),
    tokens: answered.reduce((sum, { accounting }) => sum + accounting.tokensAfter, 0),
    costUsd: costs.includes(null) ? null : costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0),
    answerMs: meanOf(answered.map(({ timing }) => timing.totalMs)),
    confusions: confusionsIn(
      answers.flatMap(({ item, measured: { answer } }) =>
        item.task.asks === 'each-page' && answer.outcome === 'answered'
          ? [{ read: answer.text, target: item.sample.targets[0] ?? '' }]
          : [],
      ),
    ),
  };
}

/** Of a mean of independent means. */
function stderrOf(tasks: readonly TaskEvidence[]): number | null {
  let squares = 0;
  for (const { stderr } of tasks) {
    if (stderr === null) return null;
    squares += stderr ** 2;
  }
  return tasks.length === 0 ? null : Math.sqrt(squares) / tasks.length;
}

const meanOf = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
