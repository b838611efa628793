/** All that a report needs of a run, read from its folder alone. */
import type { ImageMediaType } from '../../model/index.ts';
import { imageTypeOf } from '../image-type.ts';
import { type AnswerLog, answerKey, openLog } from '../run/answer-log.ts';
import {
  type KeptLine,
  planLineSchema,
  type RunFile,
  type ScoreLine,
  scoreLineSchema,
} from '../run/lines.ts';
import { planOf } from '../run/plan.ts';
import { readLines } from '../run/read-lines.ts';
import { readRun } from '../run/run-file.ts';
import { fileNames, type RunStore } from '../run/run-store.ts';
import { type RunSummary, type ScoredAnswer, summariseRun } from '../run/summary.ts';
import type { Fault } from '../task.ts';
import { builtInTasks } from '../tasks/built-in.ts';

export interface ReportRun {
  /** What it is called in the report, e.g. its folder. */
  readonly name: string;
  readonly run: RunFile;
  readonly summary: RunSummary;
  readonly answers: readonly ScoredAnswer[];
  /** Hash of what is read and asked, by sample: the same id can stand for another sample in another run. */
  readonly contents: ReadonlyMap<string, string>;
  readonly faults: readonly Fault[];
  readonly worst: readonly WorstAnswer[];
}

/** A bad answer from pages, with the pages that were kept. */
export interface WorstAnswer {
  readonly arm: string;
  readonly value: number;
  /** What each arm answered to the same sample. */
  readonly answers: readonly ScoredAnswer[];
  readonly pages: readonly KeptPage[];
}

export interface KeptPage {
  readonly number: number;
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly mediaType: ImageMediaType;
}

/** Of each arm. */
const mostWorst = 6;

/** @throws GlyphError kind `input` where there is no run or a file does not hold */
export async function readReportRun(name: string, store: RunStore): Promise<ReportRun> {
  const run = await readRun(store);
  const plan = planOf((await readLines(store, fileNames.samples, planLineSchema)).rows, undefined);
  const log = await openLog(store, 'read');
  const answers = await scoredAnswers(run, plan.samples, log, store);
  const task = builtInTasks.find(each => each.name === run.task) ?? { figures: () => [] };
  const isComplete = (await store.read(fileNames.manifest)) !== undefined;
  const state = isComplete ? 'complete' : 'partial';
  const summary = summariseRun({ task, run, plan, answers, state, spentUsd: log.spentUsd() });
  const contents = new Map(plan.samples.map(({ facts, contentHash }) => [facts.id, contentHash] as const));
  const worst = await worstOf(run, answers, log.kept, store);
  return { name, run, summary, answers, contents, faults: plan.faults, worst };
}

const notScored: ScoreLine['score'] = {
  metric: 'none',
  value: null,
  reason: 'not scored yet: glyph eval --rescore scores it',
};

async function scoredAnswers(
  run: RunFile,
  samples: ReturnType<typeof planOf>['samples'],
  log: AnswerLog,
  store: RunStore,
): Promise<ScoredAnswer[]> {
  const scoreRows = (await readLines(store, fileNames.scores, scoreLineSchema)).rows;
  const scores = new Map(
    scoreRows.map(line => [JSON.stringify([line.sample, line.arm]), line.score] as const),
  );
  return samples.flatMap(({ facts }) =>
    run.arms.flatMap(arm => {
      const answer = log.answers.get(answerKey(run.configHash, arm, facts.id, run.model.id));
      const score = scores.get(JSON.stringify([facts.id, arm])) ?? notScored;
      return answer === undefined ? [] : [{ facts, answer, score }];
    }),
  );
}

async function worstOf(
  run: RunFile,
  answers: readonly ScoredAnswer[],
  kept: readonly KeptLine[],
  store: RunStore,
): Promise<WorstAnswer[]> {
  const latest = new Map(kept.map(line => [line.key, line] as const));
  const worst: WorstAnswer[] = [];
  for (const arm of run.arms) {
    const own = [...latest.values()].filter(line => line.arm === arm).sort((a, b) => a.value - b.value);
    for (const { sample, pages } of own.slice(0, mostWorst)) {
      const ofSample = answers.filter(({ facts }) => facts.id === sample);
      const value = ofSample.find(({ answer }) => answer.arm === arm)?.score.value;
      // Scored again by other rules, it may not be bad any more.
      if (value === undefined || value === null || value >= 1) continue;
      worst.push({ arm, value, answers: ofSample, pages: await readPages(pages, store) });
    }
  }
  return worst;
}

async function readPages(pages: KeptLine['pages'], store: RunStore): Promise<KeptPage[]> {
  const read: KeptPage[] = [];
  for (const { file, number, text } of pages) {
    const bytes = await store.readBytes(file);
    const mediaType = bytes === undefined ? undefined : imageTypeOf(bytes);
    if (bytes !== undefined && mediaType !== undefined) read.push({ number, text, bytes, mediaType });
  }
  return read;
}
