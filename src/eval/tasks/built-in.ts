/** Every task that comes with the package, by name. */
import { GlyphError, nearestName } from '../../base/index.ts';
import type { Task } from '../task.ts';
import { fileTask } from './file.ts';
import { foxTask, foxTextTask } from './fox.ts';
import { longBenchETask, longBenchTask } from './longbench.ts';
import { longBenchV2Task } from './longbench-v2.ts';
import { mmLongBenchDocTask } from './mmlongbench-doc.ts';
import { mrcrTask } from './mrcr.ts';
import { mrcrStyleTask } from './mrcr-style.ts';
import { ocrTask } from './ocr.ts';
import { rulerTask } from './ruler.ts';
import { rulerFilesTask } from './ruler-files.ts';
import { vtcBenchTask, vtcBenchWildTask } from './vtcbench.ts';

export const builtInTasks: readonly Task[] = [
  rulerTask,
  rulerFilesTask,
  mrcrStyleTask,
  mrcrTask,
  longBenchTask,
  longBenchETask,
  longBenchV2Task,
  mmLongBenchDocTask,
  vtcBenchTask,
  vtcBenchWildTask,
  foxTask,
  foxTextTask,
  ocrTask,
  fileTask,
];

/** @throws GlyphError kind `config` for a name no task has */
export function findTask(name: string): Task {
  const task = builtInTasks.find(candidate => candidate.name === name);
  if (task !== undefined) return task;
  const names = builtInTasks.map(candidate => candidate.name);
  const near = nearestName(name, names);
  throw new GlyphError({
    kind: 'config',
    operation: 'choose a task',
    expected: names.join(', '),
    actual: JSON.stringify(name),
    ...(near === undefined ? {} : { hint: `did you mean ${JSON.stringify(near)}?` }),
  });
}
