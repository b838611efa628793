/**
 * AdamW (Loshchilov and Hutter, 2019) with the gradient's global norm clipped, as nodes of the graph. Moments are kept
 * as sums with decaying weights, `sum' = β sum + g`, beside the sum of these weights, `count' = β count + 1`; their
 * quotient is the bias-corrected moment. That is the usual rule with fewer passes over the parameters and no power of β.
 */
import { apply } from './apply.ts';
import { add, div, minimum, mul, sqrt, sub } from './elementwise.ts';
import type { Tensor } from './graph.ts';
import { shapeText, traceError } from './shape.ts';

export interface AdamWOptions {
  /** A scalar, usually an input fed from a schedule. */
  readonly learningRate: Tensor;
  /** 0.9 unless given. */
  readonly beta1?: number;
  /** 0.999 unless given. */
  readonly beta2?: number;
  /** 1e-8 unless given. */
  readonly epsilon?: number;
  /** 0 unless given. Vectors and scalars (biases, norms) never decay. */
  readonly weightDecay?: number;
  /** Longest gradient, of all parameters together; none unless given. */
  readonly clipNorm?: number;
}

export interface Optimised {
  /** Each variable's tensor and what it becomes. */
  readonly updates: ReadonlyMap<Tensor, Tensor>;
  /** Of all gradients together, before clipping. */
  readonly gradientNorm: Tensor;
}

/** Adds the moments to the graph as variables `adamw.…`. @param gradients in the order of the parameters */
export function adamW(
  parameters: readonly Tensor[],
  gradients: readonly Tensor[],
  options: AdamWOptions,
): Optimised {
  const { learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0, clipNorm } = options;
  checkPairs(parameters, gradients);
  const updates = new Map<Tensor, Tensor>();
  const decayingSum = (name: string, beta: number, term: Tensor) => {
    const before = term.graph.variable(`adamw.${name}`, term.shape, { fill: 0 });
    const after = add(mul(before, beta), term);
    updates.set(before, after);
    return after;
  };
  const one = learningRate.graph.constant(1);
  const count1 = decayingSum('count1', beta1, one);
  const root2 = sqrt(decayingSum('count2', beta2, one));
  const rate = mul(learningRate, div(root2, count1));
  const smallest = mul(root2, epsilon);
  const kept = sub(1, mul(learningRate, weightDecay));
  const gradientNorm = globalNorm(gradients);
  const clipping = clipNorm === undefined ? 1 : minimum(1, div(clipNorm, add(gradientNorm, 1e-6)));
  for (const [i, parameter] of parameters.entries()) {
    const name = nameOf(parameter);
    const gradient = clipping === 1 ? gradients[i]! : mul(gradients[i]!, clipping);
    const sum1 = decayingSum(`sum1.${name}`, beta1, gradient);
    const sum2 = decayingSum(`sum2.${name}`, beta2, mul(gradient, gradient));
    const change = div(mul(sum1, rate), add(sqrt(sum2), smallest));
    const decays = weightDecay > 0 && parameter.shape.length > 1;
    updates.set(parameter, sub(decays ? mul(parameter, kept) : parameter, change));
  }
  return { updates, gradientNorm };
}

function checkPairs(parameters: readonly Tensor[], gradients: readonly Tensor[]): void {
  const shapes = (tensors: readonly Tensor[]) => tensors.map(({ shape }) => shapeText(shape)).join(' ');
  const [expected, actual] = [shapes(parameters), shapes(gradients)];
  if (parameters.length === 0) throw traceError('adamW', 'at least one parameter', 'none');
  if (expected !== actual) throw traceError('adamW', `gradients of shapes ${expected}`, actual || 'none');
}

function globalNorm(gradients: readonly Tensor[]): Tensor {
  const squares = gradients.map(g =>
    apply('ReduceSumSquare', [g], { shape: [], attributes: { keepdims: 0 } }),
  );
  return sqrt(squares.reduce((total, square) => add(total, square)));
}

function nameOf({ source }: Tensor): string {
  if (source.kind === 'variable') return source.name;
  throw traceError('adamW', 'parameters', `a tensor from ${source.kind}`);
}
