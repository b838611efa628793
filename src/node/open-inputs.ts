/** What the user names, opened: one source, or one for each file. Files of a folder that are not text are left out. */
import { basename, resolve } from 'node:path';
import { GlyphError } from '../base/index.ts';
import { findInputs } from './find-inputs.ts';
import { joinSources } from './join-sources.ts';
import type { ListOptions } from './list-files.ts';
import { fileSource, type Source, type SourceOptions } from './source.ts';

export interface InputOptions extends SourceOptions, ListOptions {
  /** Told in one sentence what was left out. */
  readonly onNote?: (note: string) => void;
}

/**
 * All inputs as one source: a single file as it is, several files or a folder joined, each after a line naming it.
 * @throws GlyphError kind `input` for what names nothing or is not text, `io` for what cannot be read
 */
export async function openInput(inputs: readonly string[], options: InputOptions = {}): Promise<Source> {
  const { sources, kind } = await openAll(inputs, options);
  const [only] = sources;
  return sources.length === 1 && kind === 'files'
    ? only!
    : joinSources(inputs.map(shownName).join(' '), sources);
}

/** Each file of the inputs as a source of its own. Errors as `openInput`. */
export async function openEachInput(
  inputs: readonly string[],
  options: InputOptions = {},
): Promise<readonly Source[]> {
  return (await openAll(inputs, options)).sources;
}

async function openAll(inputs: readonly string[], options: InputOptions) {
  const { files, kind } = await findInputs(inputs, options);
  const sources: Source[] = [];
  const skipped: string[] = [];
  try {
    for (const file of files) {
      const source = await fileSource(file, options);
      if (source === undefined) skipped.push(file.name);
      else sources.push(source);
    }
    if (sources.length === 0) throw nothingToRead(inputs, skipped);
  } catch (error) {
    await Promise.all(sources.map(source => source.close()));
    throw error;
  }
  if (skipped.length > 0) options.onNote?.(`left out, not text: ${listed(skipped)}`);
  return { sources, kind };
}

export const leftOutHint =
  'hidden files, links, node_modules and what .gitignore names are left out; --no-ignore reads the last';

/** `.` says nothing; the folder's own name does. */
const shownName = (input: string) => (/^[./\\]+$/.test(input) ? basename(resolve(input)) : input);

/** e.g. "a.png, b.png and 3 more" */
export const listed = (names: readonly string[]) =>
  names.length <= 5 ? names.join(', ') : `${names.slice(0, 5).join(', ')} and ${names.length - 5} more`;

function nothingToRead(inputs: readonly string[], skipped: readonly string[]): GlyphError {
  return new GlyphError({
    kind: 'input',
    operation: `read ${inputs.map(input => JSON.stringify(input)).join(', ')}`,
    expected: 'at least one text file',
    actual: skipped.length === 0 ? 'no file' : `only other files: ${listed(skipped)}`,
    hint: leftOutHint,
  });
}
