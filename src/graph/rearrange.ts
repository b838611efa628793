/** Operations that move values without changing them: reshape, transpose, slice, split, concat. */
import { apply, applyAll, integers } from './apply.ts';
import type { Tensor } from './graph.ts';
import { axisOf, type Shape, sameShape, shapeText, sizeOf, traceError } from './shape.ts';

/** One length may be -1: whatever is left. */
export function reshape(x: Tensor, lengths: Shape): Tensor {
  const known = sizeOf(lengths.filter(length => length !== -1));
  const shape = lengths.map(length => (length === -1 ? sizeOf(x.shape) / known : length));
  if (!shape.every(Number.isInteger) || sizeOf(shape) !== sizeOf(x.shape))
    throw traceError(
      'reshape',
      `a shape of ${sizeOf(x.shape)} values, as ${shapeText(x.shape)}`,
      shapeText(lengths),
    );
  if (sameShape(shape, x.shape)) return x;
  const { source } = x;
  if (source.kind === 'node' && source.node.operator === 'Reshape')
    return reshape(source.node.inputs[0]!, shape);
  return apply('Reshape', [x, integers(x.graph, shape)], { shape, gradient: g => [reshape(g, x.shape)] });
}

/** Axis `i` of the result is axis `order[i]` of `x`; without an order the last two change places. */
export function transpose(x: Tensor, order: readonly number[] = swapLast(x.shape.length)): Tensor {
  const axes = order.map(axis => axisOf('transpose', axis, x.shape.length));
  if (axes.length !== x.shape.length || new Set(axes).size !== axes.length)
    throw traceError('transpose', `each axis of ${shapeText(x.shape)} once`, shapeText(order));
  if (axes.every((axis, at) => axis === at)) return x;
  const { source } = x;
  if (source.kind === 'node' && source.node.operator === 'Transpose') {
    // Two that cancel go; others stay apart, since ONNX Runtime can take a swap of the last two axes into a product.
    const before = source.node.attributes['perm'] as readonly number[];
    if (axes.every((axis, at) => before[axis] === at)) return source.node.inputs[0]!;
  }
  const back = axes.map((_, axis) => axes.indexOf(axis));
  return apply('Transpose', [x], {
    shape: axes.map(axis => x.shape[axis]!),
    attributes: { perm: axes },
    gradient: g => [transpose(g, back)],
  });
}

function swapLast(rank: number): number[] {
  if (rank < 2) throw traceError('transpose', 'at least two axes', String(rank));
  return Array.from({ length: rank }, (_, axis) => (axis < rank - 2 ? axis : 2 * rank - 3 - axis));
}

/** From `start` up to `end`, not included, along one axis. */
export function slice(x: Tensor, axis: number, start: number, end: number): Tensor {
  const at = axisOf('slice', axis, x.shape.length);
  const length = x.shape[at]!;
  if (!(Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start < end && end <= length))
    throw traceError('slice', `a range within 0 to ${length}`, `${start} to ${end}`);
  if (start === 0 && end === length) return x;
  const bounds = [[start], [end], [at]].map(values => integers(x.graph, values));
  return apply('Slice', [x, ...bounds], {
    shape: x.shape.with(at, end - start),
    gradient: g => [pad(g, at, start, length - end)],
  });
}

/** Zeros before and after along one axis. */
function pad(x: Tensor, axis: number, before: number, after: number): Tensor {
  const counts = (count: number) => x.shape.map((_, at) => (at === axis ? count : 0));
  const length = x.shape[axis]!;
  return apply('Pad', [x, integers(x.graph, [...counts(before), ...counts(after)])], {
    shape: x.shape.with(axis, before + length + after),
    gradient: g => [slice(g, axis, before, before + length)],
  });
}

/** Parts of these lengths along one axis. */
export function split(x: Tensor, axis: number, lengths: readonly number[]): readonly Tensor[] {
  const at = axisOf('split', axis, x.shape.length);
  const sum = lengths.reduce((total, length) => total + length, 0);
  if (sum !== x.shape[at])
    throw traceError('split', `lengths that add up to ${x.shape[at]}`, shapeText(lengths));
  if (lengths.length === 1) return [x];
  const outputs = lengths.map(length => ({ shape: x.shape.with(at, length), dtype: x.dtype }));
  return applyAll({
    operator: 'Split',
    inputs: [x, integers(x.graph, lengths)],
    attributes: { axis: at },
    outputs,
    gradient: parts => [
      concat(
        parts.map((part, i) => part ?? zeros(x, outputs[i]!.shape)),
        at,
      ),
    ],
  });
}

const zeros = (like: Tensor, shape: Shape): Tensor =>
  apply('Expand', [like.graph.constant(0), integers(like.graph, shape)], { shape });

export function concat(parts: readonly Tensor[], axis: number): Tensor {
  const [first] = parts;
  if (first === undefined) throw traceError('concat', 'at least one tensor', 'none');
  const at = axisOf('concat', axis, first.shape.length);
  for (const part of parts) {
    if (part.dtype !== first.dtype || !sameShape(part.shape.with(at, 1), first.shape.with(at, 1)))
      throw traceError(
        'concat',
        `${first.dtype} ${shapeText(first.shape)} but for axis ${at}`,
        `${part.dtype} ${shapeText(part.shape)}`,
      );
  }
  if (parts.length === 1) return first;
  const lengths = parts.map(part => part.shape[at]!);
  return apply('Concat', parts, {
    shape: first.shape.with(
      at,
      lengths.reduce((total, length) => total + length),
    ),
    attributes: { axis: at },
    gradient: g => split(g, at, lengths),
  });
}
