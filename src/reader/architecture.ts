/**
 * The reader's network, all of it: a page's cells become patches, an encoder lets each patch see its neighbours in the
 * line, and a causal decoder reads patches as tokens among those of the text. Blocks are pre-norm (Vaswani et al. 2017;
 * Radford et al. 2019), positions rotary (`turns.ts`), a patch's row and page learned besides, so that answers can name
 * them; the vocabulary's table serves input and output (Press and Wolf 2017).
 */
import {
  add,
  attention,
  concat,
  createGraph,
  expand,
  type Graph,
  gather,
  gelu,
  layerNorm,
  less,
  lessOrEqual,
  matMul,
  mean,
  reshape,
  rotary,
  slice,
  split,
  squaredRelu,
  type Tensor,
  transpose,
  type Variable,
} from '../graph/index.ts';
import { cellsOf, type ReaderConfig } from './config.ts';
import { coordinates, pageHeads, type Turn, type Turns, turnsOf } from './turns.ts';
import { mostPages } from './vocabulary.ts';

/** One program has one size: what is shorter is filled up. */
export interface BatchSize {
  readonly samples: number;
  /** Of all pages of a sample. */
  readonly patches: number;
  readonly tokens: number;
}

interface Block {
  readonly attentionNorm: Tensor;
  /** Query, key and value side by side. */
  readonly projection: Tensor;
  /** Added to queries and keys, so that a head can look by place alone. */
  readonly lookBias: Tensor;
  readonly joining: Tensor;
  readonly mlpNorm: Tensor;
  readonly mlpIn: Tensor;
  readonly mlpOut: Tensor;
}

/** What a block works out from what it sees: a token itself, or a patch and its two neighbours. */
type Mixer = Pick<Block, 'mlpNorm' | 'mlpIn' | 'mlpOut'>;

export interface ReaderWeights {
  readonly config: ReaderConfig;
  readonly graph: Graph;
  readonly cellIn: Tensor;
  readonly cellInBias: Tensor;
  readonly cellOut: Tensor;
  readonly merge: Tensor;
  readonly gramIn: Tensor;
  readonly gramOut: Tensor;
  readonly encoder: readonly Mixer[];
  readonly encoderNorm: Tensor;
  readonly rows: Tensor;
  readonly pages: Tensor;
  readonly vocabulary: Tensor;
  readonly before: Tensor;
  readonly decoder: readonly Block[];
  readonly decoderNorm: Tensor;
}

/** The features of a cell before they are narrowed down. */
const stemFactor = 4;
/** Cells on each side that a gram has beside its own: some five characters in all. */
const gramReach = 2;

/** That each token is told of, besides itself. */
export const tokensBefore = 3;

/** Beside patches of size 1: loud enough to be named from the first step on. */
const placeScale = 0.3;

/** Adds the reader's parameters to the graph, under names that a checkpoint keeps. */
export function declareReader(graph: Graph, config: ReaderConfig): ReaderWeights {
  const { width, cellWidth, encoderLayers, decoderLayers } = config;
  const cells = cellsOf(config);
  const layers = encoderLayers + decoderLayers;
  // He's rule: what goes into a layer's columns keeps its size (2015); what is added to the stream shrinks with depth.
  const weight = (name: string, shape: readonly [number, number], scale = 1) =>
    graph.parameter(name, shape, { standardDeviation: scale / Math.sqrt(shape[0]) });
  const table = (name: string, rows: number, standardDeviation: number) =>
    graph.parameter(name, [rows, width], { standardDeviation });
  const gain = (name: string) => graph.parameter(name, [width], { fill: 1 });
  const mixer = (name: string, sees: number, inner: number): Mixer => ({
    mlpNorm: gain(`${name}.mlpNorm`),
    mlpIn: weight(`${name}.mlpIn`, [sees * width, inner * width]),
    mlpOut: weight(`${name}.mlpOut`, [inner * width, width], 1 / Math.sqrt(2 * layers)),
  });
  const block = (name: string): Block => ({
    attentionNorm: gain(`${name}.attentionNorm`),
    projection: weight(`${name}.projection`, [width, 3 * width]),
    lookBias: graph.parameter(`${name}.lookBias`, [2 * width], { fill: 0 }),
    joining: weight(`${name}.joining`, [width, width], 1 / Math.sqrt(2 * layers)),
    ...mixer(name, 1, 4),
  });
  const named = <T>(name: string, count: number, make: (name: string) => T) =>
    Array.from({ length: count }, (_, i) => make(`${name}.${i}`));
  const stem = stemFactor * cellWidth;
  return {
    config,
    graph,
    cellIn: weight('page.cellIn', [cells.pixels, stem], 2),
    cellInBias: graph.parameter('page.cellInBias', [stem], { fill: 0 }),
    cellOut: weight('page.cellOut', [stem, cellWidth], Math.SQRT2),
    merge: weight('page.merge', [cells.count * cellWidth, width]),
    gramIn: weight('page.gramIn', [(2 * gramReach + 1) * cellWidth, width], Math.SQRT2),
    gramOut: weight('page.gramOut', [width, width], 0.1),
    encoder: named('encoder', encoderLayers, name => mixer(name, 3, 2)),
    encoderNorm: gain('encoder.norm'),
    rows: table('page.rows', config.pageRows, placeScale),
    pages: table('page.pages', mostPages, placeScale),
    vocabulary: table('decoder.vocabulary', config.vocabularySize, 0.02),
    before: graph.parameter('decoder.before', [tokensBefore * width, width], { fill: 0 }),
    decoder: named('decoder', decoderLayers, block),
    decoderNorm: gain('decoder.norm'),
  };
}

/** Every parameter of a reader of this config. */
export function readerParameters(config: ReaderConfig): readonly Variable[] {
  return declareReader(createGraph(), config).graph.parameters;
}

export interface PageInputs {
  /** Ink, 0 to 1: `[samples × patches × cells, pixels]`. */
  readonly cells: Tensor;
  /** Of its page, from 0: `[samples, patches]`, int32. */
  readonly rows: Tensor;
  /** Of its sample, from 0. */
  readonly pages: Tensor;
}

export function pageInputs(graph: Graph, config: ReaderConfig, { samples, patches }: BatchSize): PageInputs {
  const cells = cellsOf(config);
  const perPatch = (name: string) => graph.input(name, [samples, patches], 'int32');
  return {
    cells: graph.input('cells', [samples * patches * cells.count, cells.pixels]),
    rows: perPatch('rows'),
    pages: perPatch('pages'),
  };
}

export interface EncodedPages {
  /** What the decoder is given: `[samples, patches, width]`. */
  readonly patches: Tensor;
  /** Of each cell on its own, before patches are made of them: `[samples × patches × cells, features]`. */
  readonly cells: Tensor;
}

export function encodePages(weights: ReaderWeights, inputs: PageInputs): EncodedPages {
  const { config } = weights;
  const { count } = cellsOf(config);
  const [samples, patches] = inputs.pages.shape as [number, number];
  const seen = gelu(add(matMul(inputs.cells, weights.cellIn), weights.cellInBias));
  const features = gelu(matMul(seen, weights.cellOut));
  const merged = matMul(reshape(features, [samples * patches, count * config.cellWidth]), weights.merge);
  const grams = gramsOf(weights, reshape(features, [samples * patches, count, config.cellWidth]));
  let x = reshape(add(merged, grams), [samples, patches, config.width]);
  for (const block of weights.encoder) x = mix(block, x, withNeighbours);
  const place = add(gather(weights.rows, inputs.rows), gather(weights.pages, inputs.pages));
  return { patches: add(layerNorm(x, weights.encoderNorm), place), cells: features };
}

/**
 * Which short strings stand in a patch, wherever in it. `[patches, cells, features] → [patches, width]`
 */
function gramsOf({ config, gramIn, gramOut }: ReaderWeights, features: Tensor): Tensor {
  const patches = features.shape[0]!;
  const near = Array.from({ length: 2 * gramReach + 1 }, (_, i) => shifted(features, i - gramReach));
  const found = gelu(matMul(concat(near, -1), gramIn));
  return matMul(reshape(mean(found, { axes: [1] }), [patches, config.width]), gramOut);
}

/** Along axis 1: what stands `by` places further on, 0 beyond the end. */
function shifted(x: Tensor, by: number): Tensor {
  const [rows, places, width] = x.shape as [number, number, number];
  if (by === 0) return x;
  const lost = Math.min(Math.abs(by), places);
  const nothing = expand(x.graph.constant(0), [rows, lost, width]);
  if (lost === places) return nothing;
  return by < 0
    ? concat([nothing, slice(x, 1, 0, places - lost)], 1)
    : concat([slice(x, 1, lost, places), nothing], 1);
}

/** Each row after the one before it and before the one after it; beyond the ends there is nothing. */
const withNeighbours = (x: Tensor): Tensor => concat([shifted(x, -1), x, shifted(x, 1)], -1);

/** What stands where: `[samples, tokens]`, int32, and where the cursor is after each, `[samples, tokens, 3]`. */
export interface TokenInputs {
  readonly tokens: Tensor;
  /** Which of all patches, from 1; 0 for none. */
  readonly patchAt: Tensor;
  readonly places: Tensor;
}

export function tokenInputs(graph: Graph, { samples, tokens }: BatchSize): TokenInputs {
  const perToken = (name: string) => graph.input(name, [samples, tokens], 'int32');
  return {
    tokens: perToken('tokens'),
    patchAt: perToken('patchAt'),
    places: graph.input('places', [samples, tokens, coordinates]),
  };
}

/** Positions of tokens and patches in the decoder. */
export function turnsFor({ graph, config }: ReaderWeights, { places, patchAt }: TokenInputs): Turns {
  return turnsOf(graph, config, places, less(0, reshape(patchAt, [...patchAt.shape, 1])));
}

/** Tokens of text from the table and patches from the pages: `[samples, tokens, width]`. */
export function embed(
  weights: ReaderWeights,
  { tokens, patchAt }: TokenInputs,
  { patches }: EncodedPages,
): Tensor {
  const { graph, config } = weights;
  const rows = reshape(patches, [-1, config.width]);
  const nothing = expand(graph.constant(0), [1, config.width]);
  const own = gather(weights.vocabulary, tokens);
  const before = Array.from({ length: tokensBefore }, (_, i) => shifted(own, -1 - i));
  return add(withBefore(weights, own, concat(before, -1)), gather(concat([nothing, rows], 0), patchAt));
}

/** The same for one token of text alone. @param before tokens from the last one back, `[samples, 1, 3]`; -1 for none */
export function embedNext(weights: ReaderWeights, token: Tensor, before: Tensor): Tensor {
  const { graph, config } = weights;
  const nothing = expand(graph.constant(0), [1, config.width]);
  const found = gather(concat([nothing, weights.vocabulary], 0), add(before, graph.constant(1, [], 'int32')));
  const own = gather(weights.vocabulary, token);
  return withBefore(weights, own, reshape(found, [...token.shape, tokensBefore * config.width]));
}

/**
 * What stands before it is part of what a token is, as to copy one must know where in a text it is (Allen-Zhu 2025, canon
 * layers).
 */
const withBefore = (weights: ReaderWeights, own: Tensor, before: Tensor): Tensor =>
  add(own, matMul(before, weights.before));

/** Where a decoder's layer looks: `[samples, heads, tokens, width of a head]`, positions already turned in. */
export type Look = (layer: number, q: Tensor, k: Tensor, v: Tensor) => Tensor;

/** The last layer's result, normed: `[samples, tokens, width]`. */
export function decode(weights: ReaderWeights, embedded: Tensor, turns: Turns, look: Look): Tensor {
  const { config } = weights;
  const { heads, width } = config;
  const [samples, tokens] = embedded.shape as [number, number];
  let x = embedded;
  for (const [layer, block] of weights.decoder.entries()) {
    const nothing = expand(x.graph.constant(0), [width]);
    const bias = concat([block.lookBias, nothing], 0);
    const projected = add(matMul(layerNorm(x, block.attentionNorm), block.projection), bias);
    const joined = transpose(reshape(projected, [samples, tokens, 3 * heads, width / heads]), [0, 2, 1, 3]);
    const [q, k, v] = split(joined, 1, [heads, heads, heads]) as [Tensor, Tensor, Tensor];
    const seen = look(
      layer,
      rotary(q, turns.query.cos, turns.query.sin),
      rotary(k, turns.key.cos, turns.key.sin),
      carry(config, v, turns.carry),
    );
    const here = reshape(transpose(carry(config, seen, turns.back), [0, 2, 1, 3]), x.shape);
    x = mix(block, add(x, matMul(here, block.joining)), h => h);
  }
  return layerNorm(x, weights.decoderNorm);
}

/** Turns what the page heads have, and leaves the rest. */
function carry(config: ReaderConfig, x: Tensor, { cos, sin }: Turn): Tensor {
  const atPages = pageHeads(config);
  const [onPages, others] = split(x, 1, [atPages, config.heads - atPages]) as [Tensor, Tensor];
  return concat([rotary(onPages, cos, sin), others], 1);
}

/** `[…, width] → […, vocabulary]` */
export const logitsOf = (weights: ReaderWeights, x: Tensor): Tensor =>
  matMul(x, transpose(weights.vocabulary));

/** Each token sees itself and those before: `[tokens, tokens]`. */
export function causalMask(graph: Graph, tokens: number): Tensor {
  const at = graph.constant(
    Array.from({ length: tokens }, (_, i) => i),
    [tokens],
    'int32',
  );
  return lessOrEqual(at, reshape(at, [tokens, 1]));
}

export function causalLook(graph: Graph, tokens: number): Look {
  const mask = causalMask(graph, tokens);
  return (_, q, k, v) => attention(q, k, v, { mask });
}

/** @param sees what the block works on, of the normed stream */
function mix({ mlpNorm, mlpIn, mlpOut }: Mixer, x: Tensor, sees: (x: Tensor) => Tensor): Tensor {
  return add(x, matMul(squaredRelu(matMul(sees(layerNorm(x, mlpNorm)), mlpIn)), mlpOut));
}
