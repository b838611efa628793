import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  adamW,
  add,
  attention,
  clip,
  concat,
  createGraph,
  dropout,
  exp,
  expand,
  gather,
  gradients,
  layerNorm,
  logProbability,
  matMul,
  mul,
  reshape,
  rotary,
  slice,
  softmax,
  split,
  sum,
  transpose,
  where,
} from './index.ts';

test('operations name what they were given when shapes or types do not fit', () => {
  const graph = createGraph();
  const x = graph.input('x', [2, 3]);
  const y = graph.input('y', [4, 2]);
  const i = graph.input('i', [2], 'int32');
  const refuses = (trace: () => unknown, message: RegExp) => assert.throws(trace, message);
  refuses(
    () => add(x, y),
    /^GlyphError: trace add: expected shapes that broadcast together, got \[2, 3\] and \[4, 2\]$/,
  );
  refuses(() => add(x, i), /trace add: expected operands of one type, got float32 and int32/);
  refuses(() => add(1, 2), /at least one tensor/);
  refuses(
    () => matMul(x, y),
    /trace matMul: expected \[…, m, k\] and \[…, k, n\], got \[2, 3\] and \[4, 2\]/,
  );
  refuses(() => matMul(i, x), /trace matMul: expected float32, got int32/);
  refuses(
    () => reshape(x, [4, -1]),
    /trace reshape: expected a shape of 6 values, as \[2, 3\], got \[4, -1\]/,
  );
  refuses(() => transpose(x, [0, 0]), /each axis of \[2, 3\] once, got \[0, 0\]/);
  refuses(() => transpose(i), /at least two axes/);
  refuses(() => slice(x, 1, 2, 4), /trace slice: expected a range within 0 to 3, got 2 to 4/);
  refuses(() => slice(x, 2, 0, 1), /an axis of a tensor with 2 axes, got 2/);
  refuses(() => split(x, 1, [1, 1]), /lengths that add up to 3, got \[1, 1\]/);
  refuses(() => concat([x, y], 0), /float32 \[2, 3\] but for axis 0, got float32 \[4, 2\]/);
  refuses(() => concat([], 0), /at least one tensor/);
  refuses(() => expand(x, [2, 6]), /shapes that broadcast together/);
  refuses(() => expand(x, [1, 3]), /a shape that \[2, 3\] broadcasts to, got \[1, 3\]/);
  refuses(() => sum(x, { axes: [-3] }), /trace sum: expected an axis/);
  refuses(() => exp(i), /trace exp: expected float32, got int32/);
  refuses(() => where(x, x, x), /trace where: expected bool, got float32/);
  refuses(() => clip(x, 2, 1), /a lower bound below the upper/);
  refuses(() => softmax(sum(x)), /at least one axis/);
  refuses(() => gather(x, y), /gather indices: expected int32 or int64, got float32/);
  refuses(() => layerNorm(x, i), /weight and bias of shape \[3\] for \[2, 3\], got \[2\]/);
  refuses(() => logProbability(x, graph.input('three', [3], 'int32')), /\[2, 3\] and \[3\]/);
  refuses(() => attention(x, y, y), /trace matMul/);
  refuses(() => rotary(x, x, x), /an even width, got 3/);
  refuses(() => dropout(x, x, 1), /a rate from 0 to below 1, got 1/);
});

test('names, shapes and constants are checked', () => {
  const graph = createGraph();
  graph.input('x', [2]);
  assert.throws(() => graph.parameter('x', [2], { fill: 0 }), /a name not yet taken, got "x"/);
  assert.throws(() => graph.input('', [2]), /a name not yet taken, got ""/);
  assert.throws(() => graph.input('y', [2, 0]), /a shape of positive whole numbers, got \[2, 0\]/);
  assert.throws(() => graph.constant([1, 2, 3], [2]), /2 values for \[2\], got 3/);
  const other = createGraph().input('x', [2]);
  assert.throws(() => add(graph.constant([1, 2], [2]), other), /tensors of one graph/);
});

test('an equal call is the same tensor, other attributes or inputs are not', () => {
  const graph = createGraph();
  const [x, y] = [graph.input('x', [2, 2]), graph.input('y', [2, 2])];
  assert.equal(add(x, y), add(x, y));
  assert.equal(mul(x, 0.5), mul(x, 0.5));
  assert.notEqual(add(x, y), add(y, x));
  assert.notEqual(slice(x, 0, 0, 1), slice(x, 1, 0, 1));
  assert.notEqual(concat([x, y], 0), concat([x, y], 1));
  assert.notEqual(graph.constant(0), graph.constant(-0));
});

test('what changes nothing records nothing', () => {
  const graph = createGraph();
  const x = graph.input('x', [2, 3]);
  assert.equal(reshape(reshape(x, [6]), [2, 3]), x);
  assert.equal(transpose(transpose(x)), x);
  assert.equal(slice(x, 0, 0, 2), x);
  assert.equal(concat([x], 0), x);
  assert.equal(split(x, 0, [2])[0], x);
  assert.equal(expand(x, [2, 3]), x);
  assert.deepEqual(expand(x, [1, 2, 3]).shape, [1, 2, 3]);
});

test('adamW wants a gradient for each parameter', () => {
  const graph = createGraph();
  const [w, x] = [graph.parameter('w', [2], { fill: 1 }), graph.input('x', [2])];
  const learningRate = graph.input('learningRate', []);
  const [g] = gradients(sum(mul(w, x)), [w]);
  assert.throws(
    () => adamW([w], [], { learningRate }),
    /trace adamW: expected gradients of shapes \[2\], got none/,
  );
  assert.throws(() => adamW([], [], { learningRate }), /at least one parameter/);
  assert.throws(() => adamW([x], [g!], { learningRate }), /expected parameters, got a tensor from input/);
});
