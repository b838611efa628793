/** GRPO on verl, over Ray: Hydra overrides of its trainer, the reward function, scripts. */

import { shellWord } from '../../data/index.ts';
import { environment, rewardScript } from './environment.ts';
import type { EngineConfig, Job, JobFiles } from './job.ts';
import { readme } from './job-readme.ts';
import { samplesOf } from './recipe.ts';
import { verlReward } from './reward-plugin.ts';
import { script, sourced, text, withOverrides } from './text-files.ts';

function verlConfig(job: Job): EngineConfig {
  const { recipe, model, data, nodes, gpusPerNode, trainFiles, valFiles } = job;
  if (recipe.stage !== 'rl') return {};
  return withOverrides(
    {
      'algorithm.adv_estimator': 'grpo',
      'algorithm.use_kl_in_reward': false,
      'data.train_files': list(trainFiles),
      // It has no run without validation.
      'data.val_files': list(valFiles.length === 0 ? trainFiles.slice(0, 1) : valFiles),
      'data.image_key': 'images',
      'data.train_batch_size': recipe.batch,
      'data.max_prompt_length': recipe.contextTokens - recipe.answerTokens,
      'data.max_response_length': recipe.answerTokens,
      'data.filter_overlong_prompts': true,
      'data.truncation': 'error',
      'actor_rollout_ref.model.path': model.name,
      'actor_rollout_ref.model.use_remove_padding': true,
      'actor_rollout_ref.model.enable_gradient_checkpointing': true,
      'actor_rollout_ref.actor.optim.lr': recipe.peakRate,
      'actor_rollout_ref.actor.optim.weight_decay': recipe.weightDecay,
      'actor_rollout_ref.actor.ppo_mini_batch_size': recipe.batch,
      'actor_rollout_ref.actor.ppo_micro_batch_size_per_gpu': 1,
      'actor_rollout_ref.actor.clip_ratio_low': recipe.clipLow,
      'actor_rollout_ref.actor.clip_ratio_high': recipe.clipHigh,
      'actor_rollout_ref.actor.use_kl_loss': true,
      'actor_rollout_ref.actor.kl_loss_coef': recipe.klWeight,
      'actor_rollout_ref.actor.kl_loss_type': 'low_var_kl',
      'actor_rollout_ref.actor.freeze_vision_tower': true,
      'actor_rollout_ref.actor.fsdp_config.param_offload': true,
      'actor_rollout_ref.actor.fsdp_config.optimizer_offload': true,
      'actor_rollout_ref.rollout.name': 'vllm',
      'actor_rollout_ref.rollout.n': recipe.group,
      'actor_rollout_ref.rollout.temperature': recipe.temperature,
      'actor_rollout_ref.rollout.tensor_model_parallel_size': gpusPerNode % 2 === 0 ? 2 : 1,
      'actor_rollout_ref.rollout.gpu_memory_utilization': 0.6,
      'actor_rollout_ref.rollout.log_prob_micro_batch_size_per_gpu': 1,
      '+actor_rollout_ref.rollout.limit_images': data.settings.maxPages,
      'actor_rollout_ref.ref.log_prob_micro_batch_size_per_gpu': 1,
      'actor_rollout_ref.ref.fsdp_config.param_offload': true,
      'reward.custom_reward_function.path': 'reward_function.py',
      'reward.custom_reward_function.name': 'compute_score',
      'trainer.nnodes': nodes,
      'trainer.n_gpus_per_node': gpusPerNode,
      'trainer.total_training_steps': recipe.steps,
      'trainer.total_epochs': Math.ceil((recipe.steps * recipe.batch) / Math.max(1, rowsOf(job))),
      'trainer.save_freq': 50,
      'trainer.test_freq': -1,
      'trainer.val_before_train': false,
      'trainer.project_name': 'glyph',
      'trainer.experiment_name': data.dataSet,
      'trainer.default_local_dir': 'out',
      'trainer.logger': '[console]',
    },
    job.overrides,
  );
}

const rowsOf = ({ data }: Job): number => data.splits.train?.examples ?? 0;

/** As Hydra writes one. */
const list = (files: readonly string[]): string => `[${files.join(',')}]`;

export function verlFiles(job: Job): JobFiles {
  const overrides = Object.entries(verlConfig(job)).map(
    ([key, value]) => `  ${shellWord(`${key}=${value}`)}`,
  );
  return {
    'overrides.sh': sourced(
      "Hydra overrides of verl's trainer; run.sh reads them.",
      `overrides=(\n${overrides.join('\n')}\n)`,
    ),
    'env.sh': environment(job),
    'reward_function.py': text(verlReward),
    'reward.sh': script('The reward server.', rewardScript),
    'run.sh': script(
      'On the head of a Ray cluster, or on one node, where it starts one.',
      `. ./env.sh
. ./overrides.sh
# Rows name their pages relative to the data set.
ln -sfn data/images images
exec python3 -m verl.trainer.main_ppo "\${overrides[@]}" "$@"`,
    ),
    'slurm.sh': script(
      `A Ray cluster through Slurm: sbatch --nodes ${job.nodes} --gpus-per-node ${job.gpusPerNode} --ntasks-per-node 1 slurm.sh`,
      `cd "\${SLURM_SUBMIT_DIR:-.}"
. ./env.sh
mapfile -t hosts < <(scontrol show hostnames "$SLURM_JOB_NODELIST")
head="\${hosts[0]}"
srun --nodes 1 --ntasks 1 --nodelist "$head" ray start --head --port 6379 --num-gpus "$GPUS_PER_NODE" --block &
sleep 20
for host in "\${hosts[@]:1}"; do
  srun --nodes 1 --ntasks 1 --nodelist "$host" ray start --address "$head:6379" --num-gpus "$GPUS_PER_NODE" --block &
done
sleep 20
RAY_ADDRESS="$head:6379" bash run.sh "$@"`,
    ),
    'README.md': readme(job, {
      engine: 'verl',
      install: 'pip install "verl[vllm]" aiohttp\nbash reward.sh &',
      scripts: [
        ['reward.sh', 'the reward server; first of all'],
        ['run.sh', 'training, on the head of a Ray cluster or on one node'],
        ['slurm.sh', 'a Ray cluster through Slurm, and training on it'],
      ],
      notes: [
        `A step has ${samplesOf(job.recipe)} answers; groups whose answers all earn the same are kept, with an advantage of 0.`,
        'verl has no word for unscored: such an answer counts as 0, and `unscored` in its logs says how many there were.',
        'Its builders for GLM-4.1V are newer than release 0.9.0. Not run here: it needs a GPU.',
      ],
    }),
  };
}
