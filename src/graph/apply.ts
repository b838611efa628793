/**
 * The two ways in which operations record nodes, and what they check first: `apply` for one result, `applyAll` for
 * several; `withGradient` gives a result that several nodes compute one gradient rule of its own.
 */
import type { Dtype } from './dtype.ts';
import type { Attributes, Call, Graph, Tensor } from './graph.ts';
import { type Shape, traceError } from './shape.ts';

interface ApplyOptions {
  readonly shape: Shape;
  /** The first input's unless given. */
  readonly dtype?: Dtype;
  readonly attributes?: Attributes;
  /** From the result's gradient to those of the inputs. */
  readonly gradient?: (outputGradient: Tensor) => readonly (Tensor | undefined)[];
}

export function apply(operator: string, inputs: readonly Tensor[], options: ApplyOptions): Tensor {
  const { shape, dtype = inputs[0]!.dtype, attributes, gradient } = options;
  return applyAll({
    operator,
    inputs,
    outputs: [{ shape, dtype }],
    ...(attributes === undefined ? {} : { attributes }),
    ...(gradient === undefined ? {} : { gradient: ([only]) => gradient(only!) }),
  })[0]!;
}

export const applyAll = (call: Call): readonly Tensor[] => call.inputs[0]!.graph.record(call).outputs;

/**
 * The same values, but their gradient goes by the rule straight to the sources, past the nodes that computed them:
 * where calculus knows something shorter than the chain rule.
 */
export function withGradient(
  output: Tensor,
  sources: readonly Tensor[],
  gradient: (outputGradient: Tensor) => readonly (Tensor | undefined)[],
): Tensor {
  const { shape, dtype } = output;
  const call = { operator: 'Identity', inputs: [output], sources, outputs: [{ shape, dtype }] };
  return applyAll({ ...call, gradient: ([only]) => gradient(only!) })[0]!;
}

/** The same values, through which no gradient flows. */
export const stopGradient = (x: Tensor): Tensor => withGradient(x, [], () => []);

export const checkDtype = (operation: string, x: Tensor, ...dtypes: readonly Dtype[]): void => {
  if (!dtypes.includes(x.dtype)) throw traceError(operation, dtypes.join(' or '), x.dtype);
};

/** A constant list of whole numbers, as ONNX takes shapes and axes. */
export const integers = (graph: Graph, values: readonly number[]): Tensor =>
  graph.constant(values, [values.length], 'int64');
