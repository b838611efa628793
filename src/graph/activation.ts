/** Activations of a transformer, each with the shortest gradient rule known for it, and softmax over the last axis. */
import { apply, checkDtype, withGradient } from './apply.ts';
import { sum } from './broadcast.ts';
import { add, exp, mul, relu, sigmoid, sub } from './elementwise.ts';
import type { Tensor } from './graph.ts';
import { traceError } from './shape.ts';

/**
 * The tanh form of Hendrycks and Gimpel (2016). With a sigmoid it reads `x · σ(x (a + b x²))`, which is what its
 * gradient is taken from.
 */
export function gelu(x: Tensor): Tensor {
  checkDtype('gelu', x, 'float32');
  const a = 2 * Math.sqrt(2 / Math.PI);
  const b = a * 0.044715;
  const y: Tensor = apply('Gelu', [x], {
    shape: x.shape,
    attributes: { approximate: 'tanh' },
    gradient: g => {
      const square = mul(x, x);
      const gate = sigmoid(mul(x, add(mul(square, b), a)));
      const slope = add(mul(square, 3 * b), a);
      return [mul(g, add(gate, mul(mul(y, sub(1, gate)), slope)))];
    },
  });
  return y;
}

/** `x · σ(x)`. */
export function silu(x: Tensor): Tensor {
  const gate = sigmoid(x);
  const y = mul(x, gate);
  return withGradient(y, [x], g => [mul(g, add(gate, mul(y, sub(1, gate))))]);
}

/** `max(0, x)²` (So et al., 2021, Primer): four passes over memory, forward and back, where gelu needs thirteen. */
export function squaredRelu(x: Tensor): Tensor {
  const positive = relu(x);
  return withGradient(mul(positive, positive), [x], g => [mul(g, mul(positive, 2))]);
}

const lastAxis = { axes: [-1], keepAxes: true };

export function softmax(x: Tensor): Tensor {
  checkRows('softmax', x);
  const y: Tensor = apply('Softmax', [x], {
    shape: x.shape,
    attributes: { axis: -1 },
    gradient: g => [mul(y, sub(g, sum(mul(g, y), lastAxis)))],
  });
  return y;
}

export function logSoftmax(x: Tensor): Tensor {
  checkRows('logSoftmax', x);
  const y: Tensor = apply('LogSoftmax', [x], {
    shape: x.shape,
    attributes: { axis: -1 },
    gradient: g => [sub(g, mul(exp(y), sum(g, lastAxis)))],
  });
  return y;
}

function checkRows(operation: string, x: Tensor): void {
  checkDtype(operation, x, 'float32');
  if (x.shape.length === 0) throw traceError(operation, 'at least one axis', 'a scalar');
}

/**
 * @param mask 1 for what stays and 0 for what goes; an input that the caller draws anew for each step
 * @param rate how much goes, e.g. 0.1
 */
export function dropout(x: Tensor, mask: Tensor, rate: number): Tensor {
  if (!(rate >= 0 && rate < 1)) throw traceError('dropout', 'a rate from 0 to below 1', String(rate));
  return mul(x, mul(mask, 1 / (1 - rate)));
}
