/** Fine-tuning on LLaMA-Factory: its YAML, the data set as it finds it, scripts. It has no multimodal pre-training. */
import { environment } from './environment.ts';
import { dataFolder, type EngineConfig, type Job, type JobFiles } from './job.ts';
import { readme } from './job-readme.ts';
import { stepOn } from './recipe.ts';
import { script, withOverrides, yaml } from './text-files.ts';

/** Pixels of a page; above what any page here has, for it makes larger ones smaller. */
const mostPixels = 4_816_896;

function llamafactoryConfig(job: Job): EngineConfig {
  const { recipe, model, nodes, gpusPerNode, valFiles } = job;
  return withOverrides(
    {
      model_name_or_path: model.name,
      template: 'glm4v',
      trust_remote_code: true,
      image_max_pixels: mostPixels,
      stage: 'sft',
      do_train: true,
      finetuning_type: 'full',
      freeze_vision_tower: true,
      freeze_multi_modal_projector: true,
      deepspeed: 'ds_z3_config.json',
      dataset_dir: dataFolder,
      media_dir: dataFolder,
      dataset: 'glyph_train',
      ...(valFiles.length === 0
        ? {}
        : {
            eval_dataset: 'glyph_val',
            eval_strategy: 'steps',
            eval_steps: 500,
            per_device_eval_batch_size: 1,
          }),
      cutoff_len: recipe.contextTokens,
      preprocessing_num_workers: 8,
      dataloader_num_workers: 4,
      per_device_train_batch_size: 1,
      gradient_accumulation_steps: stepOn(recipe, nodes * gpusPerNode).perWorker,
      max_steps: recipe.steps,
      learning_rate: recipe.peakRate,
      lr_scheduler_type: 'cosine_with_min_lr',
      lr_scheduler_kwargs: JSON.stringify({ min_lr: recipe.lastRate }),
      warmup_steps: recipe.warmUpSteps,
      weight_decay: recipe.weightDecay,
      adam_beta2: recipe.beta2,
      bf16: true,
      flash_attn: 'fa2',
      gradient_checkpointing: true,
      output_dir: 'out',
      logging_steps: 1,
      save_steps: Math.min(500, recipe.steps),
      save_total_limit: 2,
      report_to: 'none',
    },
    job.overrides,
  );
}

/** DeepSpeed ZeRO-3 as transformers fills it in. */
const zero3 = {
  train_batch_size: 'auto',
  train_micro_batch_size_per_gpu: 'auto',
  gradient_accumulation_steps: 'auto',
  gradient_clipping: 'auto',
  bf16: { enabled: 'auto' },
  zero_optimization: {
    stage: 3,
    overlap_comm: true,
    contiguous_gradients: true,
    stage3_gather_16bit_weights_on_model_save: true,
  },
};

export function llamafactoryFiles(job: Job): JobFiles {
  return {
    'config.yaml': yaml('llamafactory-cli train config.yaml; run.sh does it.', llamafactoryConfig(job)),
    'ds_z3_config.json': { kind: 'text', content: `${JSON.stringify(zero3, undefined, 2)}\n` },
    'env.sh': environment(job),
    'run.sh': script(
      'One node; on several, on each of them with NODE_RANK from 0 up and MASTER_ADDR.',
      `. ./env.sh
export FORCE_TORCHRUN=1 NPROC_PER_NODE="$GPUS_PER_NODE" NNODES="$NODES"
if [ "$NODES" -gt 1 ]; then
  : "\${NODE_RANK:?the number of this node, from 0}" "\${MASTER_ADDR:?the address of node 0}"
fi
exec llamafactory-cli train config.yaml "$@"`,
    ),
    'README.md': readme(job, {
      engine: 'LLaMA-Factory',
      install: 'pip install llamafactory deepspeed flash-attn --no-build-isolation',
      scripts: [['run.sh', 'training, on one node or on each of several']],
      notes: [
        'Images are kept at their size up to 4.8 megapixels (`image_max_pixels`); its default would shrink pages of 590,000 pixels.',
        'Not run here. Words after `run.sh` are KEY=VALUE.',
      ],
    }),
  };
}
