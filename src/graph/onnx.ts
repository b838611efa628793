/**
 * A program as an ONNX model (onnx.proto of ONNX 1.15: IR 9, opset 20): the nodes that its results need, in order of
 * recording. The same program gives the same bytes. ONNX has one name space for inputs, constants and results, and
 * ONNX Runtime takes a clash without a word, so every name begins with its kind.
 */
import { onnxTypes } from './dtype.ts';
import type { Attribute, Node, Tensor } from './graph.ts';
import {
  bytesField,
  encodeMessage,
  type Field,
  floatField,
  integerField,
  messageField,
  textField,
} from './protobuf.ts';
import { sameShape, shapeText, traceError } from './shape.ts';
import { type State, storedTensor } from './state.ts';

/** What one run computes. */
export interface Program<Name extends string = string> {
  /** float32 tensors that each run returns. */
  readonly outputs: Readonly<Record<Name, Tensor>>;
  /** What variables become after a run; see `adamW`. */
  readonly updates?: ReadonlyMap<Tensor, Tensor>;
}

/** Names in the model. */
export const inputName = (name: string) => `input.${name}`;
export const variableName = (name: string) => `variable.${name}`;
export const updateName = (name: string) => `update.${name}`;
export const outputName = (name: string) => `output.${name}`;

export interface Model {
  readonly bytes: Uint8Array;
  /** Inputs and variables that the model is fed, by their own names. */
  readonly inputs: ReadonlyMap<string, Tensor>;
  readonly variables: ReadonlyMap<string, Tensor>;
  /** Variables whose next values it gives. */
  readonly updated: ReadonlyMap<string, Tensor>;
}

/** @param weights values to put into the model instead of feeding them, for variables that it does not update */
export function writeOnnx(program: Program, weights: State = new Map()): Model {
  const results = resultsOf(program);
  const updated = new Map([...(program.updates?.keys() ?? [])].map(tensor => [variableOf(tensor), tensor]));
  const { nodes, leaves } = reach(results.map(({ tensor }) => tensor));
  const names = new Map<Tensor, string>();
  const copies: Field[] = [];
  for (const { name, tensor } of results) {
    if (tensor.source.kind === 'node' && !names.has(tensor)) names.set(tensor, name);
    else copies.push(nodeField('Identity', [nameOf(tensor, names)], [name], {}));
  }
  const isFed = ({ source }: Tensor) =>
    source.kind === 'input' ||
    (source.kind === 'variable' && (updated.has(source.name) || !weights.has(source.name)));
  const fed = leaves.filter(isFed);
  const graph: Field[] = [
    ...nodes.map(({ operator, inputs, outputs, attributes }) => {
      const [from, to] = [inputs, outputs].map(list => list.map(tensor => nameOf(tensor, names)));
      return nodeField(operator, from!, to!, attributes);
    }),
    ...copies,
    textField(2, 'glyph'),
    ...leaves.filter(leaf => !isFed(leaf)).map(leaf => initializer(leaf, weights)),
    ...fed.map(tensor => valueInfo(11, nameOf(tensor, names), tensor)),
    ...results.map(({ name, tensor }) => valueInfo(12, name, tensor)),
  ];
  const byName = (kind: 'input' | 'variable') =>
    new Map(
      fed.flatMap(tensor => (tensor.source.kind === kind ? [[tensor.source.name, tensor] as const] : [])),
    );
  return {
    bytes: encodeMessage([
      integerField(1, 9),
      messageField(7, graph),
      messageField(8, [textField(1, ''), integerField(2, 20)]),
    ]),
    inputs: byName('input'),
    variables: byName('variable'),
    updated,
  };
}

function resultsOf({ outputs, updates = new Map() }: Program) {
  for (const [name, { dtype }] of Object.entries(outputs))
    if (dtype !== 'float32') throw traceError(`output ${JSON.stringify(name)}`, 'float32', dtype);
  for (const [variable, value] of updates)
    if (!sameShape(variable.shape, value.shape) || value.dtype !== 'float32')
      throw traceError(
        `update of ${JSON.stringify(variableOf(variable))}`,
        `float32 ${shapeText(variable.shape)}`,
        `${value.dtype} ${shapeText(value.shape)}`,
      );
  const results = [
    ...Object.entries(outputs).map(([name, tensor]) => ({ name: outputName(name), tensor })),
    ...[...updates].map(([variable, tensor]) => ({ name: updateName(variableOf(variable)), tensor })),
  ];
  if (results.length === 0) throw traceError('a program', 'at least one output or update', 'none');
  return results;
}

function variableOf({ source }: Tensor): string {
  if (source.kind === 'variable') return source.name;
  throw traceError('an update', 'a variable', `a tensor from ${source.kind}`);
}

/** What the results need, in order. */
function reach(results: readonly Tensor[]) {
  const nodes = new Set<Node>();
  const leaves = new Set<Tensor>();
  const waiting = [...results];
  for (let tensor = waiting.pop(); tensor !== undefined; tensor = waiting.pop()) {
    if (tensor.source.kind !== 'node') leaves.add(tensor);
    else if (!nodes.has(tensor.source.node)) {
      nodes.add(tensor.source.node);
      waiting.push(...tensor.source.node.inputs);
    }
  }
  const order = (a: Tensor, b: Tensor) => a.id - b.id;
  return {
    nodes: [...nodes].sort((a, b) => order(a.outputs[0]!, b.outputs[0]!)),
    leaves: [...leaves].sort(order),
  };
}

function nameOf(tensor: Tensor, names: ReadonlyMap<Tensor, string>): string {
  const { source, id } = tensor;
  switch (source.kind) {
    case 'input':
      return inputName(source.name);
    case 'variable':
      return variableName(source.name);
    case 'constant':
      return `constant.${id}`;
    case 'node':
      return names.get(tensor) ?? `value.${id}`;
    default:
      return source satisfies never;
  }
}

function nodeField(
  operator: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: Node['attributes'],
): Field {
  return messageField(1, [
    ...inputs.map(name => textField(1, name)),
    ...outputs.map(name => textField(2, name)),
    textField(4, operator),
    ...Object.entries(attributes).map(([name, value]) =>
      messageField(5, [textField(1, name), ...attributeFields(value)]),
    ),
  ]);
}

/** The value and its `AttributeType`. */
function attributeFields(value: Attribute): readonly Field[] {
  if (typeof value === 'number') return [integerField(3, value), integerField(20, 2)];
  if (typeof value === 'string') return [textField(4, value), integerField(20, 3)];
  if ('float' in value) return [floatField(2, value.float), integerField(20, 1)];
  return [...value.map(item => integerField(8, item)), integerField(20, 7)];
}

function initializer(leaf: Tensor, weights: State): Field {
  const { shape, dtype } = leaf;
  return messageField(5, [
    ...shape.map(length => integerField(1, length)),
    integerField(2, onnxTypes[dtype]),
    textField(8, nameOf(leaf, new Map())),
    bytesField(9, bytesOfLeaf(leaf, weights)),
  ]);
}

function bytesOfLeaf({ source, shape }: Tensor, weights: State): Uint8Array {
  if (source.kind === 'constant') return source.bytes;
  if (source.kind !== 'variable') throw traceError('an initialiser', 'a constant or variable', source.kind);
  const { data } = storedTensor(weights, source.name, shape);
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

function valueInfo(field: number, name: string, { shape, dtype }: Tensor): Field {
  const lengths = shape.map(length => messageField(1, [integerField(1, length)]));
  const tensorType = [integerField(1, onnxTypes[dtype]), messageField(2, lengths)];
  return messageField(field, [textField(1, name), messageField(2, [messageField(1, tensorType)])]);
}
