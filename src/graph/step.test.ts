import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as runtime from 'onnxruntime-node';
import {
  add,
  constantSchedule,
  createGraph,
  createState,
  gradients,
  mul,
  openStep,
  readSafetensors,
  type State,
  sum,
  writeSafetensors,
} from './index.ts';
import { copyTask, traceTraining } from './test/transformer.ts';

const size = { layers: 2, width: 32, heads: 2, positions: 12, batch: 8, vocabulary: 12 };
const training = () => traceTraining(size, { weightDecay: 0.01, clipNorm: 1 });
const rate = constantSchedule({ peak: 0.01, warmUpSteps: 10 });

/** Runs steps `from` to `to` of the copy task on the state; returns the losses. */
async function train(state: State, from: number, to: number): Promise<number[]> {
  const step = await openStep(training().program, { runtime, state });
  const losses: number[] = [];
  for (let i = from; i < to; i++) {
    const { loss } = await step.run({ ...copyTask(size, i), learningRate: rate(i) });
    losses.push(loss[0]!);
  }
  await step.close();
  return losses;
}

test('a small decoder learns to copy the token before', async () => {
  const losses = await train(createState(training().graph, 1), 0, 150);
  assert.ok(Math.abs(losses[0]! - Math.log(size.vocabulary)) < 0.2, `it starts with no idea: ${losses[0]}`);
  assert.ok(losses.at(-1)! < 0.3, `it ends knowing: ${losses.at(-1)}`);
});

test('a run resumed from a checkpoint is the uninterrupted one, bit for bit', async () => {
  const [whole, first] = [createState(training().graph, 2), createState(training().graph, 2)];
  const losses = await train(whole, 0, 8);
  const before = await train(first, 0, 4);
  const resumed = readSafetensors(writeSafetensors(first)).tensors;
  const after = await train(resumed, 4, 8);
  assert.deepEqual([...before, ...after], losses);
  assert.deepEqual(new Map([...resumed].sort()), new Map([...whole].sort()));
});

test('a forward program follows the training it shares its state with, unless weights are embedded', async () => {
  const { graph, logits, program } = training();
  const state = createState(graph, 3);
  const { tokens } = copyTask(size, 0);
  const forward = await openStep({ outputs: { logits } }, { runtime, state });
  const embedded = await openStep({ outputs: { logits } }, { runtime, state, weights: 'embedded' });
  const step = await openStep(program, { runtime, state });
  const start = (await forward.run({ tokens })).logits;
  assert.deepEqual((await embedded.run({ tokens })).logits, start);
  for (let i = 0; i < 3; i++) await step.run({ ...copyTask(size, i), learningRate: 0.01 });
  assert.notDeepEqual((await forward.run({ tokens })).logits, start);
  assert.deepEqual((await embedded.run({ tokens })).logits, start);
  for (const opened of [forward, embedded, step]) await opened.close();
});

for (const weights of ['state', 'embedded'] as const)
  test(`variables carry values from run to run, also one that becomes another (${weights})`, async () => {
    const graph = createGraph();
    const variable = (name: string) => graph.variable(name, [1], { fill: name === 'factor' ? 2 : 0 });
    const [count, previous, factor] = ['count', 'previous', 'factor'].map(variable);
    const updates = new Map([
      [count!, add(count!, graph.input('by', []))],
      [previous!, count!],
    ]);
    const state = createState(graph, 0);
    const program = { outputs: { twice: mul(count!, factor!) }, updates };
    const step = await openStep(program, { runtime, state, weights });
    const seen: number[] = [];
    for (const by of [1, 10, 100]) seen.push((await step.run({ by })).twice[0]!);
    assert.deepEqual(seen, [0, 2, 22]);
    const values = ['count', 'previous', 'factor'].map(name => state.get(name)!.data[0]);
    assert.deepEqual(values, [111, 11, 2]);
    await step.close();
  });

test('feeds and states that do not fit are refused before anything runs', async () => {
  const graph = createGraph();
  const w = graph.parameter('w', [2], { fill: 1 });
  const [x, i] = [graph.input('x', [2]), graph.input('i', [2], 'int32')];
  graph.input('unused', []);
  const loss = sum(add(mul(w, x), mul(w, gradients(sum(mul(w, x)), [w])[0]!)));
  const program = { outputs: { loss }, updates: new Map([[w, mul(w, 2)]]) };
  const state = createState(graph, 0);
  const step = await openStep(program, { runtime, state });
  const rejects = (feeds: Record<string, never> | Parameters<typeof step.run>[0], message: RegExp) =>
    assert.rejects(step.run(feeds), message);
  await rejects({}, /feed "x": expected Float32Array\(2\) for \[2\], got undefined/);
  await rejects(
    { x: new Float32Array(3) },
    /feed "x": expected Float32Array\(2\) for \[2\], got Float32Array\(3\)/,
  );
  await rejects({ x: new Int32Array(2) }, /got Int32Array\(2\)/);
  await rejects({ x: 1 }, /got Float32Array\(1\)/);
  await rejects({ x: new Float32Array(2), unused: 1 }, /an input that the program uses: x, got "unused"/);
  assert.deepEqual([...state.get('w')!.data], [1, 1]);

  const feeds = { x: new Float32Array(2) };
  const running = step.run(feeds);
  await assert.rejects(step.run(feeds), /the run before to have ended/);
  await running;
  await step.close();

  await assert.rejects(
    openStep(program, { runtime, state: new Map() }),
    /read variable "w": expected values of shape \[2\], got none/,
  );
  const wrong: State = new Map([['w', { shape: [3], data: new Float32Array(3) }]]);
  await assert.rejects(openStep(program, { runtime, state: wrong }), /got 3 values, \[3\]/);
  await assert.rejects(
    openStep({ outputs: { i } }, { runtime, state }),
    /output "i": expected float32, got int32/,
  );
  await assert.rejects(openStep({ outputs: {} }, { runtime, state }), /at least one output or update/);
  const updates = new Map([[w, sum(w)]]);
  await assert.rejects(
    openStep({ outputs: {}, updates }, { runtime, state }),
    /update of "w": expected float32 \[2\], got float32 \[\]/,
  );
  await assert.rejects(
    openStep(program, { runtime, state, executionProviders: ['abacus'] }),
    /open a step on abacus: expected a session of ONNX Runtime/,
  );
});
