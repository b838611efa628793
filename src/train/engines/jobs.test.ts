/** Job folders: the paper's values in each engine's words, steps that all GPUs can share, scripts that shells accept. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse } from 'yaml';
import { parseConfig } from '../../config/index.ts';
import { createTotals, defaultSettings, type Stage, shellWord, tasksOf } from '../../data/index.ts';
import type { JobData, JobFiles } from './job.ts';
import { type EngineName, type JobWish, planJob } from './plan-job.ts';
import { recipeOf, samplesOf, stepOn } from './recipe.ts';
import { shapeRow } from './shape-row.ts';

const dataOf = (stage: Stage): JobData => ({
  dataSet: '0123456789abcdef',
  settings: { ...defaultSettings, stage, examples: 1000, tasks: tasksOf(stage), pages: parseConfig({}) },
  splits: { train: { ...createTotals(), examples: 1000, textTokens: 400_000, visionTokens: 1_200_000 } },
  shards: ['train', 'val'].map(split => ({
    shard: `${split}-00000`,
    file: `${split}/00000.jsonl`,
    byteLength: 1,
    sha256: '',
  })),
});

const wish = (engine: EngineName, stage: Stage, more: Partial<JobWish> = {}): JobWish => ({
  engine,
  stage,
  from: stage === 'pretrain' ? undefined : '../before/out/checkpoint-1',
  nodes: 1,
  gpusPerNode: 8,
  overrides: {},
  ...more,
});
const plan = (engine: EngineName, stage: Stage, more: Partial<JobWish> = {}) =>
  planJob(wish(engine, stage, more), dataOf(stage));
const config = (files: JobFiles, name = 'config.yaml') =>
  parse(files[name]!.content, { version: '1.1' }) as Record<string, unknown>;

test('the paper’s values, in the words of ms-swift', () => {
  const pretrain = config(plan('swift', 'pretrain', { gpusPerNode: 10 }).files);
  assert.equal(pretrain['model'], 'zai-org/GLM-4.1V-9B-Base');
  assert.deepEqual(
    [
      'max_steps',
      'learning_rate',
      'lr_scheduler_type',
      'gradient_accumulation_steps',
      'max_length',
      'freeze_vit',
    ].map(key => pretrain[key]),
    [4000, 2e-6, 'cosine_with_min_lr', 17, 32_768, false],
  );
  const sft = config(plan('swift', 'sft').files);
  assert.deepEqual(
    ['max_steps', 'learning_rate', 'lr_scheduler_kwargs', 'warmup_steps', 'gradient_accumulation_steps'].map(
      key => sft[key],
    ),
    [1500, 5e-6, '{"min_lr":0.000002}', 160, 4],
  );
  const rl = config(plan('swift', 'rl').files);
  const keys = [
    'max_steps',
    'learning_rate',
    'lr_scheduler_type',
    'num_generations',
    'epsilon',
    'epsilon_high',
  ];
  assert.deepEqual(
    [...keys, 'gradient_accumulation_steps', 'vllm_max_model_len'].map(key => rl[key]),
    [500, 1e-6, 'constant', 16, 0.2, 0.28, 64, 32_768],
  );
  assert.equal(Number(rl['max_length']) + Number(rl['max_completion_length']), 32_768);
  assert.equal(rl['eval_strategy'], 'no', 'a word, where YAML 1.1 would read false');
});

test('what a user sets goes over the recipe, and steps shorten the warm-up', () => {
  const { files } = plan('swift', 'sft', { steps: 20, overrides: { packing: true, learning_rate: 1e-5 } });
  const { max_steps, warmup_steps, packing, learning_rate } = config(files);
  assert.deepEqual([max_steps, warmup_steps, packing, learning_rate], [20, 19, true, 1e-5]);
});

test('on any number of GPUs each takes as many samples, of rl in whole groups, as near to the paper’s as can be', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 600 }),
      fc.constantFrom<Stage>('pretrain', 'sft', 'rl'),
      (gpus, stage) => {
        const recipe = recipeOf(stage);
        const wanted = samplesOf(recipe);
        const { perWorker, samples } = stepOn(recipe, gpus);
        const group = recipe.stage === 'rl' ? recipe.group : 1;
        const sizes = Array.from({ length: 600 }, (_, i) => (i + 1) * gpus).filter(
          size => size % group === 0,
        );
        assert.equal(samples, perWorker * gpus);
        const nearest = Math.min(...sizes.map(size => Math.abs(size - wanted)));
        assert.equal(Math.abs(samples - wanted), nearest);
      },
    ),
  );
});

test('verl and LLaMA-Factory get theirs; stages they have not are refused', () => {
  const verl = plan('verl', 'rl');
  assert.equal(verl.format, 'verl');
  const overrides = verl.files['overrides.sh']!.content;
  for (const line of [
    'algorithm.adv_estimator=grpo',
    'data.train_batch_size=32',
    'actor_rollout_ref.rollout.n=16',
    'actor_rollout_ref.actor.clip_ratio_high=0.28',
    "'data.train_files=[data/train/00000.jsonl]'",
  ])
    assert.ok(overrides.includes(`  ${line}\n`), line);
  const { dataset_dir, stage, warmup_steps } = config(plan('llamafactory', 'sft').files);
  assert.deepEqual([dataset_dir, stage, warmup_steps], ['data', 'sft', 160]);
  assert.throws(() => plan('llamafactory', 'rl'), /trains from pages: sft, got rl .*--engine swift/);
  assert.throws(
    () => planJob(wish('swift', 'sft'), dataOf('rl')),
    /data of `glyph data sft`, got data of rl/,
  );
  assert.throws(() => plan('swift', 'rl', { from: undefined }), /a model to begin with, got none \(--from /);
});

test('rows change their shape and lose nothing; what leads out of the data set is refused', () => {
  const row = {
    messages: [{ role: 'user', content: '<image>\nWhich?' }],
    images: ['images/a.png'],
    task: 'needle',
    id: 'train-000001',
    source: 'a:0-9',
    config: '00',
    textTokens: 1,
    visionTokens: 2,
    reward: 'exact',
    answer: '42',
    targets: ['42'],
    evidence: '[p1:1]',
  };
  const line = JSON.stringify({ ...row, channel: 'needle' });
  const shaped = (format: 'jsonl' | 'swift' | 'verl') => JSON.parse(shapeRow(line, format, 'here').line);
  assert.deepEqual(shaped('jsonl'), row);
  assert.deepEqual(shaped('swift'), { ...row, channel: 'needle' });
  assert.equal(shaped('verl').extra_info.answer, '42');
  const outside = JSON.stringify({ ...row, images: ['../../etc/passwd'] });
  assert.throws(
    () => shapeRow(outside, 'swift', 'train/0.jsonl:1'),
    /inside the data set in train\/0\.jsonl:1/,
  );
});

test('a README says what it will cost', () => {
  const { content } = plan('swift', 'rl').files['README.md']!;
  assert.match(content, /500 steps of\s+32 questions with 16 answers each/);
  assert.match(content, /GPU-hours \(H100\) \| about [\d,]+, so [\d,]+ hours on 8/);
  assert.match(plan('swift', 'pretrain').files['README.md']!.content, /on 8 GPUs 168 samples/);
});

const hasShellcheck = spawnSync('shellcheck', ['--version']).status === 0;

/** Writes the scripts of some jobs that begin with a model into a folder. */
function writeScripts(folder: string, from: string): string[] {
  const jobs = [
    plan('swift', 'rl', { from, nodes: 2 }),
    plan('swift', 'sft', { from, nodes: 2 }),
    plan('verl', 'rl', { from, nodes: 2 }),
    plan('llamafactory', 'sft', { from }),
  ];
  return jobs.flatMap(({ files }, i) =>
    Object.entries(files)
      .filter(([name]) => name.endsWith('.sh'))
      .map(([name, { content }]) => {
        const path = join(folder, `${i}-${name}`);
        writeFileSync(path, content.replaceAll(/\. \.\/(env|overrides)\.sh/g, `. ./${i}-$1.sh`));
        return path;
      }),
  );
}

test('scripts are shell, whatever a model is called', t => {
  const folder = mkdtempSync(join(tmpdir(), 'glyph-jobs-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const scripts = writeScripts(folder, 'zai-org/Glyph');
  assert.ok(scripts.length > 15);
  if (hasShellcheck) execFileSync('shellcheck', ['-x', '-P', 'SCRIPTDIR', ...scripts]);
  else t.diagnostic('shellcheck is not installed: only `bash -n` was run');
  const from = `a 'model" $(touch ${folder}/hacked)`;
  for (const script of writeScripts(folder, from)) execFileSync('bash', ['-n', script]);
  const said = execFileSync('bash', ['-c', `. ./2-overrides.sh; printf '%s\\n' "\${overrides[@]}"`], {
    cwd: folder,
  });
  assert.ok(said.toString().includes(`actor_rollout_ref.model.path=${from}\n`));
  assert.ok(!existsSync(join(folder, 'hacked')), 'nothing in a name was run');
});

test('a quoted word is that word', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.string().filter(word => !word.includes('\0')),
        { maxLength: 5 },
      ),
      words => {
        const line = `printf '%s\\0' ${words.map(shellWord).join(' ')}`;
        const said = execFileSync('bash', ['-c', line]).toString();
        assert.deepEqual(words.length === 0 ? [] : said.split('\0').slice(0, -1), words);
      },
    ),
    { numRuns: 25 },
  );
});
