/**
 * The files of a folder or a glob, in one order on every machine: without hidden files, links, `node_modules`, results
 * of earlier runs and what git leaves out.
 */
import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { glob } from 'tinyglobby';
import { type Gitignore, openGitignore } from './gitignore.ts';
import { isPageFileName, manifestName } from './manifest.ts';

export interface ListOptions {
  /** A folder that is never walked, such as the one results are written to. */
  readonly exclude?: string | undefined;
  /** Whether files that a `.gitignore` names are left out; yes unless given. */
  readonly gitignore?: 'honour' | 'disregard' | undefined;
}

/** Paths relative to the folder, with slashes. @throws as `readdir` where it cannot be read; GlyphError kind `io` */
export async function listFolder(folder: string, options: ListOptions): Promise<string[]> {
  const gitignore = await gitignoreOf(folder, options);
  const paths: string[] = [];
  async function walk(path: string, entries: readonly Dirent[]): Promise<void> {
    const folders: string[] = [];
    for (const entry of entries) {
      const name = path === '' ? entry.name : `${path}/${entry.name}`;
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      if (entry.isDirectory()) folders.push(name);
      else if (entry.isFile()) paths.push(name);
    }
    await Promise.all(
      folders.map(async name => {
        const full = join(folder, name);
        if (await gitignore?.leavesOutFolder(full)) return;
        await walk(name, await readdir(full, { withFileTypes: true }).catch(() => [])); // not ours to read
      }),
    );
  }
  await walk('', await readdir(folder, { withFileTypes: true }));
  return tidy(paths, folder, gitignore, options);
}

/** Paths relative to the working folder, with slashes. @throws GlyphError kind `io`. */
export async function listGlob(pattern: string, options: ListOptions): Promise<string[]> {
  const paths = await glob(pattern, {
    ignore: ['**/node_modules/**'],
    expandDirectories: false,
    followSymbolicLinks: false, // one may lead back to a folder above
  });
  return tidy(paths, '.', await gitignoreOf(fixedFolder(pattern), options), options);
}

async function gitignoreOf(folder: string, { gitignore }: ListOptions): Promise<Gitignore | undefined> {
  return gitignore === 'disregard' ? undefined : await openGitignore(folder);
}

/** A folder all matches lie in: what stands before the first wildcard. */
function fixedFolder(pattern: string): string {
  const fixed = pattern.slice(0, pattern.search(/[*?{[(!+@]/));
  return fixed.slice(0, fixed.lastIndexOf('/') + 1) || '.';
}

async function tidy(
  paths: readonly string[],
  folder: string,
  gitignore: Gitignore | undefined,
  { exclude }: ListOptions,
): Promise<string[]> {
  const keep = async (path: string) => !(await gitignore?.leavesOut(resolve(folder, path)));
  const answers = await Promise.all(paths.map(keep));
  const kept = paths.filter((_, i) => answers[i]);
  // By code units, so that the order is no matter of the machine's language.
  return [...withoutResults(withoutExcluded(kept, folder, exclude))].sort((a, b) =>
    a < b ? -1 : a > b ? 1 : 0,
  );
}

/** The excluded folder is read all the same where it holds the texts. */
function withoutExcluded(
  paths: readonly string[],
  folder: string,
  exclude: string | undefined,
): readonly string[] {
  if (exclude === undefined) return paths;
  const top = resolve(exclude) + sep;
  if (`${resolve(folder)}${sep}`.startsWith(top)) return paths;
  return paths.filter(path => !resolve(folder, path).startsWith(top));
}

/** Leaves out page files and the manifests beside them: results of earlier runs. */
function withoutResults(paths: readonly string[]): readonly string[] {
  const isPage = (path: string) => isPageFileName(basename(path));
  const folders = new Set(paths.filter(isPage).map(path => dirname(path)));
  const isManifest = (path: string) => basename(path) === manifestName && folders.has(dirname(path));
  return paths.filter(path => !isPage(path) && !isManifest(path));
}
