/** Runs of RULER against the rule server, for tests of this folder. */
import { loadFont } from '../../../node/load-font.ts';
import type { OpenOptions } from '../../task.ts';
import { rulerTask } from '../../tasks/ruler.ts';
import { type EvaluateOptions, evaluate } from '../evaluate.ts';
import { readRun, startRun } from '../run-file.ts';
import { fileNames, type RunStore } from '../run-store.ts';
import { knownRequests, type RuleServer, startRuleServer } from './rule-server.ts';

export const clock = { now: () => 0, sleep: async () => {} };

export interface RulerRun {
  readonly open: OpenOptions & { readonly lengths: readonly number[] };
  readonly arms: readonly string[];
  readonly errorRate: number;
}

export const smallRun: RulerRun = {
  open: { subsets: ['niah_single_1', 'vt'], lengths: [1024], limit: 3, seed: '7' },
  arms: ['text', 'pages', 'rag'],
  errorRate: 0.4,
};

export async function startRuler({ open, arms, errorRate }: RulerRun): Promise<RuleServer> {
  const namer = await startRuleServer({ errorRate, known: new Map() });
  const known = await knownRequests(rulerTask, open, arms, namer.model());
  await namer.close();
  return await startRuleServer({ errorRate, known });
}

/** Begins the run in the store, or goes on with it. */
export async function runRuler(
  { open, arms }: RulerRun,
  server: RuleServer,
  store: RunStore,
  more: Partial<EvaluateOptions> = {},
) {
  const model = server.model();
  const isThere = (await store.read(fileNames.run)) !== undefined;
  const run = isThere
    ? await readRun(store)
    : await startRun(store, {
        task: rulerTask.name,
        model,
        arms,
        data: null,
        subsets: [...(open.subsets ?? rulerTask.subsets)],
        lengths: [...open.lengths],
        limit: open.limit ?? null,
        seed: open.seed ?? '42',
        maxTokens: null,
        temperature: 0,
        compat: 'none',
        config: undefined,
        generator: 'test',
        startedMs: 0,
      });
  return await evaluate({ task: rulerTask, run, store, model, loadFont, clock, ...more });
}
