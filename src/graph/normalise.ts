/** Layer normalisation (Ba et al., 2016) and root-mean-square normalisation (Zhang and Sennrich, 2019) of the last axis. */
import { applyAll, checkDtype, withGradient } from './apply.ts';
import { expand, sumTo } from './broadcast.ts';
import { add, div, mul, sqrt, sub } from './elementwise.ts';
import type { Tensor } from './graph.ts';
import { matMul } from './matmul.ts';
import { reshape } from './rearrange.ts';
import { mean } from './reduce.ts';
import { sameShape, shapeText, traceError } from './shape.ts';

interface LayerNormOptions {
  /** One value a column, as the weight; none unless given. */
  readonly bias?: Tensor;
  /** Added to the variance; 1e-5 unless given. */
  readonly epsilon?: number;
}

/** @param weight one value a column, of shape `[x.shape.at(-1)]` */
export function layerNorm(
  x: Tensor,
  weight: Tensor,
  { bias, epsilon = 1e-5 }: LayerNormOptions = {},
): Tensor {
  const columns = checkColumns('layerNorm', x, weight, bias);
  const rows = [...x.shape.slice(0, -1), 1];
  const [plain, , inverse] = applyAll({
    operator: 'LayerNormalization',
    inputs: [x, expand(x.graph.constant(1), columns)],
    attributes: { axis: -1, epsilon: { float: epsilon } },
    outputs: [x.shape, rows, rows].map(shape => ({ shape, dtype: 'float32' as const })),
  }) as readonly [Tensor, Tensor, Tensor];
  const y = withGradient(mul(plain, weight), [x, weight], g => {
    const ofPlain = mul(g, weight);
    const centred = sub(ofPlain, rowMean(ofPlain));
    return [acrossScale(centred, g, plain, weight, inverse), sumTo(mul(g, plain), columns)];
  });
  return bias === undefined ? y : add(y, bias);
}

interface RmsNormOptions {
  /** Added to the mean square; 1e-5 unless given. */
  readonly epsilon?: number;
}

/** @param weight one value a column, of shape `[x.shape.at(-1)]` */
export function rmsNorm(x: Tensor, weight: Tensor, { epsilon = 1e-5 }: RmsNormOptions = {}): Tensor {
  const columns = checkColumns('rmsNorm', x, weight);
  const inverse = div(1, sqrt(add(rowMean(mul(x, x)), epsilon)));
  const plain = mul(x, inverse);
  return withGradient(mul(plain, weight), [x, weight], g => [
    acrossScale(mul(g, weight), g, plain, weight, inverse),
    sumTo(mul(g, plain), columns),
  ]);
}

/**
 * What both rules share: the scale of a row depends on all its elements. The mean of `g · weight · plain` over a row
 * is written as a product with the weight, because `g · plain` is needed anyway.
 */
function acrossScale(ofPlain: Tensor, g: Tensor, plain: Tensor, weight: Tensor, inverse: Tensor): Tensor {
  const [width] = weight.shape as readonly [number];
  const rows = reshape(mul(g, plain), [-1, width]);
  const slope = reshape(matMul(rows, reshape(mul(weight, 1 / width), [width, 1])), inverse.shape);
  return mul(sub(ofPlain, mul(plain, slope)), inverse);
}

const rowMean = (x: Tensor) => mean(x, { axes: [-1], keepAxes: true });

function checkColumns(operation: string, x: Tensor, weight: Tensor, bias = weight) {
  checkDtype(operation, x, 'float32');
  const columns = x.shape.slice(-1);
  const wrong = [weight, bias].find(({ shape }) => columns.length === 0 || !sameShape(shape, columns));
  if (wrong === undefined) return columns;
  throw traceError(
    operation,
    `weight and bias of shape ${shapeText(columns)} for ${shapeText(x.shape)}`,
    shapeText(wrong.shape),
  );
}
