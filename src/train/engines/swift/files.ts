/** A job for ms-swift: config of each way to run it, scripts, the reward plug-in, a README. */

import { shellWord } from '../../../data/index.ts';
import { environment, rewardScript } from '../environment.ts';
import type { Job, JobFiles } from '../job.ts';
import { readme } from '../job-readme.ts';
import { swiftPlugin } from '../reward-plugin.ts';
import { script, text, yaml } from '../text-files.ts';
import { megatronConfig, rayConfig, swiftConfig } from './config.ts';

/** By stage, in `swift …` and `megatron …`. */
const commands = { pretrain: 'pt', sft: 'sft', rl: 'rlhf' } as const;

/** The last checkpoint of an interrupted run, where there is one, as a flag. */
const resume = `resume=()
last="$(find . -maxdepth 2 -path './out/checkpoint-*' | sort -V | tail -n 1)"
if [ -n "$last" ]; then resume=(--resume_from_checkpoint "$last"); fi`;

export function swiftFiles(job: Job): JobFiles {
  const { stage } = job.recipe;
  const command = commands[stage];
  const isRl = stage === 'rl';
  const ray = isRl ? 'megatron rlhf --use_ray true --config ray.yaml' : 'swift sft ray.yaml "$@"';
  return {
    'config.yaml': yaml(`swift ${command} config.yaml; run.sh does it.`, swiftConfig(job)),
    'megatron.yaml': yaml(
      `megatron ${command} megatron.yaml; megatron.sh does it. The names are of that path.`,
      megatronConfig(job),
    ),
    'ray.yaml': yaml('For ray.sh.', rayConfig(job)),
    'env.sh': environment(job),
    'run.sh': script(
      'One node.',
      `. ./env.sh
${resume}
NPROC_PER_NODE="$GPUS_PER_NODE" exec swift ${command} config.yaml "\${resume[@]}" "$@"`,
    ),
    'run-nodes.sh': script(
      'Several nodes: on each of them, with NODE_RANK from 0 up and MASTER_ADDR, the address of the first.',
      `. ./env.sh
: "\${NODE_RANK:?the number of this node, from 0}" "\${MASTER_ADDR:?the address of node 0}"
${resume}
NNODES="$NODES" NPROC_PER_NODE="$GPUS_PER_NODE" exec swift ${command} config.yaml "\${resume[@]}" "$@"`,
    ),
    'slurm.sh': script(
      `Several nodes through Slurm: sbatch --nodes ${job.nodes} --gpus-per-node ${job.gpusPerNode} --ntasks-per-node 1 slurm.sh`,
      `# A batch script runs from a copy: go where it was submitted.
cd "\${SLURM_SUBMIT_DIR:-.}"
. ./env.sh
MASTER_ADDR="$(scontrol show hostnames "$SLURM_JOB_NODELIST" | head -n 1)"
export MASTER_ADDR NODES="$SLURM_JOB_NUM_NODES"
# shellcheck disable=SC2016 # each node has its own SLURM_NODEID
srun bash -c 'NODE_RANK="$SLURM_NODEID" exec bash run-nodes.sh "$@"' run-nodes.sh "$@"`,
    ),
    'megatron.sh': script(
      'Megatron, tensor parallel: for more GPUs than ZeRO-3 keeps busy. On several nodes as run-nodes.sh.',
      `. ./env.sh
if [ "$NODES" -gt 1 ]; then
  export NNODES="$NODES"
  : "\${NODE_RANK:?the number of this node, from 0}" "\${MASTER_ADDR:?the address of node 0}"
fi
export PYTORCH_CUDA_ALLOC_CONF=expandable_segments:True
NPROC_PER_NODE="$GPUS_PER_NODE" exec megatron ${command} megatron.yaml "$@"`,
    ),
    'ray.sh': script(
      'A Ray cluster that is up (`ray start --head` on one node, `ray start --address HEAD:6379` on the others): on the head.',
      `. ./env.sh
exec ${ray}`,
    ),
    ...(isRl
      ? {
          'reward_plugin.py': text(swiftPlugin),
          'reward.sh': script('The reward server.', rewardScript),
          'rollout.sh': script(
            'Answers drawn on a node of its own; then on the others: bash run-nodes.sh --vllm_mode server --vllm_server_host THIS_NODE',
            `. ./env.sh
exec swift rollout --model ${shellWord(job.model.name)} --vllm_data_parallel_size "$GPUS_PER_NODE" "$@"`,
          ),
        }
      : {}),
    'README.md': readme(job, {
      engine: 'ms-swift',
      install: [
        'pip install "ms-swift>=4.5" deepspeed flash-attn --no-build-isolation',
        ...(isRl ? ['pip install vllm', 'bash reward.sh &'] : []),
      ].join('\n'),
      scripts: [
        ...(isRl ? ([['reward.sh', 'the reward server; first of all']] as const) : []),
        ['run.sh', 'one node, DeepSpeed ZeRO-3'],
        ['run-nodes.sh', 'several nodes, on each of them'],
        ['slurm.sh', 'the same through Slurm'],
        ...(isRl ? ([['rollout.sh', 'answers drawn on a node of its own']] as const) : []),
        ['megatron.sh', 'Megatron; needs Megatron-Core and TransformerEngine'],
        ['ray.sh', isRl ? 'Ray with Megatron, training and rollout on the same GPUs' : 'Ray'],
      ],
      notes: [
        'The vision encoder trains in pre-training only (`freeze_vit`); the paper does not say.',
        'Rows are not packed, so that a step has as many as the paper says; `--packing true` is faster and makes a step larger.',
      ],
    }),
  };
}
