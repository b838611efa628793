/** Scaled dot-product attention (Vaswani et al., 2017) and rotary positions (Su et al., 2021). */

import { softmax } from './activation.ts';
import { withGradient } from './apply.ts';
import { sum, sumTo } from './broadcast.ts';
import { add, mul, sub, where } from './elementwise.ts';
import type { Tensor } from './graph.ts';
import { matMul } from './matmul.ts';
import { concat, slice, transpose } from './rearrange.ts';
import { traceError } from './shape.ts';

/**
 * Added to scores that the mask hides, for weights of exactly 0. Nothing nearer to the others: at -100 weights become
 * denormal numbers, with which ONNX Runtime's products take twenty times as long.
 */
const hidden = -1e9;

interface AttentionOptions {
  /** True where a query may look at a key; broadcasts to `[…, queries, keys]`. All of them unless given. */
  readonly mask?: Tensor;
  /** Of the scores; `1 / √width` unless given. */
  readonly scale?: number;
}

/**
 * `[…, queries, width], […, keys, width], […, keys, values] → […, queries, values]`; leading axes, as batch and heads,
 * broadcast. A query that may look nowhere sees the mean of everything. ONNX Runtime's CPU engine reads inputs that
 * were transposed to this from `[positions, batch, heads, width]` in place; from `[batch, positions, …]` it copies.
 */
export function attention(q: Tensor, k: Tensor, v: Tensor, options: AttentionOptions = {}): Tensor {
  const { mask, scale = 1 / Math.sqrt(q.shape.at(-1)!) } = options;
  const products = mul(matMul(q, transpose(k)), scale);
  const weights = softmax(mask === undefined ? products : add(products, where(mask, 0, hidden)));
  const y = matMul(weights, v);
  return withGradient(y, [q, k, v], g => {
    // The sum over keys of weight · gradient, from the much smaller results (Dao et al., 2022, FlashAttention).
    const shared = sum(mul(g, y), { axes: [-1], keepAxes: true });
    const ofProducts = mul(weights, sub(matMul(g, transpose(v)), shared));
    return [
      sumTo(mul(matMul(ofProducts, k), scale), q.shape),
      sumTo(mul(matMul(transpose(ofProducts), q), scale), k.shape),
      sumTo(matMul(transpose(weights), g), v.shape),
    ];
  });
}

/**
 * Turns pairs of columns (`i` and `i + width / 2`) by the angles of their positions: `[…, positions, width]`.
 * @param cos, sin `[positions, width / 2]`
 */
export function rotary(x: Tensor, cos: Tensor, sin: Tensor): Tensor {
  const width = x.shape.at(-1) ?? 1;
  if (width % 2 !== 0) throw traceError('rotary', 'an even width', String(width));
  const turned = turn(x, cos, sin);
  return withGradient(turned, [x], g => [turn(g, cos, mul(sin, -1))]);
}

function turn(x: Tensor, cos: Tensor, sin: Tensor): Tensor {
  const width = x.shape.at(-1)!;
  const [left, right] = [slice(x, -1, 0, width / 2), slice(x, -1, width / 2, width)];
  return concat([sub(mul(left, cos), mul(right, sin)), add(mul(right, cos), mul(left, sin))], -1);
}
