import assert from 'node:assert/strict';
import { test } from 'node:test';
import onnxProto from 'onnx-proto';
import * as runtime from 'onnxruntime-node';
import { sha256Hex } from '../base/index.ts';
import {
  add,
  createGraph,
  createState,
  layerNorm,
  mul,
  openStep,
  type Program,
  transpose,
  writeOnnx,
} from './index.ts';
import { traceTraining } from './test/transformer.ts';

const { onnx } = onnxProto;

/** The package knows ONNX's own schema. */
function decode(program: Program) {
  const bytes = writeOnnx(program).bytes;
  const decoded = onnx.ModelProto.toObject(onnx.ModelProto.decode(bytes), { longs: Number, arrays: true });
  return decoded as onnxProto.onnx.IModelProto & { readonly graph: onnxProto.onnx.IGraphProto };
}

test('what is written is what ONNX’s schema reads', () => {
  const graph = createGraph();
  const x = graph.input('x', [2, 3]);
  const w = graph.parameter('w', [3], { fill: 1 });
  const y = add(transpose(layerNorm(x, w, { epsilon: 0.25 })), graph.constant([1, -2], [2]));
  const model = decode({ outputs: { y }, updates: new Map([[w, mul(w, -2)]]) });
  assert.equal(model.irVersion, 9);
  assert.deepEqual(model.opsetImport, [{ domain: '', version: 20 }]);
  const { node, input, output, initializer } = model.graph;
  const typed = (name: string, elemType: number, lengths: readonly number[]) => ({
    name,
    type: { tensorType: { elemType, shape: { dim: lengths.map(dimValue => ({ dimValue })) } } },
  });
  assert.deepEqual(input, [typed('input.x', 1, [2, 3]), typed('variable.w', 1, [3])]);
  assert.deepEqual(output, [typed('output.y', 1, [3, 2]), typed('update.w', 1, [3])]);
  const [norm, turned] = ['LayerNormalization', 'Transpose'].map(
    operator => node!.find(({ opType }) => opType === operator)!,
  );
  const { INT, INTS, FLOAT } = onnx.AttributeProto.AttributeType;
  const plain = ({ name, type, i, f, ints }: onnxProto.onnx.IAttributeProto) => ({ name, type, i, f, ints });
  assert.deepEqual(norm!.attribute!.map(plain), [
    { name: 'axis', type: INT, i: -1, f: undefined, ints: [] },
    { name: 'epsilon', type: FLOAT, i: undefined, f: 0.25, ints: [] },
  ]);
  assert.deepEqual(turned!.attribute!.map(plain), [
    { name: 'perm', type: INTS, i: undefined, f: undefined, ints: [1, 0] },
  ]);
  const pair = initializer!.find(
    ({ dims, dataType }) => dims![0] === 2 && dataType === onnx.TensorProto.DataType.FLOAT,
  )!;
  assert.deepEqual(new Float32Array(pair.rawData!.slice().buffer), Float32Array.of(1, -2));
});

test('every name is defined once and before it is used, and nothing is written that no result needs', () => {
  const { program } = traceTraining(
    { layers: 1, width: 8, heads: 2, positions: 4, batch: 2, vocabulary: 5 },
    {},
  );
  const { node, input, output, initializer } = decode(program).graph;
  const known = new Set<string>();
  const define = (name: string) => {
    assert.ok(!known.has(name), `${name} is defined twice`);
    known.add(name);
  };
  for (const { name } of [...input!, ...initializer!]) define(name!);
  const used = new Set(output!.map(({ name }) => name!));
  for (const { input: needs, output: gives } of node!) {
    for (const name of needs!) {
      assert.ok(known.has(name), `${name} is used before it is defined`);
      used.add(name);
    }
    for (const name of gives!) define(name);
  }
  const isResultOf = (name: string) =>
    node!.some(({ output: gives }) => gives!.length > 1 && gives!.includes(name));
  assert.deepEqual(
    [...known].filter(name => !used.has(name) && !isResultOf(name)),
    [],
  );
});

test('names that only look like others do not clash', async () => {
  const graph = createGraph();
  const x = graph.input('constant.1', []);
  const y = graph.variable('value.2', [], { fill: 10 });
  const outputs = { 'value.2': add(add(x, y), 100), same: x, again: x };
  const step = await openStep({ outputs }, { runtime, state: createState(graph, 0) });
  const found = await step.run({ 'constant.1': 1 });
  assert.deepEqual([found['value.2'][0], found.same[0], found.again[0]], [111, 1, 1]);
  await step.close();
});

test('the same program gives the same bytes on every machine', () => {
  const size = { layers: 1, width: 8, heads: 2, positions: 4, batch: 2, vocabulary: 5 };
  const write = () => writeOnnx(traceTraining(size, { weightDecay: 0.1, clipNorm: 1 }).program).bytes;
  assert.deepEqual(write(), write());
  assert.equal(sha256Hex(write()), '484fc86a6cb610931e193e7a09262665c6c37d135a0eddf879b832eca19750cb');
});
