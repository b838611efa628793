/** For tests: traces a graph, runs it once on ONNX Runtime, and random values to feed it. */
import * as runtime from 'onnxruntime-node';
import { createRandom } from '../../base/index.ts';
import {
  createGraph,
  createState,
  type Feeds,
  type Graph,
  openStep,
  type Shape,
  type Tensor,
} from '../index.ts';
import { sizeOf } from '../shape.ts';

/** Values of the outputs that `trace` returns. */
export async function evaluate<Name extends string>(
  feeds: Feeds,
  trace: (graph: Graph) => Readonly<Record<Name, Tensor>>,
): Promise<Readonly<Record<Name, Float32Array>>> {
  const graph = createGraph();
  const step = await openStep({ outputs: trace(graph) }, { runtime, state: createState(graph, 1) });
  try {
    return await step.run(feeds);
  } finally {
    await step.close();
  }
}

/** Uniform within the range; multiples of `grid` plus half of one where that is given, so that kinks are not met. */
export function randomValues(
  seed: number | string,
  shape: Shape,
  {
    low = -2,
    high = 2,
    grid = 0,
  }: { readonly low?: number; readonly high?: number; readonly grid?: number } = {},
): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length: sizeOf(shape) }, () => {
    if (grid === 0) return low + (high - low) * random.next();
    return (random.integer(Math.round(low / grid), Math.round(high / grid) - 1) + 0.5) * grid;
  });
}

export const assertClose = (
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
): void => {
  const worst = Array.from(expected, (value, i) => Math.abs(value - actual[i]!)).reduce(
    (a, b) => Math.max(a, b),
    0,
  );
  if (actual.length !== expected.length || !(worst <= tolerance))
    throw new Error(
      `${worst} apart: ${Array.from(actual).slice(0, 8)} … against ${Array.from(expected).slice(0, 8)} …`,
    );
};
