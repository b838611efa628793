/**
 * One data set on as many machines as there are: an array job for Slurm, an Indexed Job for Kubernetes. Each task builds
 * its share of the shards into one folder that all of them see; any task may be killed and run again.
 */
import { stringify } from 'yaml';

export const launcherNames = ['slurm', 'k8s'] as const;
export type LauncherName = (typeof launcherNames)[number];

export interface LaunchWish {
  readonly launcher: LauncherName;
  /** The command line that builds all, without its share, e.g. `["glyph", "data", "sft", …]`. */
  readonly words: readonly string[];
  /** Tasks, of which each builds every so many-th shard. */
  readonly tasks: number;
  /** Cores of a task. */
  readonly threads: number;
  /** For Kubernetes: what has the command, and the claim where corpus and data lie. */
  readonly image: string;
  readonly claim: string;
}

/** Its name and what is in it. */
export function launchFile(wish: LaunchWish): { readonly name: string; readonly content: string } {
  return wish.launcher === 'slurm'
    ? { name: 'launch.slurm.sh', content: slurm(wish) }
    : { name: 'launch.k8s.yaml', content: kubernetes(wish) };
}

function slurm({ words, tasks, threads }: LaunchWish): string {
  return `#!/usr/bin/env bash
#SBATCH --job-name=glyph-data
#SBATCH --array=0-${tasks - 1}
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=${threads}
#SBATCH --mem=${memoryGigabytes(threads)}G
#SBATCH --requeue
# sbatch launch.slurm.sh, where the paths below hold. Tasks that fail are run again with the same command: what is
# finished stays. The last task to finish writes manifest.json.
set -euo pipefail
exec ${words.map(shellWord).join(' ')} \\
  --shards ${tasks} --shard "$SLURM_ARRAY_TASK_ID"
`;
}

/** A thread holds fonts, a page, and its part of the corpus' samples. */
const memoryGigabytes = (threads: number): number => 1 + threads;

function kubernetes({ words, tasks, threads, image, claim }: LaunchWish): string {
  const container = {
    name: 'data',
    image,
    // Where the paths of the command hold.
    workingDir: '/data',
    command: [
      'sh',
      '-c',
      `exec ${words.map(shellWord).join(' ')} --shards ${tasks} --shard "$JOB_COMPLETION_INDEX"`,
    ],
    resources: {
      requests: { cpu: String(threads), memory: `${memoryGigabytes(threads)}Gi` },
      limits: { memory: `${memoryGigabytes(threads)}Gi` },
    },
    volumeMounts: [{ name: 'data', mountPath: '/data' }],
  };
  const job = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'glyph-data' },
    spec: {
      completionMode: 'Indexed',
      completions: tasks,
      parallelism: tasks,
      // A killed task goes on where it stopped.
      backoffLimitPerIndex: 10,
      maxFailedIndexes: tasks,
      template: {
        spec: {
          restartPolicy: 'Never',
          containers: [container],
          volumes: [{ name: 'data', persistentVolumeClaim: { claimName: claim } }],
        },
      },
    },
  };
  return `# kubectl apply -f launch.k8s.yaml; corpus and data lie on the claim ${claim}, which many nodes must be able to write.
${stringify(job, { lineWidth: 0, version: '1.1' })}`;
}

/** A word of a shell's command line, whatever it holds. */
export const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
