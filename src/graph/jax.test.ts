import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as runtime from 'onnxruntime-node';
import { createState, openStep } from './index.ts';
import { assertClose } from './test/evaluate.ts';
import { openJax } from './test/jax-transformer.ts';
import { copyTask, traceTraining } from './test/transformer.ts';

const size = { layers: 2, width: 16, heads: 2, positions: 6, batch: 3, vocabulary: 11 };
const options = { beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0.1, clipNorm: 0.5 };

test('whole training steps agree with jax-js: losses and every parameter', async () => {
  const { graph, program } = traceTraining(size, options);
  const state = createState(graph, 5);
  const jax = await openJax(size, state, options);
  const step = await openStep(program, { runtime, state });
  const norms: number[] = [];
  for (let i = 0; i < 5; i++) {
    const batch = copyTask(size, i);
    const { loss, gradientNorm } = await step.run({ ...batch, learningRate: 0.01 });
    norms.push(gradientNorm[0]!);
    assertClose(loss, [await jax.step(batch, 0.01)], 1e-5);
  }
  for (const [name, values] of await jax.parameters()) assertClose(state.get(name)!.data, values, 1e-4);
  assert.ok(
    norms.some(norm => norm > options.clipNorm),
    `clipping was tried: ${norms}`,
  );
  await step.close();
});
