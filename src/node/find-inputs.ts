/**
 * What a user names on the command line → the files meant: a file, `-` for standard input, a folder with all below it,
 * or a glob; `list-files.ts` says what the last two leave out.
 */
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { isDynamicPattern } from 'tinyglobby';
import { GlyphError, nearestName } from '../base/index.ts';
import { errorCode, ioError } from './io-error.ts';
import { type ListOptions, listFolder, listGlob } from './list-files.ts';

export interface InputFile {
  /** `-` for standard input. */
  readonly path: string;
  /** As shown in headings and manifests: relative to the working folder or to the folder given, with slashes. */
  readonly name: string;
  /** `named`: by the user himself, so it must be text. `found`: in a folder or by a glob. */
  readonly origin: 'named' | 'found';
}

export interface FoundInputs {
  readonly files: readonly InputFile[];
  /** `folder` where at least one input was a folder, even one with a single file. */
  readonly kind: 'files' | 'folder';
}

/**
 * Files in the order of the inputs, each once; within a folder or glob sorted by name.
 * @throws GlyphError kind `input` for an input that names nothing, with the nearest name; `io` where one cannot be read.
 */
export async function findInputs(inputs: readonly string[], options: ListOptions = {}): Promise<FoundInputs> {
  const files = new Map<string, InputFile>();
  let kind: FoundInputs['kind'] = 'files';
  for (const input of inputs) {
    const found = await expandInput(input, options);
    if (found.kind === 'folder') kind = 'folder';
    for (const file of found.files) {
      const key = file.path === '-' ? '-' : resolve(file.path);
      if (!files.has(key)) files.set(key, file);
    }
  }
  return { files: withDistinctNames([...files.values()]), kind };
}

async function expandInput(input: string, options: ListOptions): Promise<FoundInputs> {
  if (input === '-') return { files: [{ path: '-', name: 'stdin', origin: 'named' }], kind: 'files' };
  const kind = await kindOf(input);
  if (kind === 'file')
    return { files: [{ path: input, name: nameOf(input), origin: 'named' }], kind: 'files' };
  if (kind === 'folder') return { files: await filesOf(input, options), kind: 'folder' };
  const pattern = sep === '\\' ? input.replaceAll('\\', '/') : input;
  if (isDynamicPattern(pattern)) {
    const paths = await listGlob(pattern, options);
    if (paths.length > 0) {
      return { files: paths.map(path => ({ path, name: nameOf(path), origin: 'found' })), kind: 'files' };
    }
    const leftOut = await listGlob(pattern, { ...options, gitignore: 'disregard' });
    if (leftOut.length === 0) throw nothingNamed(input, 'a pattern that matches no file');
    throw nothingNamed(input, 'a pattern that matches only what .gitignore names', 'use --no-ignore');
  }
  throw await missingFile(input);
}

async function kindOf(path: string): Promise<'file' | 'folder' | 'missing'> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return 'missing';
    throw ioError(`read ${JSON.stringify(path)}`, 'a readable file or folder', error);
  }
}

async function filesOf(folder: string, options: ListOptions): Promise<InputFile[]> {
  const top = isInside(folder) ? folder : basename(resolve(folder));
  let paths: string[];
  try {
    paths = await listFolder(folder, options);
  } catch (error) {
    throw ioError(`read folder ${JSON.stringify(folder)}`, 'a readable folder', error);
  }
  return paths.map(path => ({
    path: join(folder, path),
    name: slashed(join(top, path)),
    origin: 'found',
  }));
}

const slashed = (path: string) => (sep === '\\' ? path.replaceAll('\\', '/') : path);

const isInside = (path: string) => {
  const fromHere = relative('.', path);
  return !isAbsolute(fromHere) && fromHere.split(sep)[0] !== '..';
};

/** A name that says nothing of where the working folder lies. */
const nameOf = (path: string) => slashed(isInside(path) ? relative('.', path) : basename(path));

/** Two files of one name, from folders outside the working folder, are told apart by a number. */
function withDistinctNames(files: readonly InputFile[]): InputFile[] {
  const seen = new Map<string, number>();
  return files.map(file => {
    const count = (seen.get(file.name) ?? 0) + 1;
    seen.set(file.name, count);
    return count === 1 ? file : { ...file, name: `${file.name} (${count})` };
  });
}

async function missingFile(path: string): Promise<GlyphError> {
  let folder = dirname(path);
  let name = basename(path);
  while ((await kindOf(folder)) === 'missing' && dirname(folder) !== folder) {
    name = basename(folder);
    folder = dirname(folder);
  }
  const siblings = await readdir(folder).catch(() => []);
  const near = nearestName(name, siblings);
  return nothingNamed(
    path,
    `no such file: ${JSON.stringify(path)}`,
    near === undefined ? undefined : `did you mean "${join(folder, near)}"?`,
  );
}

function nothingNamed(input: string, actual: string, hint?: string): GlyphError {
  return new GlyphError({
    kind: 'input',
    operation: `read ${JSON.stringify(input)}`,
    expected: 'a file, a folder, a glob or - for standard input',
    actual,
    ...(hint === undefined ? {} : { hint }),
  });
}
