/** Opens a task to its end. */
import assert from 'node:assert/strict';
import { sha256Hex } from '../../base/index.ts';
import type { Fault, OpenOptions, Sample, Task } from '../task.ts';

export async function openAll(task: Task, options: OpenOptions): Promise<(Sample | Fault)[]> {
  const opened: (Sample | Fault)[] = [];
  for await (const item of task.open(options)) opened.push(item);
  return opened;
}

/** The samples of data without a broken row. */
export async function samplesOf(task: Task, options: OpenOptions): Promise<Sample[]> {
  return (await openAll(task, options)).map(item => {
    assert.equal(item.kind, 'sample', JSON.stringify(item));
    return item as Sample;
  });
}

export function materialText({ id, material }: Sample): string {
  assert.equal(material.kind, 'text', id);
  return (material as { text: string }).text;
}

export const faultsOf = (items: readonly (Sample | Fault)[]): Fault[] =>
  items.flatMap(item => (item.kind === 'fault' ? [item] : []));

/** Scored as a run would, for figures. */
export const scored = (task: Task, samples: readonly Sample[], answerOf: (sample: Sample) => string) =>
  samples.map(sample => ({ sample, score: task.scorer.score(sample, { text: answerOf(sample) }) }));

/** Of what a model reads and what is right: changes only where made samples change. */
export const digestOf = (samples: readonly Sample[]): string =>
  sha256Hex(
    JSON.stringify(samples.map(({ id, material, prompts, targets }) => [id, material, prompts, targets])),
  );
