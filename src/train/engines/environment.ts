/** The `env.sh` of a job: the few things that differ from one cluster to another, each overridden from outside. */
import { dataFolder, type Job, type JobFile } from './job.ts';
import { sourced } from './text-files.ts';

export function environment({ nodes, gpusPerNode, recipe }: Job): JobFile {
  const reward =
    recipe.stage === 'rl'
      ? `
# Where \`reward.sh\` runs, as the machines of the cluster see it, and the token it was given.
export GLYPH_REWARD_URL="\${GLYPH_REWARD_URL:-http://127.0.0.1:47823/rewards}"
export GLYPH_REWARD_TOKEN="\${GLYPH_REWARD_TOKEN:-}"
`
      : '';
  return sourced(
    'Read by the scripts. A step of the recipe is shared out among NODES x GPUS_PER_NODE GPUs: write the job anew for others.',
    `export NODES="\${NODES:-${nodes}}"
export GPUS_PER_NODE="\${GPUS_PER_NODE:-${gpusPerNode}}"
export MASTER_PORT="\${MASTER_PORT:-29500}"
# Rows name their pages relative to the data set.
export ROOT_IMAGE_DIR="$PWD/${dataFolder}"
if [ ! -d "$ROOT_IMAGE_DIR/images" ]; then
  echo "no pages in $ROOT_IMAGE_DIR/images: copy the job with its data" >&2
  exit 1
fi
${reward}`,
  );
}

/** For rl: the server that rewards are asked of. */
export const rewardScript = `# Words after it go to the server, e.g. --judge openai:gpt-4.1-mini --judge-rpm 500
# For other machines: GLYPH_TOKEN=… bash reward.sh --host 0.0.0.0, and GLYPH_REWARD_TOKEN in env.sh.
exec \${GLYPH:-npx glyph} reward serve --port 47823 "$@"`;
