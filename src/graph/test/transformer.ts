/**
 * For tests and the bench: a whole training step of a plain causal decoder, with a batch for it. Positions come first
 * in activations, `[positions · batch, width]`, which saves the attention's inputs their transposes.
 */
import { createRandom } from '../../base/index.ts';
import {
  type AdamWOptions,
  adamW,
  add,
  attention,
  createGraph,
  crossEntropy,
  gather,
  gelu,
  gradients,
  layerNorm,
  matMul,
  reshape,
  type Tensor,
  transpose,
} from '../index.ts';

export interface Size {
  readonly layers: number;
  readonly width: number;
  readonly heads: number;
  readonly positions: number;
  readonly batch: number;
  readonly vocabulary: number;
}

export interface Batch {
  /** Sample by sample, `batch · positions` of each. */
  readonly tokens: Int32Array;
  readonly targets: Int32Array;
  readonly weights: Float32Array;
}

export function traceDecoder(size: Size) {
  const { layers, width, heads, positions, batch, vocabulary } = size;
  const graph = createGraph();
  const matrix = (name: string, rows: number, columns: number) =>
    graph.parameter(name, [rows, columns], { standardDeviation: 0.05 });
  const norm = (name: string, x: Tensor) => layerNorm(x, graph.parameter(name, [width], { fill: 1 }));
  const positionsFirst = (name: string) => transpose(graph.input(name, [batch, positions], 'int32'));
  const toHeads = (x: Tensor) =>
    transpose(reshape(x, [positions, batch, heads, width / heads]), [1, 2, 0, 3]);
  const fromHeads = (x: Tensor) => reshape(transpose(x, [2, 0, 1, 3]), [positions * batch, width]);
  const rows = Array.from({ length: positions ** 2 }, (_, i) => Number(i % positions <= i / positions));
  const mask = graph.constant(rows, [positions, positions], 'bool');

  const places = reshape(matrix('positions', positions, width), [positions, 1, width]);
  const embedded = add(gather(matrix('embedding', vocabulary, width), positionsFirst('tokens')), places);
  let x = reshape(embedded, [positions * batch, width]);
  for (let layer = 0; layer < layers; layer++) {
    const name = (part: string) => `layers.${layer}.${part}`;
    const before = norm(name('norm1'), x);
    const project = (part: string) => toHeads(matMul(before, matrix(name(part), width, width)));
    const seen = attention(project('q'), project('k'), project('v'), { mask });
    x = add(x, matMul(fromHeads(seen), matrix(name('out'), width, width)));
    const hidden = gelu(matMul(norm(name('norm2'), x), matrix(name('up'), width, 4 * width)));
    x = add(x, matMul(hidden, matrix(name('down'), 4 * width, width)));
  }
  const logits = matMul(norm('norm', x), matrix('head', width, vocabulary));
  const targets = reshape(positionsFirst('targets'), [-1]);
  const weights = reshape(transpose(graph.input('weights', [batch, positions])), [-1]);
  return { graph, logits, loss: crossEntropy(logits, targets, weights) };
}

export function traceTraining(size: Size, options: Omit<AdamWOptions, 'learningRate'>) {
  const { graph, logits, loss } = traceDecoder(size);
  const parameters = graph.parameters.map(({ tensor }) => tensor);
  const learningRate = graph.input('learningRate', []);
  const { updates, gradientNorm } = adamW(parameters, gradients(loss, parameters), {
    ...options,
    learningRate,
  });
  return { graph, logits, program: { outputs: { loss, gradientNorm }, updates } };
}

/** Random tokens; each target is the token before, which attention has to fetch. */
export function copyTask({ batch, positions, vocabulary }: Size, seed: number): Batch {
  const random = createRandom(seed);
  const tokens = Int32Array.from({ length: batch * positions }, () => random.integer(0, vocabulary - 1));
  const isFirst = (i: number) => i % positions === 0;
  return {
    tokens,
    targets: tokens.map((_, i) => (isFirst(i) ? 0 : tokens[i - 1]!)),
    weights: Float32Array.from(tokens, (_, i) => (isFirst(i) ? 0 : 1)),
  };
}
