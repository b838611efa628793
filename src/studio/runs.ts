/**
 * Folders of runs below the one that was named: what they are, and their report as one HTML page. A report is shown in
 * a sandbox of its own; nothing is read that a path or a link leads to outside.
 */
import { open, readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import * as v from 'valibot';
import { GlyphError } from '../base/index.ts';
import { type ReportRun, type RunStore, readReportRun, reportHtml } from '../eval/index.ts';
import { errorCode, openRunFolder } from '../node/index.ts';
import type { RunEntry } from './api.ts';

const mostRuns = 500;
const mostDepth = 4;
const mostFolders = 5000;
/** Of one file. */
const mostBytes = 64 * 2 ** 20;

const runSchema = v.looseObject({ task: v.string(), model: v.looseObject({ id: v.string() }) });
const summarySchema = v.looseObject({
  arms: v.array(v.looseObject({ arm: v.string(), mean: v.nullable(v.number()) })),
});

/** The newest first. @throws GlyphError kind `io` where the folder cannot be read */
export async function listRuns(root: string): Promise<RunEntry[]> {
  const entries: RunEntry[] = [];
  let folders = [await realpath(root)];
  let seen = 0;
  for (let depth = 0; depth <= mostDepth && folders.length > 0; depth++) {
    const below: string[] = [];
    for (const folder of folders) {
      if (entries.length >= mostRuns || seen++ >= mostFolders) break;
      // Links are no folders here, so none leads out.
      const children = await readdir(folder, { withFileTypes: true }).catch(() => []);
      const files = new Set(children.filter(child => child.isFile()).map(child => child.name));
      const entry = await entryOf(folder, files, root);
      if (entry === undefined) {
        below.push(...children.filter(child => child.isDirectory()).map(child => join(folder, child.name)));
      } else entries.push(entry);
    }
    folders = below;
  }
  return entries.sort((a, b) => b.changedAt.localeCompare(a.changedAt));
}

async function entryOf(
  folder: string,
  files: ReadonlySet<string>,
  root: string,
): Promise<RunEntry | undefined> {
  const isEval = files.has('run.json') && files.has('samples.jsonl');
  if (!isEval && !files.has('report.html')) return undefined;
  const place = relative(await realpath(root), folder);
  const { mtime } = await stat(folder);
  const common = { path: place.split(sep).join('/'), changedAt: mtime.toISOString() };
  const state = files.has('manifest.json') ? ('complete' as const) : ('partial' as const);
  const name = basename(folder);
  if (!isEval) {
    const isSearch = files.has('best.json');
    return { ...common, kind: isSearch ? 'search' : 'report', title: name, details: [], state: 'complete' };
  }
  const read = (file: string) => readText(join(folder, file));
  const run = v.safeParse(v.pipe(v.string(), v.parseJson(), runSchema), await read('run.json'));
  const summary = v.safeParse(v.pipe(v.string(), v.parseJson(), summarySchema), await read('summary.json'));
  const arms = summary.success
    ? summary.output.arms.map(({ arm, mean }) => `${arm} ${mean === null ? '–' : mean.toFixed(2)}`)
    : [];
  const details = run.success ? [run.output.task, run.output.model.id, ...arms] : arms;
  return { ...common, kind: 'eval', title: name, details, state };
}

/** The run's report: as it is written in its folder, or made from a run of eval. @throws GlyphError kind `input` */
export async function runReport(root: string, path: string): Promise<string> {
  const folder = await inside(root, path);
  const store: RunStore = { ...(await openRunFolder(folder, 'read')), ...confined(folder) };
  if ((await store.read('run.json')) === undefined) {
    const report = await store.read('report.html');
    if (report !== undefined) return report;
    throw notThere(path);
  }
  const run: ReportRun = await readReportRun(basename(folder), store);
  return reportHtml([run]);
}

/** What a run's files name is read inside of its folder only. */
function confined(folder: string): Pick<RunStore, 'read' | 'readBytes'> {
  const readBytes = async (name: string) => {
    const file = await inside(folder, name).catch(() => undefined);
    return file === undefined ? undefined : await readFile(file);
  };
  return { readBytes, read: async name => (await readBytes(name))?.toString('utf8') };
}

/** @throws GlyphError kind `input` for a path that is not there or leads out */
async function inside(root: string, path: string): Promise<string> {
  const base = await realpath(root);
  const found = await realpath(join(base, path)).catch(() => undefined);
  if (found === undefined || (found !== base && !found.startsWith(base + sep))) throw notThere(path);
  return found;
}

const readText = async (file: string): Promise<string> => (await readFile(file))?.toString('utf8') ?? '';

/** Undefined where there is none. */
async function readFile(path: string): Promise<Buffer | undefined> {
  try {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      if (size > mostBytes) throw tooLarge(path, size);
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

const notThere = (path: string) =>
  new GlyphError({
    kind: 'input',
    operation: 'open a report',
    expected: 'a folder with one below the folder of --runs',
    actual: JSON.stringify(path),
  });

const tooLarge = (path: string, size: number) =>
  new GlyphError({
    kind: 'input',
    operation: `read ${JSON.stringify(basename(path))}`,
    expected: `at most ${mostBytes} bytes`,
    actual: String(size),
  });
