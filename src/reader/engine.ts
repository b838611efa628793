/**
 * The reader's two programs for generation: one reads whole prompts and gives the keys and values of every layer, the
 * other takes these with one token a sample. Shapes of a program are fixed, so prompts are filled up to the next of a
 * few sizes; programs last used are kept.
 */
import {
  add,
  concat,
  createGraph,
  type Feeds,
  gather,
  less,
  matMul,
  mul,
  openStep,
  type Program,
  reshape,
  type State,
  type Step,
  type StepOptions,
  softmax,
  split,
  type Tensor,
  transpose,
  where,
} from '../graph/index.ts';
import {
  type BatchSize,
  causalLook,
  declareReader,
  decode,
  embed,
  embedNext,
  encodePages,
  type Look,
  logitsOf,
  pageInputs,
  tokenInputs,
  tokensBefore,
  turnsFor,
} from './architecture.ts';
import type { ReaderConfig } from './config.ts';
import { coordinates, turnsOf } from './turns.ts';

/** `weights` are `embedded` unless given; with `state` an engine follows a training that goes on. */
export type EngineOptions = Pick<StepOptions, 'runtime' | 'executionProviders' | 'threads' | 'weights'>;

/** By output: `logits`, and `keys.0`, `values.0`, … of the layers. */
export type Outputs = Readonly<Record<string, Float32Array>>;

export interface Engine {
  /** Logits follow the token at `last` of each sample; keys and values are `[samples, heads, tokens, width of a head]`. */
  prefill(size: BatchSize, feeds: Feeds): Promise<Outputs>;
  /** The same for one token a sample; it sees the places of the cache before `at`, and itself. */
  step(size: CacheSize, feeds: Feeds): Promise<Outputs>;
  close(): Promise<void>;
}

export interface CacheSize {
  readonly samples: number;
  /** Places for tokens. */
  readonly places: number;
}

/** Each with embedded weights keeps a copy of them. */
const keptPrograms = 6;

export function createEngine(config: ReaderConfig, tensors: State, options: EngineOptions): Engine {
  const steps = new Map<string, Step>();
  let last: Promise<unknown> = Promise.resolve();

  /** One run after the other: a program can do no two at once, and none may be closed while it runs. */
  function run(key: string, trace: () => Program, feeds: Feeds): Promise<Outputs> {
    const result = last.then(async () => {
      const step =
        steps.get(key) ?? (await openStep(trace(), { weights: 'embedded', ...options, state: tensors }));
      steps.delete(key);
      steps.set(key, step);
      const [oldest] = steps;
      if (steps.size > keptPrograms && oldest !== undefined) {
        steps.delete(oldest[0]);
        await oldest[1].close();
      }
      return step.run(feeds);
    });
    last = result.catch(() => {});
    return result;
  }

  return {
    prefill: (size, feeds) => run(`prefill ${Object.values(size)}`, () => tracePrefill(config, size), feeds),
    step: (size, feeds) => run(`step ${Object.values(size)}`, () => traceStep(config, size), feeds),
    async close() {
      await last;
      for (const step of steps.values()) await step.close();
      steps.clear();
    },
  };
}

function tracePrefill(config: ReaderConfig, size: BatchSize): Program {
  const graph = createGraph();
  const weights = declareReader(graph, config);
  const pages = encodePages(weights, pageInputs(graph, config, size));
  const inputs = tokenInputs(graph, size);
  const embedded = embed(weights, inputs, pages);
  const { outputs, keep } = collector();
  const x = decode(weights, embedded, turnsFor(weights, inputs), keep(causalLook(graph, size.tokens)));
  const ends = gather(reshape(x, [-1, config.width]), graph.input('last', [size.samples], 'int32'));
  return { outputs: { logits: logitsOf(weights, ends), ...outputs } };
}

function traceStep(config: ReaderConfig, { samples, places }: CacheSize): Program {
  const { heads, width, vocabularySize } = config;
  const graph = createGraph();
  const weights = declareReader(graph, config);
  const token = graph.input('tokens', [samples, 1], 'int32');
  const earlier = graph.input('before', [samples, 1, tokensBefore], 'int32');
  const at = graph.input('at', [samples], 'int32');
  const turns = turnsOf(graph, config, graph.input('places', [samples, 1, coordinates]));
  const numbers = graph.constant(
    Array.from({ length: places }, (_, i) => i),
    [places],
    'int32',
  );
  const isBefore = less(numbers, reshape(at, [samples, 1, 1, 1]));
  const cached = (name: string) => graph.input(name, [samples, heads, places, width / heads]);
  const { outputs, keep } = collector();
  const look: Look = (layer, q, k, v) => {
    const scores = (keys: Tensor) => mul(matMul(q, transpose(keys)), 1 / Math.sqrt(width / heads));
    const before = add(scores(cached(`keys.${layer}`)), where(isBefore, 0, -1e9));
    const [past, own] = split(softmax(concat([before, scores(k)], -1)), -1, [places, 1]);
    return add(matMul(past!, cached(`values.${layer}`)), matMul(own!, v));
  };
  const x = decode(weights, embedNext(weights, token, earlier), turns, keep(look));
  return { outputs: { logits: reshape(logitsOf(weights, x), [samples, vocabularySize]), ...outputs } };
}

/** Makes the keys and values that a look was given results of the program. */
function collector() {
  const outputs: Record<string, Tensor> = {};
  const keep =
    (look: Look): Look =>
    (layer, q, k, v) => {
      outputs[`keys.${layer}`] = k;
      outputs[`values.${layer}`] = v;
      return look(layer, q, k, v);
    };
  return { outputs, keep };
}
