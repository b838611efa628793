/** Results of operations that are more than one ONNX operator, against their formulas in plain numbers. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  add,
  and,
  attention,
  cast,
  crossEntropy,
  dropout,
  equal,
  gather,
  gelu,
  layerNorm,
  less,
  lessOrEqual,
  logProbability,
  max,
  mean,
  not,
  oneHot,
  or,
  rmsNorm,
  rotary,
  silu,
  slice,
  softmax,
  split,
  squaredRelu,
  sum,
  transpose,
  where,
} from './index.ts';
import { assertClose, evaluate, randomValues } from './test/evaluate.ts';

const x = randomValues('x', [2, 4], { low: -3, high: 3 });
const rowsOf = (values: Float32Array, width: number) =>
  Array.from({ length: values.length / width }, (_, i) => [...values.slice(i * width, (i + 1) * width)]);
const total = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const average = (values: readonly number[]) => total(values) / values.length;

test('gelu, silu and the squared relu', async () => {
  const found = await evaluate({ x }, graph => {
    const input = graph.input('x', [2, 4]);
    return { gelu: gelu(input), silu: silu(input), squared: squaredRelu(input) };
  });
  const inner = (value: number) => Math.sqrt(2 / Math.PI) * (value + 0.044715 * value ** 3);
  assertClose(
    found.gelu,
    [...x].map(value => (value / 2) * (1 + Math.tanh(inner(value)))),
    1e-6,
  );
  assertClose(
    found.silu,
    [...x].map(value => value / (1 + Math.exp(-value))),
    1e-6,
  );
  assertClose(
    found.squared,
    [...x].map(value => Math.max(0, value) ** 2),
    1e-6,
  );
});

test('layerNorm and rmsNorm', async () => {
  const weight = [1, 2, -1, 0.5];
  const found = await evaluate({ x }, graph => {
    const input = graph.input('x', [2, 4]);
    const w = graph.constant(weight, [4]);
    return {
      layer: layerNorm(input, w, { bias: graph.constant([1, 2, 3, 4], [4]), epsilon: 0.01 }),
      rms: rmsNorm(input, w, { epsilon: 0.01 }),
    };
  });
  const layer = rowsOf(x, 4).flatMap(row => {
    const centred = row.map(value => value - average(row));
    const deviation = Math.sqrt(average(centred.map(value => value ** 2)) + 0.01);
    return centred.map((value, i) => (value / deviation) * weight[i]! + i + 1);
  });
  const rms = rowsOf(x, 4).flatMap(row => {
    const size = Math.sqrt(average(row.map(value => value ** 2)) + 0.01);
    return row.map((value, i) => (value / size) * weight[i]!);
  });
  assertClose(found.layer, layer, 1e-5);
  assertClose(found.rms, rms, 1e-5);
});

test('attention sees what the mask allows, and everything where it allows nothing', async () => {
  const v = Float32Array.of(1, 10, 100);
  const feeds = { q: Float32Array.of(0.5, 1, 2), k: Float32Array.of(1, 2, 3), v };
  const found = await evaluate(feeds, graph => {
    const [q, k, values] = ['q', 'k', 'v'].map(name => graph.input(name, [3, 1]));
    const mask = graph.constant([1, 0, 0, 1, 1, 0, 0, 0, 0], [3, 3], 'bool');
    return { masked: attention(q!, k!, values!, { mask }), all: attention(q!, k!, values!, { scale: 0 }) };
  });
  const [one, two] = [Math.exp(1), Math.exp(2)];
  assertClose(found.masked, [1, (one * 1 + two * 10) / (one + two), 37], 1e-4);
  assertClose(found.all, [37, 37, 37], 1e-4);
});

test('rotary turns pairs by their angles and keeps their lengths', async () => {
  const angle = Math.PI / 2;
  const { y } = await evaluate({ x: Float32Array.of(1, 2, 3, 4) }, graph => ({
    y: rotary(
      graph.input('x', [1, 4]),
      graph.constant([Math.cos(0), Math.cos(angle)], [1, 2]),
      graph.constant([Math.sin(0), Math.sin(angle)], [1, 2]),
    ),
  }));
  assertClose(y, [1, -4, 3, 2], 1e-6); // columns 1 and 3 by a quarter turn
});

test('log-probabilities and the cross-entropy of some of the targets', async () => {
  const targets = Int32Array.of(3, 0);
  const found = await evaluate({ x, targets }, graph => {
    const logits = graph.input('x', [2, 4]);
    const wanted = graph.input('targets', [2], 'int32');
    const weighted = (weights: readonly number[]) =>
      crossEntropy(logits, wanted, graph.constant(weights, [2]));
    return {
      each: logProbability(logits, wanted),
      first: weighted([1, 0]),
      both: weighted([1, 3]),
      none: weighted([0, 0]),
    };
  });
  const [first, second] = rowsOf(x, 4).map(
    (row, i) => row[targets[i]!]! - Math.log(total(row.map(value => Math.exp(value)))),
  ) as [number, number];
  assertClose(found.each, [first, second], 1e-5);
  assertClose(found.first, [-first], 1e-5);
  assertClose(found.both, [-(first + 3 * second) / 4], 1e-5);
  assert.deepEqual([...found.none], [0]);
});

test('lookups: rows by index, indices as rows, both index types', async () => {
  const found = await evaluate({ i: Int32Array.of(1, 0, 1), j: BigInt64Array.of(2n, -1n) }, graph => {
    const table = graph.constant([1, 2, 3, 4], [2, 2]);
    const short = graph.input('i', [3], 'int32');
    return { rows: gather(table, short), ones: oneHot(graph.input('j', [2], 'int64'), 3) };
  });
  assert.deepEqual([...found.rows], [3, 4, 1, 2, 3, 4]);
  assert.deepEqual([...found.ones], [0, 0, 1, 0, 0, 0]); // -1 is no column
});

test('comparisons, logic and casts', async () => {
  const { chosen } = await evaluate(
    { x: Float32Array.of(-1, 0, 1, 2), on: Uint8Array.of(1, 1, 0, 1) },
    graph => {
      const input = graph.input('x', [4]);
      const isWithin = and(lessOrEqual(0, input), less(input, 2));
      const isOdd = or(not(graph.input('on', [4], 'bool')), equal(input, -1));
      return { chosen: add(where(isWithin, 10, 20), cast(isOdd, 'float32')) };
    },
  );
  assert.deepEqual([...chosen], [21, 10, 11, 20]);
});

test('dropout scales what stays', async () => {
  const { y } = await evaluate({ x: Float32Array.of(1, 2), keep: Float32Array.of(0, 1) }, graph => ({
    y: dropout(graph.input('x', [2]), graph.input('keep', [2]), 0.5),
  }));
  assert.deepEqual([...y], [0, 4]);
});

test('reductions, parts and transposes of an array of three axes', async () => {
  const values = Float32Array.from({ length: 24 }, (_, i) => i);
  const found = await evaluate({ values }, graph => {
    const input = graph.input('values', [2, 3, 4]);
    const [, last] = split(input, -1, [1, 3]);
    return {
      sums: sum(input, { axes: [0, -1] }),
      mean: mean(input),
      largest: max(input, { axes: [1], keepAxes: true }),
      turned: transpose(input, [2, 0, 1]),
      part: slice(last!, 1, 2, 3),
      rows: softmax(slice(input, 0, 1, 2)),
    };
  });
  assert.deepEqual([...found.sums], [60, 92, 124]);
  assert.deepEqual([...found.mean], [11.5]);
  assert.deepEqual([...found.largest], [8, 9, 10, 11, 20, 21, 22, 23]);
  assert.deepEqual([...found.turned.slice(0, 7)], [0, 4, 8, 12, 16, 20, 1]);
  assert.deepEqual([...found.part], [9, 10, 11, 21, 22, 23]);
  assertClose(
    found.rows,
    rowsOf(values.slice(12), 4).flatMap(row => {
      const weights = row.map(value => Math.exp(value - row[3]!));
      return weights.map(weight => weight / total(weights));
    }),
    1e-6,
  );
});
