/** What the options of opening a task mean, checked the same way for all of them. */
import { GlyphError, nearestName } from '../base/index.ts';
import type { Fault, OpenOptions, Sample, Task } from './task.ts';

/** The subsets asked for, in the task's order. @throws GlyphError kind `config` for one it does not have */
export function chosenSubsets(
  task: Pick<Task, 'name' | 'subsets'>,
  { subsets }: OpenOptions,
): readonly string[] {
  if (subsets === undefined) return task.subsets;
  for (const name of subsets) {
    if (task.subsets.includes(name)) continue;
    const near = nearestName(name, task.subsets);
    throw new GlyphError({
      kind: 'config',
      operation: `choose subsets of ${task.name}`,
      expected: task.subsets.join(', '),
      actual: JSON.stringify(name),
      ...(near === undefined ? {} : { hint: `did you mean ${JSON.stringify(near)}?` }),
    });
  }
  return task.subsets.filter(name => subsets.includes(name));
}

/** Where any name in the data is a subset: the samples of those asked for. */
export async function* inSubsets(
  items: AsyncIterable<Sample | Fault>,
  { subsets }: OpenOptions,
): AsyncGenerator<Sample | Fault> {
  for await (const item of items) {
    if (item.kind === 'fault' || subsets === undefined || subsets.includes(item.subset)) yield item;
  }
}

/** Whole numbers from `least` on. @throws GlyphError kind `config` */
export function checkLengths(task: string, lengths: readonly number[], least: number, most: number): void {
  for (const length of lengths) {
    if (Number.isInteger(length) && length >= least && length <= most) continue;
    throw new GlyphError({
      kind: 'config',
      operation: `open ${task}`,
      expected: `lengths that are whole numbers of tokens from ${least} to ${most}`,
      actual: String(length),
    });
  }
}

/** Samples of each subset and length. @throws GlyphError kind `config` */
export function limitOf({ limit }: Pick<OpenOptions, 'limit'>, unlessGiven: number): number {
  if (limit === undefined) return unlessGiven;
  if (limit >= 1) return limit;
  throw new GlyphError({
    kind: 'config',
    operation: 'open a task',
    expected: 'a limit of at least 1 sample',
    actual: String(limit),
  });
}

/** Ends each kind of sample at the limit. @throws GlyphError kind `config` */
export function createLimit(options: Pick<OpenOptions, 'limit'>) {
  const limit = limitOf(options, Number.POSITIVE_INFINITY);
  const given = new Map<string, number>();
  const isReached = (kind: string) => (given.get(kind) ?? 0) >= limit;
  const count = (kind: string) => {
    given.set(kind, (given.get(kind) ?? 0) + 1);
  };
  /** The items up to the last sample of the kind that the limit allows; faults do not count. */
  async function* take(kind: string, items: AsyncIterable<Sample | Fault>): AsyncGenerator<Sample | Fault> {
    if (isReached(kind)) return;
    for await (const item of items) {
      yield item;
      if (item.kind === 'sample') count(kind);
      if (isReached(kind)) return;
    }
  }
  return { isReached, count, take };
}
