/** A stage as ms-swift's own keys (its command-line parameters, 4.x): the recipe, the data, and what its defaults miss. */
import type { ConfigValue, EngineConfig, Job } from '../job.ts';
import { stepOn } from '../recipe.ts';
import { withOverrides } from '../text-files.ts';

type Keys = Record<string, ConfigValue>;

/** Keys that plain and Megatron training share. */
function common({ model, trainFiles, valFiles, recipe, data }: Job): Keys {
  const rl: Keys =
    recipe.stage === 'rl'
      ? {
          rlhf_type: 'grpo',
          external_plugins: ['reward_plugin.py'],
          reward_funcs: ['glyph'],
          num_generations: recipe.group,
          max_length: recipe.contextTokens - recipe.answerTokens,
          max_completion_length: recipe.answerTokens,
          temperature: recipe.temperature,
          beta: recipe.klWeight,
          epsilon: recipe.clipLow,
          epsilon_high: recipe.clipHigh,
          dynamic_sample: true,
          log_completions: true,
          use_vllm: true,
          vllm_mode: 'colocate',
          vllm_gpu_memory_utilization: 0.5,
          vllm_max_model_len: recipe.contextTokens,
          vllm_limit_mm_per_prompt: JSON.stringify({ image: data.settings.maxPages }),
          sleep_level: 1,
        }
      : { max_length: recipe.contextTokens };
  return {
    model: model.name,
    // A folder says neither; a name on the hub says both.
    model_type: 'glm4v',
    template: model.template,
    use_hf: true,
    dataset: trainFiles,
    ...(valFiles.length === 0 ? {} : { val_dataset: valFiles }),
    split_dataset_ratio: 0,
    ...rl,
    truncation_strategy: 'delete',
    tuner_type: 'full',
    freeze_vit: recipe.stage !== 'pretrain',
    freeze_aligner: recipe.stage !== 'pretrain',
    torch_dtype: 'bfloat16',
    weight_decay: recipe.weightDecay,
    adam_beta2: recipe.beta2,
    ...(recipe.stage === 'rl' ? {} : { enable_channel_loss: true }),
    save_steps: Math.min(500, recipe.steps),
    save_total_limit: 2,
    logging_steps: 1,
    dataloader_num_workers: 4,
    output_dir: 'out',
    add_version: false,
  };
}

/** For `swift pt|sft|rlhf`. */
export function swiftConfig(job: Job): EngineConfig {
  const { recipe, nodes, gpusPerNode } = job;
  const schedule: Keys =
    recipe.lastRate === recipe.peakRate
      ? { lr_scheduler_type: 'constant' }
      : {
          lr_scheduler_type: 'cosine_with_min_lr',
          lr_scheduler_kwargs: JSON.stringify({ min_lr: recipe.lastRate }),
        };
  return withOverrides(
    {
      ...common(job),
      attn_impl: 'flash_attn',
      learning_rate: recipe.peakRate,
      ...schedule,
      warmup_steps: recipe.warmUpSteps,
      max_steps: recipe.steps,
      per_device_train_batch_size: 1,
      gradient_accumulation_steps: stepOn(recipe, nodes * gpusPerNode).perWorker,
      gradient_checkpointing: true,
      // Rl is validated by its own rewards.
      eval_strategy: job.valFiles.length === 0 || recipe.stage === 'rl' ? 'no' : 'steps',
      ...(job.valFiles.length === 0 ? {} : { per_device_eval_batch_size: 1, eval_steps: 500 }),
      deepspeed: 'zero3',
    },
    job.overrides,
  );
}

/** Layers and heads of a 9 B model are shared by so many GPUs of a node. */
const tensorParallel = (gpusPerNode: number): number => (gpusPerNode % 2 === 0 ? 2 : 1);

/** For `megatron pt|sft|rlhf`: the same stage under that path's names. */
export function megatronConfig(job: Job): EngineConfig {
  const { recipe, nodes, gpusPerNode } = job;
  const tensor = tensorParallel(gpusPerNode);
  return {
    ...common(job),
    lr: recipe.peakRate,
    min_lr: recipe.lastRate,
    lr_decay_style: recipe.lastRate === recipe.peakRate ? 'constant' : 'cosine',
    lr_warmup_iters: recipe.warmUpSteps,
    train_iters: recipe.steps,
    micro_batch_size: 1,
    global_batch_size: stepOn(recipe, (nodes * gpusPerNode) / tensor).samples,
    tensor_model_parallel_size: tensor,
    sequence_parallel: tensor > 1,
    recompute_granularity: 'full',
    recompute_method: 'uniform',
    recompute_num_layers: 1,
    attention_backend: 'flash',
    output_dir: 'out-megatron',
  };
}

/**
 * For Ray. Pretrain and sft: `swift sft` with its worker in one group, for `swift pt` does not start Ray; pretrain is
 * sft that trains on all of the text. Rl: Megatron's own Ray pipeline, training and rollout on the same GPUs.
 */
export function rayConfig(job: Job): object {
  const { recipe, nodes, gpusPerNode } = job;
  const gpus = nodes * gpusPerNode;
  if (recipe.stage !== 'rl') {
    const group = { default: { device: 'GPU', ranks: gpus, workers: ['default'] } };
    return {
      ...swiftConfig(job),
      ...(recipe.stage === 'pretrain' ? { use_chat_template: false, loss_scale: 'all' } : {}),
      use_ray: true,
      device_groups: JSON.stringify({ nproc_per_node: gpusPerNode, ...group }),
      output_dir: 'out-ray',
    };
  }
  const { vllm_mode: _, sleep_level: __, ...config } = megatronConfig(job);
  return {
    ...config,
    nnodes: nodes,
    colocate_groups: [['train', 'rollout']],
    sleep_level: 1,
    train: { gpus },
    rollout: { gpus, vllm_tensor_parallel_size: 1 },
    output_dir: 'out-ray',
  };
}
