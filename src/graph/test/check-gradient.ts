/**
 * For tests: a gradient against central differences. An operation's result, weighted at random, is differentiated along
 * one random direction for each input; the differences are taken in double precision from float32 results.
 */
import * as runtime from 'onnxruntime-node';
import {
  createGraph,
  createState,
  gradients,
  mul,
  openStep,
  type Shape,
  sum,
  type Tensor,
  type Values,
} from '../index.ts';
import { sizeOf } from '../shape.ts';
import { randomValues } from './evaluate.ts';

export interface Point {
  readonly shape: Shape;
  readonly values: Float32Array;
}

const distance = 1 / 128;
const tolerance = 2e-3;

export async function checkGradient(
  seed: number,
  points: readonly Point[],
  operation: (...inputs: Tensor[]) => Tensor,
): Promise<void> {
  const graph = createGraph();
  const inputs = points.map(({ shape }, i) => graph.input(`x${i}`, shape));
  const y = operation(...inputs);
  const weights = randomValues(`${seed} weights`, y.shape);
  const loss = sum(mul(y, graph.constant(weights, y.shape)));
  const found = gradients(loss, inputs);
  const outputs = { y, ...Object.fromEntries(found.map((gradient, i) => [`g${i}`, gradient])) };
  const step = await openStep<string>({ outputs }, { runtime, state: createState(graph, seed) });
  const run = (values: readonly Values[]) =>
    step.run(Object.fromEntries(values.map((value, i) => [`x${i}`, value])));
  try {
    const values = points.map(point => point.values);
    const here = await run(values);
    for (const [i, point] of points.entries()) {
      const direction = randomValues(`${seed} ${i}`, point.shape, { low: -1, high: 1 });
      const moved = (by: number) =>
        values.with(
          i,
          point.values.map((value, j) => value + by * direction[j]!),
        );
      const [after, before] = [await run(moved(distance)), await run(moved(-distance))];
      const difference = weights.reduce(
        (total, weight, j) => total + weight * (after['y']![j]! - before['y']![j]!),
        0,
      );
      const gradient = here[`g${i}`]!;
      if (gradient.length !== sizeOf(point.shape)) throw new Error(`a gradient of ${gradient.length} values`);
      const terms = Array.from(gradient, (value, j) => value * direction[j]!);
      const slope = terms.reduce((total, term) => total + term, 0);
      const size = terms.reduce((total, term) => total + Math.abs(term), 1);
      const expected = difference / (2 * distance);
      if (!(Math.abs(slope - expected) <= tolerance * size))
        throw new Error(`input ${i}: slope ${slope} by the rule, ${expected} by differences`);
    }
  } finally {
    await step.close();
  }
}
