/**
 * A job: what a training engine needs for a stage, from the same rows and recipe that train the embedded reader. An
 * engine is a function from it to the files beside its data.
 */
import type { DataManifest } from '../../data/index.ts';
import type { AnyRecipe } from './recipe.ts';

export type ConfigValue = string | number | boolean | readonly (string | number)[];
export type EngineConfig = Readonly<Record<string, ConfigValue>>;

/** What is known of the data set: of its manifest. */
export type JobData = Pick<DataManifest, 'dataSet' | 'settings' | 'splits' | 'shards'>;

export interface Job {
  readonly recipe: AnyRecipe;
  readonly model: ModelFacts;
  readonly nodes: number;
  readonly gpusPerNode: number;
  readonly data: JobData;
  /** Of rows, relative to the job. */
  readonly trainFiles: readonly string[];
  readonly valFiles: readonly string[];
  readonly overrides: EngineConfig;
}

export interface JobFile {
  readonly content: string;
  readonly kind: 'text' | 'script';
}

/** By path in the job. */
export type JobFiles = Readonly<Record<string, JobFile>>;

interface ModelFacts {
  readonly name: string;
  /** Of ms-swift: how it writes a conversation of this model. */
  readonly template: string;
}

/** The folder of rows and images in a job. */
export const dataFolder = 'data';
