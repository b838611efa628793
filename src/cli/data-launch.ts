/** `glyph data --launch`: the same command, written down for a cluster's scheduler. */
import { launcherNames, launchFile } from '../data/index.ts';
import { openShardFolder } from '../node/index.ts';
import { choose } from './choose.ts';
import { type Arguments, exitCodes, hasFlag, type Terminal, textFlag } from './command.ts';
import { defaultClaim, defaultImage, jobFromFlags } from './data-flags.ts';
import { countFlag } from './input-flags.ts';
import { usageError } from './usage-error.ts';

/** Of the command as typed, what the tasks of the cluster do not get. */
const ownFlags = ['launch', 'image', 'claim', 'shards', 'json', 'dry-run', 'quiet'];

export async function writeLaunch(args: Arguments, terminal: Terminal): Promise<number> {
  const launcher = choose('launcher', launcherNames, textFlag(args, 'launch'));
  const tasks = countFlag(args, 'shards', 1_000_000);
  if (tasks === undefined || textFlag(args, 'shard') !== undefined)
    throw usageError({
      operation: 'read flag "--launch"',
      expected: '--shards N, the number of tasks, and no --shard: each task gets its own',
      actual: tasks === undefined ? 'no --shards' : '--shard',
    });
  // The rest must be right before a cluster finds out.
  const { shards: _, ...others } = args.flags;
  const { out } = await jobFromFlags({ ...args, flags: others }, terminal);
  const flags = Object.entries(args.flags).filter(([name]) => !ownFlags.includes(name));
  const words = flags.flatMap(([name, value]) =>
    typeof value === 'string' ? [`--${name}`, value] : [value ? `--${name}` : `--no-${name}`],
  );
  const { name, content } = launchFile({
    launcher,
    words: [
      ...(launcher === 'slurm' ? ['npx'] : []),
      'glyph',
      'data',
      ...args.positionals,
      ...words,
      '--quiet',
    ],
    tasks,
    threads: countFlag(args, 'jobs', 256) ?? 1,
    image: textFlag(args, 'image') ?? defaultImage,
    claim: textFlag(args, 'claim') ?? defaultClaim,
  });
  const folder = await openShardFolder(out);
  await folder.write(name, content);
  const start = launcher === 'slurm' ? 'sbatch' : 'kubectl apply -f';
  if (hasFlag(args, 'json'))
    terminal.out(`${JSON.stringify({ file: `${out}/${name}`, tasks }, undefined, 2)}\n`);
  else terminal.out(`${tasks} tasks: ${start} ${out}/${name}\n`);
  return exitCodes.ok;
}
