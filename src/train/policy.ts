/** The reader as a policy: moved towards answers by their advantages, away from those worse than their group. */
import { createGraph, type Program, type State } from '../graph/index.ts';
import { type BatchSize, feedObjective, type Sample, traceObjective } from '../reader/index.ts';
import type { AnswerGroup } from './answer-group.ts';
import { sizeFor } from './batch-size.ts';
import type { ReaderKind } from './material.ts';
import { type PolicySettings, tracePolicyLoss } from './policy-loss.ts';
import { type Compute, createPrograms } from './programs.ts';
import { rolloutSample } from './rollout.ts';
import type { Metrics } from './run.ts';
import { type Learning, optimised, scalarsOf } from './teacher.ts';

export interface PolicyOptions {
  readonly settings: PolicySettings & {
    /** Steps of the optimiser on the same answers. */
    readonly updates: number;
  };
  readonly kind: ReaderKind;
  /** What is moved. */
  readonly state: State;
  /** What it is held near. */
  readonly first: State;
  readonly compute: Compute;
  readonly learning: Learning;
}

export interface Policy {
  /** @returns `loss`, `kl` and `gradientNorm` of the last update; nothing where no group teaches */
  update(groups: readonly AnswerGroup[], rate: number): Promise<Metrics>;
  close(): Promise<void>;
}

export function createPolicy({ settings, kind, state, first, compute, learning }: PolicyOptions): Policy {
  const { config } = kind;
  const programs = createPrograms(compute);
  const opened = (name: string, size: BatchSize, trace: (size: BatchSize) => Program, of = state) =>
    programs.open(`${name} ${Object.values(size)}`, () => trace(size), of);
  const traceForward = (size: BatchSize) => ({
    outputs: { log: traceObjective(createGraph(), config, size).logProbabilities },
  });
  const traceUpdate = (size: BatchSize) => {
    const graph = createGraph();
    const { logProbabilities, weights } = traceObjective(graph, config, size);
    const { loss, kl } = tracePolicyLoss(graph, logProbabilities, weights, size, settings);
    return optimised(loss, { kl }, graph.parameters, learning);
  };
  return {
    async update(groups, rate) {
      const { samples, advantages } = lessonsOf(groups, kind);
      if (samples.length === 0) return {};
      const size = { ...sizeFor(samples, config.contextTokens, 1), samples: samples.length };
      const feeds = feedObjective(samples, config, size);
      const { weights: _, ...forward } = feeds; // a program without a loss takes none
      const old = await (await opened('old', size, traceForward)).run(forward);
      const start = await (await opened('first', size, traceForward, first)).run(forward);
      const step = await opened('update', size, traceUpdate);
      const answers = {
        oldLog: old['log']!,
        firstLog: start['log']!,
        advantages: spread(advantages, size),
        learningRate: rate,
      };
      let found: Metrics = {};
      for (let i = 0; i < settings.updates; i++) found = scalarsOf(await step.run({ ...feeds, ...answers }));
      return found;
    },
    close: () => programs.close(),
  };
}

function lessonsOf(groups: readonly AnswerGroup[], kind: ReaderKind) {
  const samples: Sample[] = [];
  const advantages: number[] = [];
  for (const group of groups) {
    if (group.advantages === undefined) continue;
    for (const rollout of group.rollouts) samples.push(rolloutSample(group.prompt, rollout, kind));
    advantages.push(...group.advantages);
  }
  return { samples, advantages };
}

/** Each sample's on all its tokens. */
function spread(advantages: readonly number[], { samples, tokens }: BatchSize): Float32Array {
  const all = new Float32Array(samples * tokens);
  for (const [i, advantage] of advantages.entries()) all.fill(advantage, i * tokens, (i + 1) * tokens);
  return all;
}
