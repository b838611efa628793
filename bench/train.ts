/**
 * A training step of a small decoder (forward, backward, clipped AdamW) as our one ONNX graph, in jax-js and, where
 * python3 has it, in PyTorch: one step of each in turn, medians. What a step reaches of the rate of a plain matrix
 * product, measured in the same turns, is what carries over to other machines.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import * as runtime from 'onnxruntime-node';
import { createGraph, createState, matMul, openStep } from '../src/graph/index.ts';
import { openJax } from '../src/graph/test/jax-transformer.ts';
import { copyTask, type Size, traceTraining } from '../src/graph/test/transformer.ts';
import { median } from './harness.ts';

/** Workload T: 3.5 M parameters, 47 GFLOP a step. */
const size: Size = { layers: 4, width: 256, heads: 4, positions: 256, batch: 8, vocabulary: 512 };
const optimiser = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01, clipNorm: 1 };
const learningRate = 1e-3;

/** Of the products alone, forward and twice that backward. */
function gigaflopsPerStep({ layers, width, positions, batch, vocabulary }: Size): number {
  const rows = positions * batch;
  const weights = 2 * rows * (layers * 12 * width ** 2 + width * vocabulary);
  const scores = layers * 4 * positions * rows * width;
  return (3 * (weights + scores)) / 1e9;
}

interface Engine {
  readonly name: string;
  /** One unit of work; returns its milliseconds. */
  run(): Promise<number>;
  readonly gigaflops: number;
  /** Runs that do not count: they compile, and fill the allocator. */
  readonly warmUps: number;
  close(): Promise<void> | void;
}

const timed = (work: () => Promise<unknown>) => async () => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

async function openProduct(length: number): Promise<Engine> {
  const graph = createGraph();
  const [a, b] = ['a', 'b'].map(name => graph.input(name, [length, length]));
  const step = await openStep({ outputs: { c: matMul(a!, b!) } }, { runtime, state: new Map() });
  const feeds = Object.fromEntries(
    ['a', 'b'].map(name => [name, Float32Array.from({ length: length ** 2 }, (_, i) => Math.sin(i))]),
  );
  const gigaflops = (2 * length ** 3) / 1e9;
  const run = timed(() => step.run(feeds));
  return { name: `product ${length}³`, run, gigaflops, warmUps: 2, close: () => step.close() };
}

async function openOurs(threads: number): Promise<Engine> {
  const { graph, program } = traceTraining(size, optimiser);
  const step = await openStep(program, { runtime, state: createState(graph, 1), threads });
  const batch = copyTask(size, 1);
  const name = `ours, ${threads} thread${threads === 1 ? '' : 's'}`;
  const run = timed(() => step.run({ ...batch, learningRate }));
  return { name, run, gigaflops: gigaflopsPerStep(size), warmUps: 3, close: () => step.close() };
}

async function openJaxEngine(): Promise<Engine> {
  const jax = await openJax(size, createState(traceTraining(size, optimiser).graph, 1), optimiser);
  const batch = copyTask(size, 1);
  const run = timed(() => jax.step(batch, learningRate));
  return { name: 'jax-js, wasm, 1 thread', run, gigaflops: gigaflopsPerStep(size), warmUps: 1, close() {} };
}

/** Undefined where python3 has no torch. */
async function openTorch(threads: number): Promise<Engine | undefined> {
  const script = fileURLToPath(new URL('train-torch.py', import.meta.url));
  const args = [script, JSON.stringify({ ...size, threads })];
  const env = { ...process.env, OMP_NUM_THREADS: String(threads), OPENBLAS_NUM_THREADS: String(threads) };
  const python: ChildProcess = spawn(process.env['GLYPH_PYTHON'] ?? 'python3', args, {
    stdio: ['pipe', 'pipe', 'ignore'],
    env,
  });
  const lines = createInterface({ input: python.stdout! })[Symbol.asyncIterator]();
  const started = Promise.race([once(python, 'error').then(() => undefined), lines.next()]);
  const version = await started.catch(() => undefined);
  if (version === undefined || version.done) return undefined;
  return {
    name: `PyTorch ${version.value}, ${threads} thread${threads === 1 ? '' : 's'}`,
    gigaflops: gigaflopsPerStep(size),
    warmUps: 3,
    async run() {
      python.stdin!.write('step\n');
      return Number((await lines.next()).value);
    },
    close: () => void python.stdin!.end(),
  };
}

/** Milliseconds of each engine, in turns. */
async function measure(engines: readonly Engine[], rounds: number): Promise<number[][]> {
  for (const engine of engines) for (let i = 0; i < engine.warmUps; i++) await engine.run();
  const times = engines.map((): number[] => []);
  for (let round = 0; round < rounds; round++)
    for (const [i, engine] of engines.entries()) times[i]!.push(await engine.run());
  return times;
}

export async function benchTrain({ quick }: { readonly quick: boolean }): Promise<void> {
  const products = await Promise.all([512, 1024].map(openProduct));
  const steps = [
    await openOurs(1),
    await openTorch(1),
    await openJaxEngine(),
    await openOurs(2),
    await openTorch(2),
  ].filter(engine => engine !== undefined);
  const engines = [...products, ...steps];
  const times = await measure(engines, quick ? 3 : 9);
  const rates = engines.map(({ gigaflops }, i) => (1000 * gigaflops) / median(times[i]!));
  const ours = products.length;
  const rows = engines.map(({ name }, i) => [
    name,
    {
      ms: median(times[i]!).toFixed(i < ours ? 1 : 0),
      'best ms': Math.min(...times[i]!).toFixed(i < ours ? 1 : 0),
      'GFLOP/s': rates[i]!.toFixed(0),
      'of 1024³': `${((100 * rates[i]!) / rates[ours - 1]!).toFixed(0)} %`,
      'ours is faster by': i <= ours ? '' : `${(median(times[i]!) / median(times[ours]!)).toFixed(2)}x`,
    },
  ]);
  console.log(`\nA training step of ${gigaflopsPerStep(size).toFixed(1)} GFLOP`);
  console.table(Object.fromEntries(rows));
  if (!steps.some(({ name }) => name.startsWith('PyTorch')))
    console.log('no PyTorch: python3 (or GLYPH_PYTHON) has no torch');
  for (const engine of engines) await engine.close();
}
