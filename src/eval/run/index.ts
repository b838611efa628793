/** A run: arms, limits, the record in a folder, scores and what they come to. */
export { armNames } from './arms.ts';
export type { Difference } from './differences.ts';
export { differenceOf } from './differences.ts';
export { type Evaluated, type EvaluateEvent, type EvaluateOptions, evaluate, planRun } from './evaluate.ts';
export type { AnswerLine, KeptLine, RunFile, ScoreLine } from './lines.ts';
export {
  type MeasuredAnswer,
  type MeasuredItem,
  type Measuring,
  type MeasuringOptions,
  openMeasuring,
} from './measure.ts';
export type { ArmEstimate, Plan } from './plan.ts';
export { type Clock, createRateLimit } from './rate-limit.ts';
export { readLines, readValue } from './read-lines.ts';
export type { PdfDocument } from './read-material.ts';
export { type RunSettings, readRun, startRun } from './run-file.ts';
export { createMemoryStore, type RunStore } from './run-store.ts';
export { rescoreRun } from './score-run.ts';
export { readCacheShare } from './server-memory.ts';
export { measureSpeed, type SpeedOptions, type SpeedRow } from './speed.ts';
export type { ArmSummary, GroupSummary, RunSummary, Spent } from './summary.ts';
