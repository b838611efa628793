/** Operations on elements one by one, with NumPy's broadcasting. A plain number stands for a constant of the other's type. */
import { apply, checkDtype } from './apply.ts';
import { sumTo } from './broadcast.ts';
import { type Dtype, onnxTypes } from './dtype.ts';
import type { Tensor } from './graph.ts';
import { broadcastShapes, sameShape, traceError } from './shape.ts';

export type Operand = Tensor | number;

/** Both as tensors of one type. */
function operands(operation: string, a: Operand, b: Operand): readonly [Tensor, Tensor] {
  const like = typeof a === 'number' ? b : a;
  if (typeof like === 'number') throw traceError(operation, 'at least one tensor', 'two numbers');
  const asTensor = (value: Operand) =>
    typeof value === 'number' ? like.graph.constant(value, [], like.dtype) : value;
  const [left, right] = [asTensor(a), asTensor(b)];
  if (left.dtype !== right.dtype)
    throw traceError(operation, 'operands of one type', `${left.dtype} and ${right.dtype}`);
  return [unexpanded(left, right), unexpanded(right, left)];
}

/** Repeating values first is for nothing where the operation itself would. */
function unexpanded(x: Tensor, other: Tensor): Tensor {
  if (x.source.kind !== 'node' || x.source.node.operator !== 'Expand') return x;
  const inner = x.source.node.inputs[0]!;
  return sameShape(broadcastShapes('expand', inner.shape, other.shape), x.shape) ? inner : x;
}

type PairGradient = (
  g: Tensor,
  a: Tensor,
  b: Tensor,
  result: Tensor,
) => readonly [Tensor | undefined, Tensor | undefined];

function arithmetic(operator: string, gradient: PairGradient) {
  const operation = operator.toLowerCase();
  return (left: Operand, right: Operand): Tensor => {
    const [a, b] = operands(operation, left, right);
    checkDtype(operation, a, 'float32', 'int32', 'int64');
    const result: Tensor = apply(operator, [a, b], {
      shape: broadcastShapes(operation, a.shape, b.shape),
      gradient: g => {
        const [ofA, ofB] = gradient(g, a, b, result);
        return [ofA && sumTo(ofA, a.shape), ofB && sumTo(ofB, b.shape)];
      },
    });
    return result;
  };
}

export const add = arithmetic('Add', g => [g, g]);
export const sub = arithmetic('Sub', g => [g, neg(g)]);
export const mul = arithmetic('Mul', (g, a, b) => [mul(g, b), mul(g, a)]);
export const div = arithmetic('Div', (g, _, b, result) => [div(g, b), neg(div(mul(g, result), b))]);
/** Where both are equal the gradient goes to the first. */
export const minimum = arithmetic('Min', (g, a, b) => share(lessOrEqual(a, b), g));
export const maximum = arithmetic('Max', (g, a, b) => share(lessOrEqual(b, a), g));

const share = (isFirst: Tensor, g: Tensor) => [where(isFirst, g, 0), where(isFirst, 0, g)] as const;

function comparison(operator: string, ...dtypes: readonly Dtype[]) {
  const operation = operator.toLowerCase();
  return (left: Operand, right: Operand): Tensor => {
    const [a, b] = operands(operation, left, right);
    checkDtype(operation, a, ...dtypes);
    return apply(operator, [a, b], { shape: broadcastShapes(operation, a.shape, b.shape), dtype: 'bool' });
  };
}

export const equal = comparison('Equal', 'float32', 'int32', 'int64', 'bool');
export const less = comparison('Less', 'float32', 'int32', 'int64');
export const lessOrEqual = comparison('LessOrEqual', 'float32', 'int32', 'int64');
export const and = comparison('And', 'bool');
export const or = comparison('Or', 'bool');

export function not(x: Tensor): Tensor {
  checkDtype('not', x, 'bool');
  return apply('Not', [x], { shape: x.shape });
}

/** `a` where the condition holds, else `b`. */
export function where(condition: Tensor, left: Operand, right: Operand): Tensor {
  checkDtype('where', condition, 'bool');
  const [a, b] =
    typeof left === 'number' && typeof right === 'number'
      ? [condition.graph.constant(left), condition.graph.constant(right)]
      : operands('where', left, right);
  const shape = broadcastShapes('where', condition.shape, broadcastShapes('where', a.shape, b.shape));
  return apply('Where', [condition, a, b], {
    shape,
    dtype: a.dtype,
    gradient: g => [
      undefined,
      sumTo(where(condition, g, 0), a.shape),
      sumTo(where(condition, 0, g), b.shape),
    ],
  });
}

function unary(operator: string, gradient: (g: Tensor, x: Tensor, result: Tensor) => Tensor) {
  return (x: Tensor): Tensor => {
    checkDtype(operator.toLowerCase(), x, 'float32');
    const result: Tensor = apply(operator, [x], { shape: x.shape, gradient: g => [gradient(g, x, result)] });
    return result;
  };
}

export const neg = unary('Neg', g => neg(g));
export const exp = unary('Exp', (g, _, result) => mul(g, result));
export const log = unary('Log', (g, x) => div(g, x));
export const cos = unary('Cos', (g, x) => neg(mul(g, sin(x))));
export const sin = unary('Sin', (g, x) => mul(g, cos(x)));
export const sqrt = unary('Sqrt', (g, _, result) => div(mul(g, 0.5), result));
export const tanh = unary('Tanh', (g, _, result) => mul(g, sub(1, mul(result, result))));
export const sigmoid = unary('Sigmoid', (g, _, result) => mul(g, mul(result, sub(1, result))));
export const relu = unary('Relu', (g, x) => where(less(0, x), g, 0));

/** @param exponent a constant */
export function pow(x: Tensor, exponent: number): Tensor {
  checkDtype('pow', x, 'float32');
  if (exponent === 1) return x;
  if (exponent === 2) return mul(x, x);
  return apply('Pow', [x, x.graph.constant(exponent)], {
    shape: x.shape,
    gradient: g => [mul(g, mul(pow(x, exponent - 1), exponent))],
  });
}

/** Outside the range there is no gradient; on its borders there is. */
export function clip(x: Tensor, low: number, high: number): Tensor {
  checkDtype('clip', x, 'float32');
  if (!(low <= high)) throw traceError('clip', 'a lower bound below the upper', `${low} and ${high}`);
  const inside = () => and(lessOrEqual(low, x), lessOrEqual(x, high));
  return apply('Clip', [x, x.graph.constant(low), x.graph.constant(high)], {
    shape: x.shape,
    gradient: g => [where(inside(), g, 0)],
  });
}

/** No gradient flows: only float32 has gradients, and casting it to itself is `x`. */
export function cast(x: Tensor, dtype: Dtype): Tensor {
  if (x.dtype === dtype) return x;
  return apply('Cast', [x], { shape: x.shape, dtype, attributes: { to: onnxTypes[dtype] } });
}
