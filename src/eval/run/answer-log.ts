/**
 * What a run has been told so far. Each answer is on disk before the next request begins in its place, so a run that
 * was killed goes on where it was, and asks nothing twice whose answer was recorded.
 */
import type * as v from 'valibot';
import { sha256Hex } from '../../base/index.ts';
import {
  type AnswerLine,
  answerLineSchema,
  type JudgementLine,
  judgementLineSchema,
  type KeptLine,
  keptLineSchema,
} from './lines.ts';
import { linesText, readLines } from './read-lines.ts';
import { fileNames, type RunStore } from './run-store.ts';

export interface AnswerLog {
  /** The last line of each key. */
  readonly answers: ReadonlyMap<string, AnswerLine>;
  readonly judgements: ReadonlyMap<string, JudgementLine>;
  readonly kept: readonly KeptLine[];
  /** For everything so far, what was asked again included; null where a price is unknown. */
  spentUsd(): number | null;
  addAnswer(line: AnswerLine): Promise<void>;
  addJudgement(line: JudgementLine): Promise<void>;
  addKept(line: KeptLine): Promise<void>;
}

/** What names an answer: the same question to the same model about the same pages. */
export const answerKey = (configHash: string | null, arm: string, sample: string, model: string): string =>
  sha256Hex(JSON.stringify([configHash, arm, sample, model])).slice(0, 24);

/** Null where one is unknown. */
export const sumUsd = (costs: readonly (number | null)[]): number | null =>
  costs.reduce((sum, cost) => (sum === null || cost === null ? null : sum + cost), 0);

/** @param access `write`: torn last lines are taken away, so that the next one is not added to them */
export async function openLog(store: RunStore, access: 'read' | 'write'): Promise<AnswerLog> {
  const answerRows = await readRows(store, access, fileNames.answers, answerLineSchema);
  const judgementRows = await readRows(store, access, fileNames.judgements, judgementLineSchema);
  const keptRows = await readRows(store, access, fileNames.pages, keptLineSchema);
  const answers = new Map(answerRows.map(line => [line.key, line]));
  const judgements = new Map(judgementRows.map(line => [line.key, line]));
  const kept = [...keptRows];
  const paid = [...answerRows, ...judgementRows].map(line => line.costUsd);
  return {
    answers,
    judgements,
    kept,
    spentUsd: () => sumUsd(paid),
    async addAnswer(line) {
      await store.append(fileNames.answers, JSON.stringify(line));
      answers.set(line.key, line);
      paid.push(line.costUsd);
    },
    async addJudgement(line) {
      await store.append(fileNames.judgements, JSON.stringify(line));
      judgements.set(line.key, line);
      paid.push(line.costUsd);
    },
    async addKept(line) {
      await store.append(fileNames.pages, JSON.stringify(line));
      kept.push(line);
    },
  };
}

async function readRows<Schema extends v.GenericSchema>(
  store: RunStore,
  access: 'read' | 'write',
  name: string,
  schema: Schema,
): Promise<readonly v.InferOutput<Schema>[]> {
  const { rows, isTorn } = await readLines(store, name, schema);
  if (isTorn && access === 'write') await store.write(name, linesText(rows));
  return rows;
}
