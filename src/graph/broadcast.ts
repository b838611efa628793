/**
 * Stretching a tensor over more elements and summing it up again: each is the other's gradient. `sumTo` is what every
 * broadcasting operation ends its gradient with.
 */
import { apply, checkDtype, integers } from './apply.ts';
import type { Tensor } from './graph.ts';
import { reshape } from './rearrange.ts';
import { axesOf, broadcastShapes, type Shape, sameShape, shapeText, sizeOf, traceError } from './shape.ts';

export interface ReduceOptions {
  /** All unless given. */
  readonly axes?: readonly number[];
  /** Whether axes that were reduced stay, with length 1; they go unless given. */
  readonly keepAxes?: boolean;
}

/** The same values repeated until the shape is filled. */
export function expand(x: Tensor, shape: Shape): Tensor {
  if (!sameShape(broadcastShapes('expand', x.shape, shape), shape))
    throw traceError('expand', `a shape that ${shapeText(x.shape)} broadcasts to`, shapeText(shape));
  if (sameShape(x.shape, shape)) return x;
  return apply('Expand', [x, integers(x.graph, shape)], { shape, gradient: g => [sumTo(g, x.shape)] });
}

/** Shapes of a reduction's result, with its axes as length 1 and without them. */
export function reducedShapes(operation: string, x: Tensor, options: ReduceOptions) {
  const axes = axesOf(operation, options.axes, x.shape.length);
  const kept = x.shape.map((length, axis) => (axes.includes(axis) ? 1 : length));
  const shape = options.keepAxes === true ? kept : x.shape.filter((_, axis) => !axes.includes(axis));
  const count = sizeOf(x.shape) / sizeOf(kept);
  return { axes, kept, shape, count };
}

export function sum(x: Tensor, options: ReduceOptions = {}): Tensor {
  checkDtype('sum', x, 'float32', 'int32', 'int64');
  const { axes, kept, shape, count } = reducedShapes('sum', x, options);
  if (count === 1) return reshape(x, shape);
  const reduced = apply('ReduceSum', [x, integers(x.graph, axes)], {
    shape: kept,
    attributes: { keepdims: 1 },
    gradient: g => [expand(g, x.shape)],
  });
  return reshape(reduced, shape);
}

/** Sums over what broadcasting from `shape` had repeated. */
export function sumTo(x: Tensor, shape: Shape): Tensor {
  const extra = x.shape.length - shape.length;
  const axes = x.shape.flatMap((length, axis) =>
    axis < extra || (length !== 1 && shape[axis - extra] === 1) ? [axis] : [],
  );
  return reshape(axes.length === 0 ? x : sum(x, { axes }), shape);
}
