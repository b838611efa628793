/** A setting is one arm of one run: the rows of a report's tables and the series of its plots. */
import { type Difference, differenceOf, differencesAmong } from '../run/differences.ts';
import { type ArmSummary, scoresBySample } from '../run/summary.ts';
import type { ReportRun } from './read-report.ts';

export interface Setting {
  /** The arm, with the run's name where there are several runs. */
  readonly name: string;
  readonly run: ReportRun;
  readonly arm: ArmSummary;
}

export function settingsOf(runs: readonly ReportRun[]): Setting[] {
  return runs.flatMap(run =>
    run.summary.arms.map(arm => ({
      name: runs.length === 1 ? arm.arm : `${run.name}: ${arm.arm}`,
      run,
      arm,
    })),
  );
}

/** Between the arms of each run, and between runs of a task in the same arm, on the samples both have. */
export function differencesOf(settings: readonly Setting[]): Difference[] {
  const scores = new Map(settings.map(setting => [setting, scoresOf(setting)] as const));
  const runs = [...new Set(settings.map(({ run }) => run))];
  const within = runs.flatMap(run => {
    const own = settings.filter(setting => setting.run === run);
    return differencesAmong(new Map(own.map(setting => [setting.name, scores.get(setting)!])));
  });
  const across = settings.flatMap((first, i) =>
    settings
      .slice(i + 1)
      .filter(second => isComparable(first, second))
      .flatMap(
        second => differenceOf([first.name, scores.get(first)!], [second.name, scores.get(second)!]) ?? [],
      ),
  );
  return [...within, ...across];
}

/** Under names that are alike only for the same content. */
function scoresOf({ run, arm }: Setting): ReadonlyMap<string, number> {
  const scores = scoresBySample(run.answers.filter(({ answer }) => answer.arm === arm.arm));
  return new Map([...scores].map(([id, score]) => [`${id} ${run.contents.get(id)}`, score]));
}

const isComparable = (first: Setting, second: Setting) =>
  first.run !== second.run && first.run.run.task === second.run.run.task && first.arm.arm === second.arm.arm;
