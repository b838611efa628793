/** The README of a job: what it trains, the commands in their order, what it will cost, and what is not the paper's. */
import { expectCost } from './expected-cost.ts';
import type { Job, JobFile } from './job.ts';
import { stepOn } from './recipe.ts';
import { text } from './text-files.ts';

export interface ReadmeWords {
  readonly engine: string;
  /** Commands that install what the scripts call. */
  readonly install: string;
  /** What each script does, in the order one would look for it. */
  readonly scripts: readonly (readonly [script: string, effect: string])[];
  readonly notes: readonly string[];
}

export function readme(job: Job, { engine, install, scripts, notes }: ReadmeWords): JobFile {
  const { recipe, model, nodes, gpusPerNode, data } = job;
  const cost = expectCost(job);
  const gpus = nodes * gpusPerNode;
  const step = stepOn(recipe, gpus);
  const rows =
    recipe.stage === 'rl'
      ? `${recipe.batch} questions with ${recipe.group} answers each`
      : `${recipe.batch} rows`;
  const nearest =
    step.samples === (recipe.stage === 'rl' ? recipe.batch * recipe.group : recipe.batch)
      ? ''
      : ` (on ${gpus} GPUs ${step.samples} samples, the nearest that all can share)`;
  const rate =
    recipe.lastRate === recipe.peakRate
      ? `${recipe.peakRate}, constant`
      : `${recipe.peakRate} → ${recipe.lastRate}, cosine`;
  return text(`# ${recipe.stage} with ${engine}

Trains \`${model.name}\` on data set \`${data.dataSet}\` with the values of the paper: ${count(recipe.steps)} steps of
${rows}${nearest}, learning rate ${rate}, ${recipe.warmUpSteps} steps of warm-up.

\`\`\`sh
${install}
bash run.sh
\`\`\`

| script | what it does |
| --- | --- |
${scripts.map(([name, effect]) => `| \`${name}\` | ${effect} |`).join('\n')}

Scripts go on from the last checkpoint in \`out/\`. What differs between clusters stands in \`env.sh\`. Words after a script's
name go to the engine, e.g. \`bash run.sh --max_steps 2\` where it takes such flags.

## What to expect

| | |
| --- | --- |
| rows | ${count(data.splits.train?.examples ?? 0)}, seen ${cost.epochs.toFixed(1)} times |
| tokens of a row, pages and text | ${count(cost.tokensPerRow)} |
| tokens trained on | ${(cost.tokens / 1e9).toFixed(2)} billion |
| GPU-hours (H100) | about ${count(cost.gpuHours)}, so ${count(cost.gpuHours / gpus)} hours on ${gpus} |
| weights, gradients, moments | ${count(cost.stateGigabytes)} GB over all GPUs, activations besides |

An estimate: 9 billion parameters, ${recipe.stage === 'rl' ? '10' : '6'} operations a parameter and token, 35 % of 989 TFLOP/s${recipe.stage === 'rl' ? ', and half of the longest answer written at 2,500 tokens a second and GPU' : ''}.

## What is not the paper's

${[...ours(job), ...notes].map(note => `- ${note}`).join('\n')}
`);
}

function ours({ recipe }: Job): string[] {
  if (recipe.stage === 'rl')
    return [
      `It gives no weight of the distance to the fine-tuned model (here ${recipe.klWeight}), no temperature (${recipe.temperature}) and no length of an answer (${count(recipe.answerTokens)} of the ${count(recipe.contextTokens)} tokens).`,
    ];
  if (recipe.stage === 'sft') return [`It gives no longest row; here ${count(recipe.contextTokens)} tokens.`];
  return [
    `It gives no warm-up and no last rate of pre-training (here ${recipe.lastRate}), and no longest row (${count(recipe.contextTokens)} tokens).`,
  ];
}

const count = (value: number): string => Math.round(value).toLocaleString('en');
