/**
 * For tests and the bench: the step of `transformer.ts` once more, in jax-js, an engine that shares no code with ours:
 * its own differentiation and kernels, and AdamW as the textbook has it. Every use of an array but the last needs
 * `.ref`, since jax-js counts references.
 */
import { defaultDevice, init, jit, nn, numpy as np, tree, valueAndGrad } from '@jax-js/jax';
import type { State } from '../index.ts';
import type { Batch, Size } from './transformer.ts';

type Arrays = Record<string, np.Array>;

export interface JaxOptions {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
  readonly clipNorm: number;
}

export interface JaxTrainer {
  step(batch: Batch, learningRate: number): Promise<number>;
  parameters(): Promise<ReadonlyMap<string, Float32Array>>;
}

function lossOf(size: Size) {
  const { layers, width, heads, positions, batch, vocabulary } = size;
  const norm = (x: np.Array, weight: np.Array) => nn.standardize(x, -1, { epsilon: 1e-5 }).mul(weight);
  const toHeads = (x: np.Array) =>
    x.reshape([batch, positions, heads, width / heads]).transpose([0, 2, 1, 3]);

  return (p: Arrays, tokens: np.Array, targets: np.Array, weights: np.Array, hidden: np.Array) => {
    const named = (name: string) => p[name]!.ref;
    let x = np.matmul(nn.oneHot(tokens, vocabulary), named('embedding'));
    x = x
      .reshape([batch, positions, width])
      .add(named('positions'))
      .reshape([batch * positions, width]);
    for (let layer = 0; layer < layers; layer++) {
      const part = (name: string) => named(`layers.${layer}.${name}`);
      const before = norm(x.ref, part('norm1'));
      const project = (name: string) => toHeads(np.matmul(before.ref, part(name)));
      const products = np.matmul(project('q'), project('k').transpose([0, 1, 3, 2]));
      const scores = products.mul(1 / Math.sqrt(width / heads)).add(hidden.ref);
      const seen = np.matmul(nn.softmax(scores, -1), project('v'));
      before.dispose();
      const joined = seen.transpose([0, 2, 1, 3]).reshape([batch * positions, width]);
      x = x.add(np.matmul(joined, part('out')));
      const inner = nn.gelu(np.matmul(norm(x.ref, part('norm2')), part('up')), { approximate: true });
      x = x.add(np.matmul(inner, part('down')));
    }
    hidden.dispose();
    const logits = np.matmul(norm(x, named('norm')), named('head'));
    const picked = nn.logSoftmax(logits, -1).mul(nn.oneHot(targets, vocabulary)).sum(-1);
    const total = weights.ref.sum();
    return picked.mul(weights).sum().mul(-1).div(total);
  };
}

/** Starts from the parameters of a state; those of our optimiser in it are left aside. */
export async function openJax(size: Size, state: State, options: JaxOptions): Promise<JaxTrainer> {
  const { beta1, beta2, epsilon, weightDecay, clipNorm } = options;
  await init('wasm');
  defaultDevice('wasm');
  const names = [...state.keys()].filter(name => !name.startsWith('adamw.'));
  const each = (make: (name: string) => np.Array): Arrays =>
    Object.fromEntries(names.map(name => [name, make(name)]));
  const stored = (name: string) => state.get(name)!;
  const lossAndGradients = valueAndGrad(lossOf(size));

  const update = jit(
    (
      p: Arrays,
      m: Arrays,
      v: Arrays,
      batch: Arrays,
      learningRate: np.Array,
      fix1: np.Array,
      fix2: np.Array,
    ) => {
      const { tokens, targets, weights, hidden } = batch;
      const [loss, g] = lossAndGradients(tree.ref(p), tokens!, targets!, weights!, hidden!);
      const norm = np.sqrt(
        names
          .map(name => np.square((g[name] as np.Array).ref).sum())
          .reduce((sum, square) => sum.add(square)),
      );
      const clipping = np.minimum(np.array(1), np.array(clipNorm).div(norm.add(1e-6)));
      const clipped = each(name => (g[name] as np.Array).mul(clipping.ref));
      const m2 = each(name => m[name]!.mul(beta1).add(clipped[name]!.ref.mul(1 - beta1)));
      const v2 = each(name => v[name]!.mul(beta2).add(np.square(clipped[name]!).mul(1 - beta2)));
      const p2 = each(name => {
        const direction = m2[name]!.ref.mul(fix1.ref).div(np.sqrt(v2[name]!.ref.mul(fix2.ref)).add(epsilon));
        const decay = stored(name).shape.length > 1 ? weightDecay : 0;
        return p[name]!.ref.sub(direction.add(p[name]!.mul(decay)).mul(learningRate.ref));
      });
      for (const used of [clipping, learningRate, fix1, fix2]) used.dispose();
      return [p2, m2, v2, loss] as const;
    },
  );

  const zeros = () => each(name => np.zeros([...stored(name).shape]));
  let [p, m, v] = [
    each(name => np.array(stored(name).data.slice(), { shape: [...stored(name).shape] })),
    zeros(),
    zeros(),
  ];
  let steps = 0;
  const { batch: samples, positions } = size;
  const causal = Float32Array.from({ length: positions ** 2 }, (_, i) =>
    i % positions <= i / positions ? 0 : -1e9,
  );

  return {
    async step({ tokens, targets, weights }, learningRate) {
      steps++;
      const shape = [samples * positions];
      const batch = {
        tokens: np.array(tokens.slice(), { shape, dtype: np.int32 }),
        targets: np.array(targets.slice(), { shape, dtype: np.int32 }),
        weights: np.array(weights.slice(), { shape }),
        hidden: np.array(causal.slice(), { shape: [positions, positions] }),
      };
      const [p2, m2, v2, loss] = update(
        p,
        m,
        v,
        batch,
        np.array(learningRate),
        np.array(1 / (1 - beta1 ** steps)),
        np.array(1 / (1 - beta2 ** steps)),
      );
      [p, m, v] = [p2, m2, v2];
      await p[names[0]!]!.blockUntilReady();
      return (await loss.data())[0]!;
    },
    async parameters() {
      return new Map(
        await Promise.all(
          names.map(async name => [name, (await p[name]!.ref.data()) as Float32Array] as const),
        ),
      );
    },
  };
}
