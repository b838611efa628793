/** Mean and maximum over axes; the sum is in `broadcast.ts`. */
import { apply, checkDtype, integers } from './apply.ts';
import { type ReduceOptions, reducedShapes, sum } from './broadcast.ts';
import { cast, div, equal, mul } from './elementwise.ts';
import type { Tensor } from './graph.ts';
import { reshape } from './rearrange.ts';

export const mean = (x: Tensor, options: ReduceOptions = {}): Tensor =>
  mul(sum(x, options), 1 / reducedShapes('mean', x, options).count);

/** Where several are largest they share the gradient. */
export function max(x: Tensor, options: ReduceOptions = {}): Tensor {
  checkDtype('max', x, 'float32');
  const { axes, kept, shape, count } = reducedShapes('max', x, options);
  if (count === 1) return reshape(x, shape);
  const largest: Tensor = apply('ReduceMax', [x, integers(x.graph, axes)], {
    shape: kept,
    attributes: { keepdims: 1 },
    gradient: g => {
      const isLargest = cast(equal(x, largest), 'float32');
      return [mul(isLargest, div(g, sum(isLargest, { axes, keepAxes: true })))];
    },
  });
  return reshape(largest, shape);
}
