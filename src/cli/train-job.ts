/** `glyph train --engine`: a folder that trains a stage with an existing engine, on machines of one's own. */
import { relative, resolve } from 'node:path';
import { GlyphError } from '../base/index.ts';
import { type DataManifest, formats, manifestName, stages } from '../data/index.ts';
import { handOverRows, openRunFolder, type RunFolder } from '../node/index.ts';
import {
  assertPlain,
  type ConfigValue,
  dataFolder,
  engineNames,
  type JobWish,
  planJob,
  shapeRow,
} from '../train/index.ts';
import { choose } from './choose.ts';
import { type Arguments, exitCodes, type FlagGroup, hasFlag, type Terminal, textFlag } from './command.ts';
import { countOf } from './figures.ts';
import { countFlag } from './input-flags.ts';
import { createProgress } from './progress.ts';
import { usageError } from './usage-error.ts';

export const jobGroup: FlagGroup = {
  title: 'With an existing engine',
  flags: [
    {
      name: 'engine',
      value: 'NAME',
      about: `Write a folder for ${engineNames.join(', ')} instead of training here; --from, --steps and --set mean the engine's`,
    },
    { name: 'nodes', value: 'N', about: 'Machines (1)' },
    { name: 'gpus-per-node', value: 'G', about: 'GPUs of each (8)' },
  ],
};

/** Flags that only mean something where the training is done here. */
const localFlags = ['preset', 'seed', 'ocr', 'judge', 'threads', 'provider', 'checkpoint-every'];

export async function writeJob(
  args: Arguments,
  terminal: Terminal,
  data: string,
  out: string,
): Promise<number> {
  const wish = wishFrom(args);
  const isInside = relative(resolve(out, dataFolder), resolve(data)) === '';
  const source = await openRunFolder(data, 'read');
  const job = await openRunFolder(out, 'create');
  const progress = createProgress(terminal);
  try {
    const manifest = await readManifest(source);
    const { format, files } = planJob(wish, manifest);
    await assertSameJob(job, wish, manifest);
    if (!isInside || manifest.format !== format) {
      assertPlain(manifest.format);
      if (isInside) throw inItsPlace(manifest.format, format);
      await handOver(
        manifest,
        { from: data, to: `${out}/${dataFolder}`, format },
        progress.update,
        terminal.signal,
      );
      const splits = [
        ...new Set(manifest.shards.map(({ shard }) => (shard.startsWith('val') ? 'val' : 'train'))),
      ];
      const beside = formats[format].files?.(splits as ('train' | 'val')[]) ?? {};
      for (const [name, content] of Object.entries(beside)) await job.write(`${dataFolder}/${name}`, content);
    }
    for (const [path, { content }] of Object.entries(files)) await job.write(path, content);
    const { engine, stage } = wish;
    const facts = { formatVersion: 1, engine, stage, dataSet: manifest.dataSet, files: Object.keys(files) };
    await job.write(manifestName, `${JSON.stringify(facts, undefined, 2)}\n`);
    progress.clear();
    if (hasFlag(args, 'json')) terminal.out(`${JSON.stringify({ job: out, ...facts }, undefined, 2)}\n`);
    else if (!hasFlag(args, 'quiet'))
      terminal.out(
        `${out} trains ${stage} with ${engine} on ${countOf(wish.nodes * wish.gpusPerNode, 'GPU')}; ${out}/README.md has the commands and what to expect\n`,
      );
    return exitCodes.ok;
  } finally {
    progress.clear();
    await job.close();
    await source.close();
  }
}

function wishFrom(args: Arguments): JobWish {
  const local = localFlags.find(name => textFlag(args, name) !== undefined);
  if (local !== undefined)
    throw usageError({
      operation: `read flag "--${local}"`,
      expected: 'none with --engine: it is of training here',
      actual: JSON.stringify(textFlag(args, local)),
      hint: 'keys of the engine go into --set KEY=VALUE',
    });
  return {
    engine: choose('engine', engineNames, textFlag(args, 'engine')),
    stage: choose('stage', stages, args.positionals[0]),
    from: textFlag(args, 'from'),
    nodes: countFlag(args, 'nodes', 10_000) ?? 1,
    gpusPerNode: countFlag(args, 'gpus-per-node', 64) ?? 8,
    steps: countFlag(args, 'steps', 100_000_000),
    overrides: overridesFrom(textFlag(args, 'set') ?? ''),
  };
}

/** `KEY=VALUE,…`, a value being true, false, a number or a text. */
function overridesFrom(text: string): Readonly<Record<string, ConfigValue>> {
  const pairs = text
    .split(',')
    .filter(each => each.trim() !== '')
    .map(each => /^\s*(\+?[\w.-]+)=(.*)$/s.exec(each) ?? each);
  const wrong = pairs.find(pair => typeof pair === 'string');
  if (wrong !== undefined)
    throw usageError({
      operation: 'read flag "--set"',
      expected: 'KEY=VALUE,…',
      actual: JSON.stringify(wrong),
    });
  return Object.fromEntries(
    pairs.flatMap(pair => (typeof pair === 'string' ? [] : [[pair[1]!, configValue(pair[2]!.trim())]])),
  );
}

function configValue(text: string): ConfigValue {
  if (text === 'true' || text === 'false') return text === 'true';
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}

async function readManifest(source: RunFolder): Promise<DataManifest> {
  const text = await source.read(manifestName);
  const expected = 'a finished data set of `glyph data`';
  if (text === undefined) throw noData(expected, `no ${manifestName} in ${source.path}`);
  try {
    const manifest = JSON.parse(text) as Partial<DataManifest>;
    if (manifest.settings?.stage !== undefined && Array.isArray(manifest.shards))
      return manifest as DataManifest;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw noData(expected, `another ${manifestName}`);
}

const noData = (expected: string, actual: string) =>
  new GlyphError({ kind: 'input', operation: 'read training data', expected, actual });

/** A folder is written again only as the job it is. */
async function assertSameJob(job: RunFolder, { engine, stage }: JobWish, { dataSet }: DataManifest) {
  const text = await job.read(manifestName);
  if (text === undefined) return;
  const found = JSON.parse(text) as { engine?: string; stage?: string; dataSet?: string };
  if (found.engine === engine && found.stage === stage && found.dataSet === dataSet) return;
  throw new GlyphError({
    kind: 'config',
    operation: `write a job into ${job.path}`,
    expected: 'an empty folder, or the same job',
    actual:
      found.engine === undefined
        ? 'something else'
        : `${found.stage} with ${found.engine} on ${found.dataSet}`,
    hint: 'give another folder: -o JOB',
  });
}

const inItsPlace = (actual: string, expected: string) =>
  new GlyphError({
    kind: 'config',
    operation: 'write a job around its data',
    expected: `data in the format ${expected}`,
    actual,
    hint: `build it with --format ${expected}, or give --data another folder`,
  });

async function handOver(
  manifest: DataManifest,
  { from, to, format }: { readonly from: string; readonly to: string; readonly format: keyof typeof formats },
  onPages: (pages: number, share: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const rows = Object.values(manifest.splits).reduce((sum, totals) => sum + totals.examples, 0);
  let [done, pages] = [0, 0];
  for (const { file } of manifest.shards) {
    await handOverRows({
      from,
      to,
      file,
      shape: (line, where) => shapeRow(line, format, where),
      onRow(images) {
        done++;
        pages += images;
        onPages(pages, done / Math.max(1, rows));
      },
      signal,
    });
  }
}
