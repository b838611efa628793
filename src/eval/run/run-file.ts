/** What decides a run's samples and requests, so that it can be taken up again. It is written with the plan. */
import { GlyphError } from '../../base/index.ts';
import { pageConfigFor } from '../../compress/index.ts';
import { configHash, type RenderConfig } from '../../config/index.ts';
import type { Model } from '../../model/index.ts';
import { needsPages, parseArms } from './arms.ts';
import { type RunFile, runFileSchema } from './lines.ts';
import { readValue } from './read-lines.ts';
import { fileNames, type RunStore } from './run-store.ts';

export interface RunSettings
  extends Pick<
    RunFile,
    | 'data'
    | 'subsets'
    | 'lengths'
    | 'limit'
    | 'seed'
    | 'maxTokens'
    | 'temperature'
    | 'compat'
    | 'generator'
    | 'task'
  > {
  readonly model: Pick<Model, 'id' | 'family'>;
  readonly arms: readonly string[];
  /** By the model's family unless given. */
  readonly config: RenderConfig | undefined;
  /** Milliseconds since 1970. */
  readonly startedMs: number;
}

/**
 * What a new run is; `evaluate` writes it once the samples are known to open.
 * @throws GlyphError kind `config` for a wrong arm or a store that holds a run, `tokens` where pages are wanted for a
 * model the token table does not know
 */
export async function startRun(store: RunStore, settings: RunSettings): Promise<RunFile> {
  const { config: given, startedMs, arms: names, model, ...rest } = settings;
  const arms = parseArms(names);
  if ((await store.read(fileNames.run)) !== undefined) throw alreadyThere();
  const config = arms.some(needsPages) ? pageConfigFor(model.family, given) : null;
  return {
    format: 1,
    ...rest,
    model: { id: model.id, family: model.family },
    arms: arms.map(({ name }) => name),
    config,
    configHash: config === null ? null : configHash(config),
    startedAt: new Date(startedMs).toISOString(),
  };
}

/** @throws GlyphError kind `input` where there is no run, or one that cannot be read */
export async function readRun(store: RunStore): Promise<RunFile> {
  const run = await readValue(store, fileNames.run, runFileSchema);
  if (run !== undefined) return run;
  throw new GlyphError({
    kind: 'input',
    operation: 'open a run',
    expected: `a folder with ${fileNames.run}`,
    actual: 'one without',
  });
}

const alreadyThere = () =>
  new GlyphError({
    kind: 'config',
    operation: 'begin a run',
    expected: 'a folder without one',
    actual: `a folder with ${fileNames.run}`,
    hint: 'go on with it by --resume, or name another folder',
  });
