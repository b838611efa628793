/**
 * What git leaves out of a folder: the rules of its `.gitignore`, of those below it, and, inside a work tree, of those
 * above it (gitignore(5)). Rules of deeper folders come first; what stands in a folder left out cannot be let in again.
 */
import { access, readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { errorCode, ioError } from './io-error.ts';

export interface Gitignore {
  /** Whether git leaves out a file below the top, itself or with a folder it lies in. @throws GlyphError kind `io` */
  leavesOut(path: string): Promise<boolean>;
  /** The same for a folder. */
  leavesOutFolder(path: string): Promise<boolean>;
}

/** One `.gitignore`. */
interface Rules {
  /** Absolute. */
  readonly folder: string;
  readonly patterns: Ignore;
}

/**
 * Rules for what lies below `top`, a folder the user named: it is read even where rules above it leave it out.
 * @throws GlyphError kind `io` where a `.gitignore` cannot be read
 */
export async function openGitignore(top: string): Promise<Gitignore> {
  const root = resolve(top);
  const above = await rulesAbove(root);
  const start = isLeftOut(root, 'folder', above) ? [] : above;
  /** The rules for what stands in a folder, or that git leaves the folder out. */
  const known = new Map<string, Promise<readonly Rules[] | 'left out'>>();

  function rulesIn(folder: string): Promise<readonly Rules[] | 'left out'> {
    let rules = known.get(folder);
    if (rules === undefined) {
      rules = readRulesIn(folder);
      known.set(folder, rules);
    }
    return rules;
  }
  async function readRulesIn(folder: string): Promise<readonly Rules[] | 'left out'> {
    if (folder === root) return withOwn(start, folder);
    const outer = await rulesIn(dirname(folder));
    if (outer === 'left out' || isLeftOut(folder, 'folder', outer)) return 'left out';
    return withOwn(outer, folder);
  }
  return {
    async leavesOut(path) {
      const full = resolve(path);
      const rules = await rulesIn(dirname(full));
      return rules === 'left out' || isLeftOut(full, 'file', rules);
    },
    leavesOutFolder: async path => (await rulesIn(resolve(path))) === 'left out',
  };
}

/** Of the folders from the work tree's root down to the one that holds `folder`; none outside a work tree. */
async function rulesAbove(folder: string): Promise<readonly Rules[]> {
  const folders: string[] = [];
  for (let at = folder; ; at = dirname(at)) {
    if (at !== folder) folders.unshift(at);
    const isTop = await access(join(at, '.git')).then(
      () => true,
      () => false,
    );
    if (isTop) break;
    if (dirname(at) === at) return [];
  }
  let rules: readonly Rules[] = [];
  for (const each of folders) rules = await withOwn(rules, each);
  return rules;
}

async function withOwn(rules: readonly Rules[], folder: string): Promise<readonly Rules[]> {
  const file = join(folder, '.gitignore');
  try {
    const patterns = ignore({ ignorecase: false }).add(await readFile(file, 'utf8'));
    return [...rules, { folder, patterns }];
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(errorCode(error) ?? '')) return rules;
    throw ioError(`read ${JSON.stringify(file)}`, 'a readable file', error);
  }
}

function isLeftOut(path: string, kind: 'file' | 'folder', rules: readonly Rules[]): boolean {
  for (const { folder, patterns } of rules.toReversed()) {
    const name = relative(folder, path).replaceAll(sep, '/');
    const { ignored, unignored } = patterns.test(kind === 'folder' ? `${name}/` : name);
    if (ignored || unignored) return ignored;
  }
  return false;
}
