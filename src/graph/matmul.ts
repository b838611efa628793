/** Matrix products. ONNX Runtime's CPU engine folds the transposes that gradients need into the product itself. */
import { apply, checkDtype } from './apply.ts';
import { sumTo } from './broadcast.ts';
import type { Tensor } from './graph.ts';
import { reshape, transpose } from './rearrange.ts';
import { broadcastShapes, shapeText, traceError } from './shape.ts';

/** `[…, m, k] × […, k, n] → […, m, n]`; the leading axes broadcast. */
export function matMul(a: Tensor, b: Tensor): Tensor {
  for (const x of [a, b]) checkDtype('matMul', x, 'float32');
  const [m, k] = a.shape.slice(-2);
  const [rows, n] = b.shape.slice(-2);
  if (a.shape.length < 2 || b.shape.length < 2 || k !== rows)
    throw traceError('matMul', '[…, m, k] and […, k, n]', `${shapeText(a.shape)} and ${shapeText(b.shape)}`);
  if (a.shape.length > 2 && b.shape.length === 2) {
    // As one product its gradient for `b` is one too, instead of a product a batch and their sum.
    return reshape(matMul(reshape(a, [-1, k!]), b), [...a.shape.slice(0, -1), n!]);
  }
  const batch = broadcastShapes('matMul', a.shape.slice(0, -2), b.shape.slice(0, -2));
  return apply('MatMul', [a, b], {
    shape: [...batch, m!, n!],
    gradient: g => [sumTo(matMul(g, transpose(b)), a.shape), sumTo(matMul(transpose(a), g), b.shape)],
  });
}
