/** The folder of a job, planned: which engine trains which stage from which rows, and the files it gets. */
import { GlyphError } from '../../base/index.ts';
import type { FormatName, Stage } from '../../data/index.ts';
import { type ConfigValue, dataFolder, type Job, type JobData, type JobFiles } from './job.ts';
import { llamafactoryFiles } from './llamafactory.ts';
import { recipeOf } from './recipe.ts';
import { swiftFiles } from './swift/files.ts';
import { verlFiles } from './verl.ts';

export interface JobWish {
  readonly engine: EngineName;
  readonly stage: Stage;
  /** A name on the model hub, or a folder as the cluster sees it; the paper's base unless given. */
  readonly from?: string | undefined;
  readonly nodes: number;
  readonly gpusPerNode: number;
  readonly steps?: number | undefined;
  /** Keys of the engine's own config, over those of the recipe. */
  readonly overrides: Readonly<Record<string, ConfigValue>>;
}

interface Engine {
  readonly stages: readonly Stage[];
  /** The shape its rows have. */
  readonly format: FormatName;
  files(job: Job): JobFiles;
}

export const engines = {
  swift: { stages: ['pretrain', 'sft', 'rl'], format: 'swift', files: swiftFiles },
  verl: { stages: ['rl'], format: 'verl', files: verlFiles },
  llamafactory: { stages: ['sft'], format: 'llamafactory', files: llamafactoryFiles },
} as const satisfies Readonly<Record<string, Engine>>;

export type EngineName = keyof typeof engines;
export const engineNames = Object.keys(engines) as EngineName[];

const paperBase = 'zai-org/GLM-4.1V-9B-Base';
/** Which of an engine's templates a published model has; a folder is taken for one trained from the paper's base. */
const templates: Readonly<Record<string, string>> = {
  [paperBase]: 'glm4v',
  'zai-org/GLM-4.1V-9B-Thinking': 'glm4v',
  'zai-org/Glyph': 'glm4_5v',
  'zai-org/GLM-4.6V-Flash': 'glm4_5v',
};

/** @throws GlyphError kind `config` for a stage the engine has not, data of another stage, or no model to begin with */
export function planJob(
  wish: JobWish,
  data: JobData,
): { readonly format: FormatName; readonly files: JobFiles } {
  const { engine: name, stage } = wish;
  const engine: Engine = engines[name];
  if (!engine.stages.includes(stage))
    throw new GlyphError({
      kind: 'config',
      operation: `write a job of ${stage} for ${name}`,
      expected: `a stage it trains from pages: ${engine.stages.join(', ')}`,
      actual: stage,
      hint: 'choose --engine swift, which takes every stage',
    });
  if (data.settings.stage !== stage)
    throw new GlyphError({
      kind: 'config',
      operation: `write a job of ${stage}`,
      expected: `data of \`glyph data ${stage}\``,
      actual: `data of ${data.settings.stage}`,
    });
  const model = wish.from ?? (stage === 'pretrain' ? paperBase : undefined);
  if (model === undefined)
    throw new GlyphError({
      kind: 'config',
      operation: `write a job of ${stage}`,
      expected: 'a model to begin with',
      actual: 'none',
      hint: `--from ${stage === 'sft' ? '../pretrain/out/checkpoint-4000, or a name on the model hub' : '../sft/out/checkpoint-1500, or zai-org/Glyph'}`,
    });
  const filesOf = (split: string) =>
    data.shards.filter(each => each.shard.startsWith(split)).map(({ file }) => `${dataFolder}/${file}`);
  const files = engine.files({
    recipe: recipeOf(stage, wish.steps),
    model: { name: model, template: templates[model] ?? 'glm4v' },
    nodes: wish.nodes,
    gpusPerNode: wish.gpusPerNode,
    data,
    trainFiles: filesOf('train'),
    valFiles: filesOf('val'),
    overrides: wish.overrides,
  });
  return { format: engine.format, files };
}
