/** The traced loss is the formula of the papers, computed here once more in plain TypeScript. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as runtime from 'onnxruntime-node';
import { createRandom } from '../base/index.ts';
import { createGraph, openStep } from '../graph/index.ts';
import { tracePolicyLoss } from './policy-loss.ts';

const size = { samples: 3, tokens: 7, patches: 1 };
const settings = { clipLow: 0.2, clipHigh: 0.28, klWeight: 0.1 };
const names = ['newLog', 'weights', 'oldLog', 'firstLog', 'advantages'] as const;
type Given = Readonly<Record<(typeof names)[number], Float32Array>>;

async function traced(given: Given) {
  const graph = createGraph();
  const shape = [size.samples, size.tokens];
  const newLog = graph.input('newLog', shape);
  const weights = graph.input('weights', shape);
  const step = await openStep(
    { outputs: { ...tracePolicyLoss(graph, newLog, weights, size, settings) } },
    { runtime, state: new Map() },
  );
  const { loss, kl } = await step.run(given);
  await step.close();
  return { loss: loss![0]!, kl: kl![0]! };
}

/** Token by token, as DAPO sums it up: each token of all answers counts the same. */
function computed({ newLog, weights, oldLog, firstLog, advantages }: Given) {
  let [gain, kl, tokens, clipped] = [0, 0, 0, 0];
  for (const [i, weight] of weights.entries()) {
    if (weight === 0) continue;
    const ratio = Math.exp(newLog[i]! - oldLog[i]!);
    const kept = Math.min(Math.max(ratio, 1 - settings.clipLow), 1 + settings.clipHigh);
    if (kept !== ratio) clipped++;
    gain += Math.min(ratio * advantages[i]!, kept * advantages[i]!);
    const toFirst = Math.exp(firstLog[i]! - newLog[i]!);
    kl += toFirst - Math.log(toFirst) - 1;
    tokens++;
  }
  return { loss: -gain / tokens + settings.klWeight * (kl / tokens), kl: kl / tokens, clipped };
}

function drawn(seed: number): Given {
  const random = createRandom(seed);
  const length = size.samples * size.tokens;
  const fill = (draw: (i: number) => number) => Float32Array.from({ length }, (_, i) => draw(i));
  const oldLog = fill(() => -3 * random.next());
  const near = (spread: number) => fill(i => oldLog[i]! + spread * (random.next() - 0.5));
  // Of each sample another stretch is its answer; the numbers beside it may be anything.
  const weights = fill(i => Number(i % size.tokens >= 2 + Math.floor(i / size.tokens)));
  const newLog = near(1).map((value, i) => (weights[i] === 0 ? -500 : value));
  return { newLog, weights, oldLog, firstLog: near(2), advantages: fill(() => 4 * (random.next() - 0.5)) };
}

test('loss and distance are those of the formula, clipped tokens among them', async () => {
  let clipped = 0;
  for (let seed = 0; seed < 12; seed++) {
    const given = drawn(seed);
    const [found, expected] = [await traced(given), computed(given)];
    clipped += expected.clipped;
    assert.ok(Math.abs(found.loss - expected.loss) < 1e-5, `${found.loss}, ${expected.loss}`);
    assert.ok(Math.abs(found.kl - expected.kl) < 1e-5, `${found.kl}, ${expected.kl}`);
  }
  assert.ok(clipped > 20, `${clipped} tokens were clipped`);
});

test('as the answers were drawn, nothing is clipped, nothing away, and the loss is minus the mean advantage', async () => {
  const given = drawn(99);
  const same = { ...given, newLog: given.oldLog, firstLog: given.oldLog };
  const { loss, kl } = await traced(same);
  const answers = [...same.advantages].filter((_, i) => same.weights[i] === 1);
  assert.equal(kl, 0);
  assert.ok(Math.abs(loss + answers.reduce((a, b) => a + b, 0) / answers.length) < 1e-6);
});
