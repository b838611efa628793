/**
 * What training a reader minimises: minus the log-probability of each token with its weight and, where the renderer's
 * places are given, two losses that need not find them first. Alignment: the character in each cell, told from the
 * encoded patch by a head that is thrown away afterwards. Looking: one head of the decoder looks at the patch that the
 * next token begins in (supervised attention, Liu et al. 2016).
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
  embed,
  encodePages,
  logitsOf,
  pageInputs,
  turnTable,
} from './architecture.ts';
import { cellsOf, type ReaderConfig } from './config.ts';
import { labelClasses } from './page.ts';
import { feedSamples, type Sample } from './sample.ts';

export interface Objective {
  /** Scalar: the reading loss, and the others by their weights. */
  readonly loss: Tensor;
  /** Scalars, each a weighted mean: over tokens, cells, and tokens whose patch is known. */
  readonly losses: { readonly reading: Tensor; readonly alignment?: Tensor; readonly looking?: Tensor };
  /** Of each target, `[samples, tokens]`: what SFT weighs and GRPO compares. */
  readonly logProbabilities: Tensor;
}

/** A loss without a weight is left out, and needs neither labels nor places. */
export interface ObjectiveOptions {
  /** Against the reading loss, e.g. 1. */
  readonly alignmentWeight?: number;
  /** Against the reading loss, e.g. 0.5. */
  readonly lookingWeight?: number;
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
  { alignmentWeight, lookingWeight }: ObjectiveOptions = {},
): Objective {
  const weights = declareReader(graph, config);
  const perToken = (name: string) => graph.input(name, [size.samples, size.tokens], 'int32');
  const encoded = encodePages(weights, pageInputs(graph, config, size));
  const embedded = embed(weights, perToken('tokens'), perToken('patchAt'), encoded);
  const turns = turnTable(graph, config, size.tokens);
  const look = causalLook(graph, size.tokens);
  let looking: Tensor | undefined;
  const decoded = decode(weights, embedded, turns, (layer, q, k, v) => {
    if (lookingWeight !== undefined && layer === lookingLayer(config)) looking = traceLooking(q, k);
    return look(layer, q, k, v);
  });
  const logits = logitsOf(weights, decoded);
  const targets = perToken('targets');
  const reading = crossEntropy(logits, targets, graph.input('weights', [size.samples, size.tokens]));
  const alignment = alignmentWeight === undefined ? undefined : traceAlignment(config, encoded);
  const weigh = (loss: Tensor | undefined, weight = 0) => (loss === undefined ? [] : [mul(loss, weight)]);
  return {
    loss: [...weigh(alignment, alignmentWeight), ...weigh(looking, lookingWeight)].reduce(add, reading),
    losses: {
      reading,
      ...(alignment === undefined ? {} : { alignment }),
      ...(looking === undefined ? {} : { looking }),
    },
    logProbabilities: logProbability(logits, targets),
  };
}

/** Half way up: what is seen there can still be worked on. */
const lookingLayer = ({ decoderLayers }: ReaderConfig): number => Math.floor((decoderLayers - 1) / 2);

/** By the first head. */
function traceLooking(q: Tensor, k: Tensor): Tensor {
  const { graph } = q;
  const [samples, , tokens, width] = q.shape as [number, number, number, number];
  const first = (x: Tensor) => reshape(slice(x, 1, 0, 1), [samples, tokens, width]);
  const scores = mul(matMul(first(q), transpose(first(k))), 1 / Math.sqrt(width));
  const seen = add(scores, where(causalMask(graph, tokens), 0, -1e9));
  const places = graph.input('places', [samples, tokens], 'int32');
  return crossEntropy(seen, places, graph.input('placeWeights', [samples, tokens]));
}

function traceAlignment(config: ReaderConfig, encoded: Tensor): Tensor {
  const { graph } = encoded;
  const { width } = config;
  const { count } = cellsOf(config);
  const [samples, patches] = encoded.shape as [number, number];
  const apart = graph.parameter(`${trainingOnly}cells`, [width, count * alignmentWidth], {
    standardDeviation: 1 / Math.sqrt(width),
  });
  const classes = graph.parameter(`${trainingOnly}classes`, [alignmentWidth, labelClasses], {
    standardDeviation: 1 / Math.sqrt(alignmentWidth),
  });
  const cells = reshape(matMul(encoded, apart), [samples, patches, count, alignmentWidth]);
  const shape = [samples, patches, count];
  const labels = graph.input('labels', shape, 'int32');
  return crossEntropy(matMul(cells, classes), labels, graph.input('labelWeights', shape));
}

/** Of a cell with a character, against 1 for one without: there are more of these, and they are easy. */
const characterWeight = 2;

/** Feeds of a program traced with the same size and options. Every token is the target of the one before. */
export function feedObjective(
  samples: readonly Sample[],
  config: ReaderConfig,
  size: BatchSize,
  { alignmentWeight, lookingWeight }: ObjectiveOptions = {},
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
    ...(lookingWeight === undefined ? {} : feedPlaces(samples, size)),
  };
}

function feedPlaces(samples: readonly Sample[], size: BatchSize) {
  const places = new Int32Array(size.samples * size.tokens);
  const placeWeights = new Float32Array(places.length);
  for (const [index, { readFrom }] of samples.entries()) {
    for (const [i, place] of readFrom.subarray(1).entries()) {
      if (place < 0) continue;
      places[index * size.tokens + i] = place;
      placeWeights[index * size.tokens + i] = 1;
    }
  }
  return { places, placeWeights };
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
