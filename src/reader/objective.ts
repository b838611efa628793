/**
 * What training a reader minimises: minus the log-probability of each token with its weight and, since the renderer knows
 * what stands where, alignment: the character in each cell, told by heads that are thrown away afterwards. An encoder that
 * knows it is what the decoder can learn to read from. Answers have copying: before each token that is copied, one head
 * looks at where it is copied from (supervised attention, Liu et al. 2016).
 */
import {
  add,
  crossEntropy,
  type Feeds,
  type Graph,
  logProbability,
  matMul,
  mul,
  reshape,
  slice,
  type Tensor,
  transpose,
  where,
} from '../graph/index.ts';
import {
  type BatchSize,
  causalLook,
  causalMask,
  declareReader,
  decode,
  type EncodedPages,
  embed,
  encodePages,
  logitsOf,
  pageInputs,
  tokenInputs,
  turnsFor,
} from './architecture.ts';
import { cellsOf, type ReaderConfig } from './config.ts';
import { labelClasses } from './page.ts';
import { feedSamples, type Sample } from './sample.ts';

export interface Objective {
  /** Scalar: the reading loss, and the others by their weights. */
  readonly loss: Tensor;
  /** Scalars, each a weighted mean: over tokens, cells, and copied tokens. */
  readonly losses: { readonly reading: Tensor; readonly alignment?: Tensor; readonly copying?: Tensor };
  /** Of each target, `[samples, tokens]`: what SFT weighs and GRPO compares. */
  readonly logProbabilities: Tensor;
  /** Of each target, as fed. */
  readonly weights: Tensor;
}

export interface ObjectiveOptions {
  /** Of alignment, against the reading loss, e.g. 0.5; without it no labels are needed. */
  readonly alignmentWeight?: number;
  /** Of copying, likewise. */
  readonly copyingWeight?: number;
}

/** Begins the names of parameters that only training needs. */
export const trainingOnly = 'training.';

/** Features of a cell from which its character is told. */
const alignmentWidth = 32;

/** Declares the reader's parameters in the graph and traces its loss. Inputs are those of `feedObjective`. */
export function traceObjective(
  graph: Graph,
  config: ReaderConfig,
  size: BatchSize,
  { alignmentWeight, copyingWeight }: ObjectiveOptions = {},
): Objective {
  const weights = declareReader(graph, config);
  const encoded = encodePages(weights, pageInputs(graph, config, size));
  const inputs = tokenInputs(graph, size);
  const embedded = embed(weights, inputs, encoded);
  const look = causalLook(graph, size.tokens);
  let copyingScores: Tensor | undefined;
  const decoded = decode(weights, embedded, turnsFor(weights, inputs), (layer, q, k, v) => {
    if (copyingWeight !== undefined && layer === copyingLayer(config)) copyingScores = scoresOfLastHead(q, k);
    return look(layer, q, k, v);
  });
  const logits = logitsOf(weights, decoded);
  const targets = graph.input('targets', [size.samples, size.tokens], 'int32');
  const perTarget = graph.input('weights', [size.samples, size.tokens]);
  const reading = crossEntropy(logits, targets, perTarget);
  const common = { logProbabilities: logProbability(logits, targets), weights: perTarget };
  const losses: { -readonly [name in keyof Objective['losses']]: Tensor } = { reading };
  let loss = reading;
  if (alignmentWeight !== undefined) {
    losses.alignment = traceAlignment(config, encoded);
    loss = add(loss, mul(losses.alignment, alignmentWeight));
  }
  if (copyingScores !== undefined) {
    losses.copying = crossEntropy(
      add(copyingScores, where(causalMask(graph, size.tokens), 0, -1e9)),
      graph.input('copiedFrom', [size.samples, size.tokens], 'int32'),
      graph.input('copyWeights', [size.samples, size.tokens]),
    );
    loss = add(loss, mul(losses.copying, copyingWeight!));
  }
  return { loss, losses, ...common };
}

/** The last but one, where there are as many: what is found can still be worked on. */
const copyingLayer = ({ decoderLayers }: ReaderConfig): number => Math.max(0, decoderLayers - 2);

/** Of a head that looks at text: `[samples, tokens, tokens]`. */
function scoresOfLastHead(q: Tensor, k: Tensor): Tensor {
  const [samples, heads, tokens, width] = q.shape as [number, number, number, number];
  const last = (x: Tensor) => reshape(slice(x, 1, heads - 1, heads), [samples, tokens, width]);
  return mul(matMul(last(q), transpose(last(k))), 1 / Math.sqrt(width));
}

/** The encoder's part alone: its loss, and the names of the parameters it teaches. */
export function traceAlignmentOnly(
  graph: Graph,
  config: ReaderConfig,
  size: Pick<BatchSize, 'samples' | 'patches'>,
): { readonly loss: Tensor; readonly teaches: (name: string) => boolean } {
  const weights = declareReader(graph, config);
  const encoded = encodePages(weights, pageInputs(graph, config, { ...size, tokens: 1 }));
  return {
    loss: traceAlignment(config, encoded),
    teaches: name => /^(?:page|encoder|training)\./.test(name),
  };
}

/** The mean of two: told from each cell alone, which is learnt within a minute, and from the patch it went into. */
function traceAlignment(config: ReaderConfig, { patches: encoded, cells }: EncodedPages): Tensor {
  const { graph } = encoded;
  const { width, cellWidth } = config;
  const { count } = cellsOf(config);
  const [samples, patches] = encoded.shape as [number, number];
  const head = (name: string, rows: number, columns: number) =>
    graph.parameter(`${trainingOnly}${name}`, [rows, columns], { standardDeviation: 1 / Math.sqrt(rows) });
  const apart = matMul(encoded, head('apart', width, count * alignmentWidth));
  const ofPatches = matMul(
    reshape(apart, [samples, patches, count, alignmentWidth]),
    head('classes', alignmentWidth, labelClasses),
  );
  const ofCells = matMul(cells, head('cells', cellWidth, labelClasses));
  const shape = [samples, patches, count];
  const labels = graph.input('labels', shape, 'int32');
  const weights = graph.input('labelWeights', shape);
  const loss = (logits: Tensor) => crossEntropy(reshape(logits, [...shape, labelClasses]), labels, weights);
  return mul(add(loss(ofPatches), loss(ofCells)), 0.5);
}

/** Of a cell with a character, against 1 for one without: there are more of these, and they are easy. */
const characterWeight = 2;

/** Feeds of a program traced with the same size and options. Every token is the target of the one before. */
export function feedObjective(
  samples: readonly Sample[],
  config: ReaderConfig,
  size: BatchSize,
  { alignmentWeight, copyingWeight }: ObjectiveOptions = {},
): Feeds {
  const feeds = feedSamples(samples, config, size);
  const targets = new Int32Array(size.samples * size.tokens);
  const weights = new Float32Array(targets.length);
  for (const [index, sample] of samples.entries()) {
    targets.set(sample.tokens.subarray(1), index * size.tokens);
    weights.set(sample.weights.subarray(1), index * size.tokens);
  }
  return {
    ...feeds,
    targets,
    weights,
    ...(alignmentWeight === undefined ? {} : feedLabels(samples, config, size)),
    ...(copyingWeight === undefined ? {} : feedCopies(samples, size)),
  };
}

/** It is before a copied token that its place is looked at. */
function feedCopies(samples: readonly Sample[], size: BatchSize) {
  const copied = new Int32Array(size.samples * size.tokens);
  const copyWeights = new Float32Array(copied.length);
  for (const [index, sample] of samples.entries()) {
    for (const [i, from] of sample.copied.entries()) {
      if (from < 0 || i === 0) continue;
      copied[index * size.tokens + i - 1] = from;
      copyWeights[index * size.tokens + i - 1] = 1;
    }
  }
  return { copiedFrom: copied, copyWeights };
}

/** Pages without labels weigh nothing. */
function feedLabels(samples: readonly Sample[], config: ReaderConfig, size: BatchSize) {
  const { count } = cellsOf(config);
  const labels = new Int32Array(size.samples * size.patches * count);
  const labelWeights = new Float32Array(labels.length);
  for (const [index, { pages }] of samples.entries()) {
    let at = index * size.patches * count;
    for (const page of pages) {
      const length = page.rows * page.columns * count;
      if (page.labels !== undefined) {
        labels.set(page.labels, at);
        for (let i = 0; i < length; i++) labelWeights[at + i] = page.labels[i] === 0 ? 1 : characterWeight;
      }
      at += length;
    }
  }
  return { labels, labelWeights };
}
