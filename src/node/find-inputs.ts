/**
 * What a user names on the command line → the files meant: a file, `-` for standard input, a folder with all below it,
 * or a glob. Folders and globs leave out hidden files, links and `node_modules`, and list in one order on every machine.
 */
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { GlyphError, nearestName } from '../base/index.ts';
import { errorCode, ioError } from './io-error.ts';
import { isPageFileName, manifestName } from './manifest.ts';

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
 * Files in the order of the inputs, each once; within a folder or glob sorted by name. `exclude` is a folder that is
 * never walked, such as the one results are written to.
 * @throws GlyphError kind `input` for an input that names nothing, with the nearest name; `io` where one cannot be read.
 */
export async function findInputs(inputs: readonly string[], exclude?: string): Promise<FoundInputs> {
  const files = new Map<string, InputFile>();
  let kind: FoundInputs['kind'] = 'files';
  for (const input of inputs) {
    const found = await expandInput(input, exclude === undefined ? undefined : resolve(exclude));
    if (found.kind === 'folder') kind = 'folder';
    for (const file of found.files) {
      const key = file.path === '-' ? '-' : resolve(file.path);
      if (!files.has(key)) files.set(key, file);
    }
  }
  return { files: withDistinctNames([...files.values()]), kind };
}

async function expandInput(input: string, exclude: string | undefined): Promise<FoundInputs> {
  if (input === '-') return { files: [{ path: '-', name: 'stdin', origin: 'named' }], kind: 'files' };
  const kind = await kindOf(input);
  if (kind === 'file')
    return { files: [{ path: input, name: nameOf(input), origin: 'named' }], kind: 'files' };
  if (kind === 'folder') return { files: await walk(input, exclude), kind: 'folder' };
  const pattern = sep === '\\' ? input.replaceAll('\\', '/') : input;
  if (isDynamicPattern(pattern)) {
    const paths = await listFiles(pattern, '.', exclude);
    if (paths.length > 0) {
      return { files: paths.map(path => ({ path, name: nameOf(path), origin: 'found' })), kind: 'files' };
    }
    throw nothingNamed(input, 'a pattern that matches no file');
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

async function walk(folder: string, exclude: string | undefined): Promise<InputFile[]> {
  const top = isInside(folder) ? folder : basename(resolve(folder));
  let paths: string[];
  try {
    await readdir(folder); // the walk itself is silent about a folder that may not be read
    paths = await listFiles('**', folder, exclude);
  } catch (error) {
    throw ioError(`read folder ${JSON.stringify(folder)}`, 'a readable folder', error);
  }
  return paths.map(path => ({
    path: join(folder, path),
    name: slashed(join(top, path)),
    origin: 'found',
  }));
}

async function listFiles(pattern: string, cwd: string, exclude: string | undefined): Promise<string[]> {
  const found = await glob(pattern, {
    cwd,
    ignore: ['**/node_modules/**'],
    expandDirectories: false,
    followSymbolicLinks: false, // one may lead back to a folder above
  });
  const walked = resolve(cwd);
  const isInExclude = (path: string) =>
    exclude !== undefined && `${resolve(cwd, path)}`.startsWith(exclude + sep);
  const holdsTexts = exclude !== undefined && `${walked}${sep}`.startsWith(exclude + sep);
  const paths = withoutResults(holdsTexts ? found : found.filter(path => !isInExclude(path)));
  // By code units, so that the order is no matter of the machine's language.
  return paths.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** Leaves out page files and the manifests beside them: results of earlier runs. */
function withoutResults(paths: readonly string[]): string[] {
  const isPage = (path: string) => isPageFileName(basename(path));
  const folders = new Set(paths.filter(isPage).map(path => dirname(path)));
  const isManifest = (path: string) => basename(path) === manifestName && folders.has(dirname(path));
  return paths.filter(path => !isPage(path) && !isManifest(path));
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
    near === undefined ? undefined : join(folder, near),
  );
}

function nothingNamed(input: string, actual: string, near?: string): GlyphError {
  return new GlyphError({
    kind: 'input',
    operation: `read ${JSON.stringify(input)}`,
    expected: 'a file, a folder, a glob or - for standard input',
    actual,
    ...(near === undefined ? {} : { hint: `did you mean "${near}"?` }),
  });
}
