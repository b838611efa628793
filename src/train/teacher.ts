/**
 * One step of learning from weighted targets, on a state that several programs of different sizes share: the reader's
 * objective, its gradients and AdamW in one graph.
 */
import {
  adamW,
  createGraph,
  type Feeds,
  gradients,
  type State,
  type Tensor,
  type Variable,
} from '../graph/index.ts';
import {
  type BatchSize,
  feedObjective,
  type ReaderConfig,
  type Sample,
  startReader,
  traceAlignmentOnly,
  traceObjective,
} from '../reader/index.ts';
import { type Compute, createPrograms } from './programs.ts';
import type { Metrics } from './run.ts';

export interface Learning {
  /** Longest gradient. */
  readonly clipNorm: number;
  readonly beta2: number;
  readonly weightDecay: number;
}

/** Whether the encoder alone learns, from labels; or all of the reader, from targets with labels or with what is copied. */
type Lesson = 'alignment' | 'reading' | 'answering';

/** Against the loss of reading. */
const [alignmentWeight, copyingWeight] = [0.5, 0.5];

const options = {
  reading: { alignmentWeight },
  answering: { copyingWeight },
} as const;

export interface Teacher {
  /** Samples must fit the size. @returns the losses by name, and `gradientNorm` */
  teach(lesson: Lesson, size: BatchSize, samples: readonly Sample[], learningRate: number): Promise<Metrics>;
  close(): Promise<void>;
}

export function createTeacher(
  config: ReaderConfig,
  state: State,
  compute: Compute,
  learning: Learning,
): Teacher {
  const programs = createPrograms(compute);
  return {
    async teach(lesson, size, samples, learningRate) {
      const name = `${lesson} ${Object.values(size)}`;
      const step = await programs.open(name, () => program(lesson, config, size, learning), state);
      return scalarsOf(await step.run({ ...feedLesson(lesson, config, size, samples), learningRate }));
    },
    close: () => programs.close(),
  };
}

/** Outputs of one number each. */
export const scalarsOf = (outputs: Readonly<Record<string, Float32Array>>): Metrics =>
  Object.fromEntries(Object.entries(outputs).map(([name, values]) => [name, values[0]!]));

function program(lesson: Lesson, config: ReaderConfig, size: BatchSize, learning: Learning) {
  const graph = createGraph();
  if (lesson === 'alignment') {
    const { loss, teaches } = traceAlignmentOnly(graph, config, size);
    const parameters = graph.parameters.filter(({ name }) => teaches(name));
    return optimised(loss, { alignment: loss }, parameters, learning);
  }
  const { loss, losses } = traceObjective(graph, config, size, options[lesson]);
  return optimised(loss, losses, graph.parameters, learning);
}

/** A program that takes `learningRate`, and moves the parameters on. */
export function optimised(
  loss: Tensor,
  losses: Readonly<Record<string, Tensor>>,
  parameters: readonly Variable[],
  { clipNorm, beta2, weightDecay }: Learning,
) {
  const { graph } = loss;
  const tensors = parameters.map(({ tensor }) => tensor);
  const learningRate = graph.input('learningRate', []);
  const { updates, gradientNorm } = adamW(tensors, gradients(loss, tensors), {
    learningRate,
    clipNorm,
    beta2,
    weightDecay,
  });
  return { outputs: { ...losses, loss, gradientNorm }, updates };
}

/** Of those of reading, what the encoder alone takes. */
const alignmentFeeds = ['cells', 'rows', 'pages', 'labels', 'labelWeights'] as const;

function feedLesson(
  lesson: Lesson,
  config: ReaderConfig,
  size: BatchSize,
  samples: readonly Sample[],
): Feeds {
  if (lesson !== 'alignment') return feedObjective(samples, config, size, options[lesson]);
  const feeds = feedObjective(samples, config, size, { alignmentWeight });
  return Object.fromEntries(alignmentFeeds.map(name => [name, feeds[name]!]));
}

/** Of no use but to declare what there is. */
const smallest: BatchSize = { samples: 1, patches: 1, tokens: 2 };

/**
 * Every variable of training, as it begins: a new reader, or the one given with a fresh optimiser.
 * @param from parameters of a reader of this config
 */
export function startState(config: ReaderConfig, seed: string, learning: Learning, from?: State): State {
  const graph = createGraph();
  const { loss, losses } = traceObjective(graph, config, smallest, { alignmentWeight });
  optimised(loss, losses, graph.parameters, learning);
  return new Map([...startReader(graph, config, seed), ...(from ?? [])]);
}
