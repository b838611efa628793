/** Finds a task's files in the folder it was given, or says what to download and where to put it. */
import { GlyphError } from '../../base/index.ts';
import type { OpenOptions } from '../task.ts';
import { type DataFiles, nameOf } from './data-files.ts';

export interface TaskData {
  readonly files: DataFiles;
  readonly folder: string;
  /** Every file below the folder, sorted. */
  readonly paths: readonly string[];
  /** The one file of that name, wherever it lies. @throws GlyphError kind `io` where there is none */
  find(name: string): string;
  /** @throws GlyphError kind `io` where none fits; `expected` says what was looked for */
  select(fits: (path: string) => boolean, expected: string): readonly string[];
}

/** @param data what to download, as the task words it */
export async function findData(task: string, data: string, options: OpenOptions): Promise<TaskData> {
  const { files, folder } = options;
  if (files === undefined || folder === undefined) {
    throw missing(task, 'a folder with its data', 'no folder', data);
  }
  const paths = [...(await files.list(folder))].sort();
  if (paths.length === 0) throw missing(task, `files in ${JSON.stringify(folder)}`, 'none', data);
  const select: TaskData['select'] = (fits, expected) => {
    const found = paths.filter(fits);
    if (found.length > 0) return found;
    const what = `${expected} in ${JSON.stringify(folder)}`;
    throw missing(task, what, `${paths.length} other files, e.g. ${JSON.stringify(nameOf(paths[0]!))}`, data);
  };
  return { files, folder, paths, select, find: name => select(path => nameOf(path) === name, name)[0]! };
}

const missing = (task: string, expected: string, actual: string, data: string) =>
  new GlyphError({ kind: 'io', operation: `open the data of ${task}`, expected, actual, hint: data });
