/**
 * The traced graph: calling an operation on symbolic tensors records one ONNX node with its result's shape and with
 * the rule that turns the result's gradient into those of its inputs. Equal calls are recorded once, so that rules may
 * recompute freely what the forward pass already has. Nothing is computed here.
 */
import { bytesOf, type Dtype } from './dtype.ts';
import { checkShape, type Shape, shapeText, sizeOf, traceError } from './shape.ts';

/** How a variable starts: one value everywhere, or values around 0 with this standard deviation. */
export type Initial = { readonly fill: number } | { readonly standardDeviation: number };

/** A float32 tensor that lives from run to run: a parameter, a moment of the optimiser, a cache. */
export interface Variable {
  readonly name: string;
  readonly shape: Shape;
  readonly initial: Initial;
  readonly tensor: Tensor;
}

export interface Tensor {
  readonly graph: Graph;
  readonly shape: Shape;
  readonly dtype: Dtype;
  readonly source: Source;
  /** Order of creation. */
  readonly id: number;
}

/** Where a tensor's values come from. */
export type Source =
  | { readonly kind: 'input'; readonly name: string }
  | { readonly kind: 'variable'; readonly name: string }
  /** Little-endian, as ONNX stores it. */
  | { readonly kind: 'constant'; readonly bytes: Uint8Array }
  | { readonly kind: 'node'; readonly node: Node };

/** Whole numbers are ONNX's `INT` and `INTS`. */
export type Attribute = number | readonly number[] | string | { readonly float: number };
export type Attributes = Readonly<Record<string, Attribute>>;

export interface Node {
  /** Name in ONNX's default domain, opset 20, e.g. `MatMul`. */
  readonly operator: string;
  readonly inputs: readonly Tensor[];
  readonly attributes: Attributes;
  readonly outputs: readonly Tensor[];
  /** The tensors that `gradient` speaks of; the inputs, but for `withGradient`. */
  readonly sources: readonly Tensor[];
  /** Gradients of the sources from those of the outputs; undefined for what has none. */
  readonly gradient: Gradient | undefined;
}

export type Gradient = (outputGradients: readonly (Tensor | undefined)[]) => readonly (Tensor | undefined)[];

export interface Graph {
  /** Fed at each run. */
  input(name: string, shape: Shape, dtype?: Dtype): Tensor;
  /** A variable that training changes; `parameters` lists them. */
  parameter(name: string, shape: Shape, initial: Initial): Tensor;
  /** One that something else changes, or nothing. */
  variable(name: string, shape: Shape, initial: Initial): Tensor;
  /** float32 unless said; a number alone fills the shape `[]`. */
  constant(values: number | ArrayLike<number>, shape?: Shape, dtype?: Dtype): Tensor;
  readonly parameters: readonly Variable[];
  readonly variables: ReadonlyMap<string, Variable>;
  /** For operations: the node of this call, an earlier equal one where there is one. */
  record(call: Call): Node;
  readonly nodes: readonly Node[];
}

export interface Call {
  readonly operator: string;
  readonly inputs: readonly Tensor[];
  readonly attributes?: Attributes;
  readonly outputs: readonly { readonly shape: Shape; readonly dtype: Dtype }[];
  readonly sources?: readonly Tensor[];
  readonly gradient?: Gradient | undefined;
}

/** Longer constants are not compared with earlier ones. */
const longestShared = 16;

export function createGraph(): Graph {
  const nodes: Node[] = [];
  const calls = new Map<string, Node>();
  const constants = new Map<string, Tensor>();
  const names = new Set<string>();
  const parameters: Variable[] = [];
  const variables = new Map<string, Variable>();
  let tensors = 0;

  const tensor = (shape: Shape, dtype: Dtype, source: Source): Tensor => {
    // The list of a scalar's axes is an empty constant; nothing else may be empty.
    if (source.kind !== 'constant')
      checkShape(source.kind === 'node' ? source.node.operator : source.kind, shape);
    return { graph, shape, dtype, source, id: tensors++ };
  };

  function claim(operation: string, name: string): void {
    if (name === '' || names.has(name))
      throw traceError(operation, 'a name not yet taken', JSON.stringify(name));
    names.add(name);
  }

  function variable(name: string, shape: Shape, initial: Initial): Variable {
    claim('a variable', name);
    const made = { name, shape, initial, tensor: tensor(shape, 'float32', { kind: 'variable', name }) };
    variables.set(name, made);
    return made;
  }

  const graph: Graph = {
    nodes,
    parameters,
    variables,
    input(name, shape, dtype = 'float32') {
      claim('an input', name);
      return tensor(shape, dtype, { kind: 'input', name });
    },
    parameter(name, shape, initial) {
      const made = variable(name, shape, initial);
      parameters.push(made);
      return made.tensor;
    },
    variable: (name, shape, initial) => variable(name, shape, initial).tensor,
    constant(values, shape = [], dtype = 'float32') {
      const list = typeof values === 'number' ? [values] : values;
      if (list.length !== sizeOf(shape))
        throw traceError(
          'a constant',
          `${sizeOf(shape)} values for ${shapeText(shape)}`,
          String(list.length),
        );
      const make = () => tensor(shape, dtype, { kind: 'constant', bytes: bytesOf(list, dtype) });
      if (list.length > longestShared) return make();
      const key = `${dtype} ${shape} ${Array.from(list, value => (Object.is(value, -0) ? '-0' : value))}`;
      const known = constants.get(key) ?? make();
      constants.set(key, known);
      return known;
    },
    record({ operator, inputs, attributes = {}, outputs, sources = inputs, gradient }) {
      const stranger = [...inputs, ...sources].find(input => input.graph !== graph);
      if (stranger !== undefined) throw traceError(operator, 'tensors of one graph', 'a tensor of another');
      const key = [operator, inputs.map(({ id }) => id), JSON.stringify(attributes), outputs.length].join(
        '|',
      );
      const known = sources === inputs ? calls.get(key) : undefined;
      if (known !== undefined) return known;
      const made: Tensor[] = [];
      const node: Node = { operator, inputs, attributes, outputs: made, sources, gradient };
      for (const { shape, dtype } of outputs) made.push(tensor(shape, dtype, { kind: 'node', node }));
      nodes.push(node);
      if (sources === inputs) calls.set(key, node);
      return node;
    },
  };
  return graph;
}
