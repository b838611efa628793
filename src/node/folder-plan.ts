/**
 * What to do with the folder pages are to go to: nothing where they are already there, go on where a run broke off,
 * start afresh otherwise. Unless told to redraw, only files that a manifest or state of this program names are removed.
 */
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { GlyphError } from '../base/index.ts';
import { errorCode, ioError } from './io-error.ts';
import { makeFolder } from './make-folder.ts';
import {
  isPageFileName,
  isSameWork,
  manifestName,
  type RenderManifest,
  type RenderWork,
  readJsonFile,
  readManifest,
  workSchema,
} from './manifest.ts';
import { generator } from './package-version.ts';
import { isTemporaryName, writeWhole } from './write-file.ts';

export const stateName = '.render-state.json';

const stateSchema = v.looseObject({ ...workSchema.entries, foreignPages: v.array(v.string()) });
type RenderState = v.InferOutput<typeof stateSchema>;

/** `redraw`: draw every page again, and replace page files of any origin. */
export type ExistingPages = 'keep' | 'redraw';

export type FolderPlan =
  | { readonly kind: 'complete'; readonly manifest: RenderManifest }
  | {
      readonly kind: 'draw';
      /** Page files that may be finished already. */
      readonly keep: ReadonlySet<string>;
      /** Page files of an earlier rendering, to be removed first. */
      readonly remove: readonly string[];
      /** Page files of somebody else, not to be overwritten. */
      readonly foreign: ReadonlySet<string>;
    };

/**
 * Looks at a folder, which may be missing, and changes nothing.
 * @throws GlyphError kind `io` where it cannot be read, or holds pages or a manifest of somebody else
 */
export async function planFolder(
  folder: string,
  work: RenderWork,
  existing: ExistingPages,
): Promise<FolderPlan> {
  const names = await namesIn(folder);
  const present = names.filter(isPageFileName);
  const manifest = names.includes(manifestName)
    ? await ownOrRefuse(readManifest(folder), existing)
    : undefined;
  const state = names.includes(stateName) ? await readState(folder, existing) : undefined;
  const listed = manifest === undefined ? undefined : new Set(manifest.pages.map(page => page.file));
  const isOwn = (name: string) =>
    listed?.has(name) ?? (state !== undefined && !state.foreignPages.includes(name));
  const own = present.filter(isOwn);
  const foreign = present.filter(name => !isOwn(name));
  if (manifest === undefined && state === undefined && foreign.length > 0 && existing === 'keep') {
    throw foreignPages(folder, foreign[0]!);
  }
  if (existing === 'redraw') return { kind: 'draw', keep: new Set(), remove: present, foreign: new Set() };
  const others = { kind: 'draw', foreign: new Set(foreign) } as const;
  if (!continues(manifest, state, work)) return { ...others, keep: new Set(), remove: own };
  if (manifest !== undefined && (await areAllThere(folder, manifest))) return { kind: 'complete', manifest };
  return { ...others, keep: new Set(own), remove: [] };
}

/** Pages of an unfinished run are mixed with new ones only if the same version drew them. */
function continues(
  manifest: RenderManifest | undefined,
  state: RenderState | undefined,
  work: RenderWork,
): boolean {
  if (manifest !== undefined) return isSameWork(manifest, work);
  return state !== undefined && isSameWork(state, work) && state.generator.version === generator().version;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw ioError(`open the folder ${JSON.stringify(folder)}`, 'a folder for the pages', error);
  }
}

async function ownOrRefuse<T>(reading: Promise<T>, existing: ExistingPages): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (existing === 'redraw') return undefined;
    if (!(error instanceof GlyphError)) throw error;
    const { kind, operation, expected, actual } = error;
    throw new GlyphError({ kind, operation, expected, actual, hint: forceHint, cause: error });
  }
}

const readState = (folder: string, existing: ExistingPages) =>
  ownOrRefuse(readJsonFile(join(folder, stateName), stateSchema), existing);

const forceHint = 'choose another folder, or --force to write here all the same';

const foreignPages = (folder: string, name: string) =>
  new GlyphError({
    kind: 'io',
    operation: `write pages to ${JSON.stringify(folder)}`,
    expected: 'a folder without pages of another origin',
    actual: `${name} without a manifest`,
    hint: forceHint,
  });

async function areAllThere(folder: string, manifest: RenderManifest): Promise<boolean> {
  const checks = manifest.pages.map(async ({ file, byteLength }) => {
    const facts = await stat(join(folder, file)).catch(() => undefined);
    return facts?.size === byteLength;
  });
  return (await Promise.all(checks)).every(isThere => isThere);
}

/**
 * Makes a folder ready to be drawn into, in an order that is safe to break off at any point: stale pages go while the
 * files that name them are still there, and the new state comes before a manifest that no longer holds goes.
 */
export async function prepareFolder(
  folder: string,
  work: RenderWork,
  plan: Extract<FolderPlan, { readonly kind: 'draw' }>,
): Promise<void> {
  const remove = (name: string) => rm(join(folder, name), { force: true });
  const state = { formatVersion: 1, generator: generator(), ...work, foreignPages: [...plan.foreign] };
  const writeState = () => writeWhole(join(folder, stateName), `${JSON.stringify(state, undefined, 2)}\n`);
  try {
    await makeFolder(folder);
    for (const name of plan.remove) await remove(name);
    for (const name of (await readdir(folder)).filter(isTemporaryName)) await remove(name);
    if (plan.keep.size > 0) await writeState();
    await remove(manifestName);
    if (plan.keep.size === 0) await writeState();
  } catch (error) {
    throw ioError(`prepare the folder ${JSON.stringify(folder)}`, 'room and permission to write', error);
  }
}

/** Once the manifest is there. */
export async function removeState(folder: string): Promise<void> {
  await rm(join(folder, stateName), { force: true });
}
