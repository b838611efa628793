import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../base/index.ts';
import {
  add,
  attention,
  cast,
  clip,
  concat,
  createGraph,
  crossEntropy,
  div,
  dropout,
  exp,
  expand,
  gather,
  gelu,
  gradients,
  layerNorm,
  less,
  log,
  logProbability,
  logSoftmax,
  matMul,
  max,
  maximum,
  mean,
  minimum,
  mul,
  neg,
  oneHot,
  pow,
  relu,
  reshape,
  rmsNorm,
  rotary,
  type Shape,
  sigmoid,
  silu,
  slice,
  softmax,
  split,
  sqrt,
  squaredRelu,
  stopGradient,
  sub,
  sum,
  type Tensor,
  tanh,
  transpose,
  where,
} from './index.ts';
import { broadcastShapes, sizeOf } from './shape.ts';
import { checkGradient } from './test/check-gradient.ts';
import { evaluate, randomValues } from './test/evaluate.ts';

const lengths = fc.integer({ min: 1, max: 4 });
const shapes = (minLength: number, maxLength = 3) => fc.array(lengths, { minLength, maxLength });
const seeds = fc.nat();

/** Shapes that broadcast to a common one: some axes of length 1, some leading ones missing. */
const broadcasting = (count: number) =>
  fc.tuple(shapes(0), seeds).map(([full, seed]) => {
    const random = createRandom(seed);
    return Array.from({ length: count }, () =>
      full.map(length => random.pick([length, length, 1])).slice(random.integer(0, full.length)),
    );
  });

interface Range {
  readonly low?: number;
  readonly high?: number;
  readonly grid?: number;
}

/** Any values, unless the operation has poles or kinks to keep away from. */
const point = (seed: number, name: string, shape: Shape, range: Range = {}) => ({
  shape,
  values: randomValues(`${seed} ${name}`, shape, range),
});

const property = <Args extends [unknown, ...unknown[]]>(
  name: string,
  arbitraries: { [K in keyof Args]: fc.Arbitrary<Args[K]> },
  check: (...args: Args) => Promise<void>,
) =>
  test(`gradient of ${name}`, () =>
    fc.assert(fc.asyncProperty<Args>(...arbitraries, check), { numRuns: 16 }));

const positive: Range = { low: 0.5, high: 2.5 };
const offKinks: Range = { grid: 1 / 8 };

const unaries: Readonly<Record<string, readonly [operation: (x: Tensor) => Tensor, range?: Range]>> = {
  neg: [neg],
  exp: [exp],
  log: [log, positive],
  sqrt: [sqrt, positive],
  tanh: [tanh],
  sigmoid: [sigmoid],
  relu: [relu, offKinks],
  gelu: [gelu],
  silu: [silu],
  squaredRelu: [squaredRelu, offKinks],
  square: [x => pow(x, 2)],
  'pow -1.5': [x => pow(x, -1.5), positive],
  'pow 3': [x => pow(x, 3)],
  clip: [x => clip(x, -0.5, 1.25), offKinks],
};
for (const [name, [operation, range]] of Object.entries(unaries))
  property(name, [shapes(0), seeds], (shape, seed) =>
    checkGradient(seed, [point(seed, 'x', shape, range)], operation),
  );

const binaries: Readonly<
  Record<string, readonly [operation: (a: Tensor, b: Tensor) => Tensor, ofB?: Range]>
> = {
  add: [add],
  sub: [sub],
  mul: [mul],
  div: [div, positive],
  minimum: [minimum],
  maximum: [maximum],
};
for (const [name, [operation, ofB]] of Object.entries(binaries))
  property(`${name} with broadcasting`, [broadcasting(2), seeds], ([a, b], seed) => {
    const right = point(seed, 'b', b!, ofB);
    // Between the values that `a` can have, so that minimum and maximum are never near their kink.
    const values = ofB === undefined ? right.values.map(value => Math.round(value * 8) / 8) : right.values;
    return checkGradient(seed, [point(seed, 'a', a!, offKinks), { ...right, values }], operation);
  });

property('a tensor met with itself and with numbers', [shapes(0), seeds], (shape, seed) =>
  checkGradient(seed, [point(seed, 'x', shape, positive)], x =>
    add(div(2, mul(x, x)), sub(1, mul(minimum(x, 9), 3))),
  ),
);

property('where with broadcasting', [broadcasting(3), seeds], ([condition, a, b], seed) => {
  const chosen = (x: Tensor) => less(0, x.graph.constant(randomValues(seed, condition!), condition!));
  const points = [point(seed, 'a', a!), point(seed, 'b', b!)];
  return checkGradient(seed, points, (x, y) => where(chosen(x), x, y));
});

property(
  'matMul with broadcasting',
  [broadcasting(2), lengths, lengths, lengths, seeds],
  ([a, b], m, k, n, seed) =>
    checkGradient(seed, [point(seed, 'a', [...a!, m, k]), point(seed, 'b', [...b!, k, n])], matMul),
);

property('a product of transposes', [shapes(2, 2), lengths, lengths, seeds], ([m, k], n, batch, seed) => {
  const points = [point(seed, 'a', [batch, k!, m!]), point(seed, 'b', [n, batch, k!])];
  return checkGradient(seed, points, (a, b) => matMul(transpose(a), transpose(b, [1, 2, 0])));
});

property('reshape', [shapes(0), seeds], (shape, seed) =>
  checkGradient(seed, [point(seed, 'x', shape)], x => reshape(mul(reshape(x, [-1, 1]), 2), [1, -1])),
);

property('transpose', [shapes(1), seeds], (shape, seed) => {
  const order = shape.map((_, axis) => axis).sort((a, b) => ((a * 7 + seed) % 3) - ((b * 7 + seed) % 3));
  return checkGradient(seed, [point(seed, 'x', shape)], x => transpose(x, order));
});

property('expand', [broadcasting(2), seeds], ([a, b], seed) => {
  const shape = broadcastShapes('expand', a!, b!);
  return checkGradient(seed, [point(seed, 'x', a!)], x => expand(x, shape));
});

property('a stretched tensor met with another', [broadcasting(2), seeds], ([a, b], seed) => {
  const shape = broadcastShapes('expand', a!, b!);
  const points = [point(seed, 'a', a!), point(seed, 'b', b!)];
  return checkGradient(seed, points, (x, y) => mul(expand(x, shape), y));
});

/** A part of each axis in turn, from its second element where it has one. */
property('slice', [shapes(1), seeds], (shape, seed) => {
  const axis = seed % shape.length;
  const length = shape[axis]!;
  return checkGradient(seed, [point(seed, 'x', shape)], x =>
    slice(x, axis - shape.length, length >> 1, length),
  );
});

property('split, with one part left out, and concat', [shapes(1), lengths, seeds], (shape, more, seed) => {
  const axis = seed % shape.length;
  const whole = shape.with(axis, shape[axis]! + more + 1);
  return checkGradient(seed, [point(seed, 'x', whole)], x => {
    const [first, , last] = split(x, axis, [shape[axis]!, 1, more]);
    return concat([mul(first!, 2), last!, exp(first!)], axis);
  });
});

const someAxes = fc.tuple(shapes(0), seeds).map(([shape, seed]) => {
  const random = createRandom(seed);
  return { shape, axes: shape.flatMap((_, axis) => (random.next() < 0.5 ? [axis] : [])), seed };
});

/** Values in random order that differ by more than the check moves them, so that the largest stays the largest. */
function distinct(seed: number, shape: Shape): Float32Array {
  const random = createRandom(seed);
  const values = Array.from({ length: sizeOf(shape) }, (_, i) => i / 8);
  for (let i = values.length - 1; i > 0; i--) {
    const j = random.integer(0, i);
    [values[i], values[j]] = [values[j]!, values[i]!];
  }
  return Float32Array.from(values);
}

for (const [name, reduce] of Object.entries({ sum, mean, max })) {
  property(name, [someAxes, fc.boolean()], ({ shape, axes, seed }, keepAxes) =>
    checkGradient(seed, [{ shape, values: distinct(seed, shape) }], x => reduce(x, { axes, keepAxes })),
  );
  property(`${name} over all axes`, [shapes(0), seeds], (shape, seed) =>
    checkGradient(seed, [{ shape, values: distinct(seed, shape) }], x => reduce(x)),
  );
}

for (const [name, operation] of Object.entries({ softmax, logSoftmax }))
  property(name, [shapes(1), seeds], (shape, seed) =>
    checkGradient(seed, [point(seed, 'x', shape)], operation),
  );

/** Wide enough that a row has a variance to speak of. */
const rows = fc.tuple(shapes(0, 2), fc.integer({ min: 4, max: 8 })).map(([some, width]) => [...some, width]);

property('layerNorm', [rows, seeds], (shape, seed) => {
  const columns = shape.slice(-1);
  const points = [point(seed, 'x', shape), point(seed, 'weight', columns), point(seed, 'bias', columns)];
  return checkGradient(seed, points, (x, weight, bias) => layerNorm(x, weight, { bias, epsilon: 0.1 }));
});

property('rmsNorm', [rows, seeds], (shape, seed) =>
  checkGradient(seed, [point(seed, 'x', shape), point(seed, 'weight', shape.slice(-1))], (x, weight) =>
    rmsNorm(x, weight, { epsilon: 0.1 }),
  ),
);

property('dropout', [shapes(1), seeds], (shape, seed) =>
  checkGradient(seed, [point(seed, 'x', shape)], x =>
    dropout(x, cast(less(x.graph.constant(randomValues(seed, shape), shape), 0.5), 'float32'), 0.25),
  ),
);

property('gather, with indices that repeat', [shapes(1), shapes(0), seeds], (table, indexShape, seed) => {
  const random = createRandom(seed);
  const indices = Array.from({ length: sizeOf(indexShape) }, () => random.integer(0, table[0]! - 1));
  return checkGradient(seed, [point(seed, 'table', table)], x =>
    gather(x, x.graph.constant(indices, indexShape, 'int32')),
  );
});

property('logProbability', [shapes(1), seeds], (shape, seed) => {
  const random = createRandom(seed);
  const leading = shape.slice(0, -1);
  const targets = Array.from({ length: sizeOf(leading) }, () => random.integer(0, shape.at(-1)! - 1));
  return checkGradient(seed, [point(seed, 'logits', shape)], x =>
    logProbability(x, x.graph.constant(targets, leading, 'int32')),
  );
});

property('crossEntropy with weights', [lengths, lengths, seeds], (count, vocabulary, seed) => {
  const targets = Array.from({ length: count }, (_, i) => (seed + i) % vocabulary);
  const points = [
    point(seed, 'logits', [count, vocabulary]),
    point(seed, 'weights', [count], { low: 0.1, high: 1 }),
  ];
  return checkGradient(seed, points, (x, weights) =>
    crossEntropy(x, x.graph.constant(targets, [count], 'int32'), weights),
  );
});

property(
  'attention with a mask',
  [broadcasting(3), lengths, lengths, seeds],
  ([a, b, c], queries, keys, seed) => {
    const points = [
      point(seed, 'q', [...a!, queries, 4]),
      point(seed, 'k', [...b!, keys, 4]),
      point(seed, 'v', [...c!, keys, 3]),
    ];
    return checkGradient(seed, points, (q, k, v) => {
      // Each query sees at least the first key.
      const isSeen = Array.from({ length: queries * keys }, (_, i) => Number(i % keys <= i / keys));
      return attention(q, k, v, { mask: q.graph.constant(isSeen, [queries, keys], 'bool') });
    });
  },
);

property('rotary', [shapes(1, 2), lengths, seeds], (leading, half, seed) =>
  checkGradient(seed, [point(seed, 'x', [...leading, 2 * half])], x => {
    const shape = [...leading.slice(-1), half];
    const [cos, sin] = [Math.cos, Math.sin].map(f =>
      x.graph.constant(
        Array.from({ length: sizeOf(shape) }, (_, i) => f(i)),
        shape,
      ),
    );
    return rotary(x, cos!, sin!);
  }),
);

test('no gradient flows through stopGradient', async () => {
  const { g } = await evaluate({ x: 3 }, graph => {
    const x = graph.input('x', []);
    return { g: gradients(mul(x, stopGradient(mul(x, x))), [x])[0]! };
  });
  assert.deepEqual([...g], [9]); // 27 with it
});

test('gradients of gradients: x⁴ twice', async () => {
  const { second } = await evaluate({ x: 2 }, graph => {
    const x = graph.input('x', []);
    const [first] = gradients(pow(x, 4), [x]);
    return { second: gradients(first!, [x])[0]! };
  });
  assert.deepEqual([...second], [48]);
});

test('gradients refuse what is no scalar and what the loss does not depend on', () => {
  const graph = createGraph();
  const [x, unused] = [graph.input('x', [2]), graph.parameter('unused', [2], { fill: 0 })];
  assert.throws(() => gradients(x, [x]), /trace gradients: expected a float32 scalar, got float32 \[2\]/);
  assert.throws(() => gradients(sum(x), [unused]), /tensors that the loss depends on, got "unused"/);
  const counts = cast(oneHot(graph.input('i', [], 'int32'), 2), 'int32');
  assert.throws(() => gradients(sum(cast(counts, 'float32')), [counts]), /depends on/);
});
