/**
 * The reader's network, all of it: a page's cells become patches, an encoder lets the patches of a page see each other,
 * and a causal decoder reads them as tokens among those of the text. Transformer blocks are pre-norm (Vaswani et al.
 * 2017; Radford et al. 2019), positions in the decoder rotary (Su et al. 2021), on the page learned by row and column;
 * the vocabulary's table serves input and output (Press and Wolf 2017).
 */
import {
  add,
  attention,
  concat,
  createGraph,
  equal,
  expand,
  type Graph,
  gather,
  gelu,
  layerNorm,
  lessOrEqual,
  matMul,
  reshape,
  rotary,
  type Shape,
  split,
  type Tensor,
  transpose,
  type Variable,
} from '../graph/index.ts';
import { cellsOf, type ReaderConfig } from './config.ts';

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
  readonly joining: Tensor;
  readonly mlpNorm: Tensor;
  readonly mlpIn: Tensor;
  readonly mlpOut: Tensor;
}

export interface ReaderWeights {
  readonly config: ReaderConfig;
  readonly graph: Graph;
  readonly cellIn: Tensor;
  readonly cellInBias: Tensor;
  readonly cellOut: Tensor;
  readonly merge: Tensor;
  readonly rows: Tensor;
  readonly columns: Tensor;
  readonly encoder: readonly Block[];
  readonly encoderNorm: Tensor;
  readonly vocabulary: Tensor;
  readonly decoder: readonly Block[];
  readonly decoderNorm: Tensor;
}

/** The features of a cell before they are narrowed down. */
const stemFactor = 2;

/** Adds the reader's parameters to the graph, under names that a checkpoint keeps. */
export function declareReader(graph: Graph, config: ReaderConfig): ReaderWeights {
  const { width, cellWidth, encoderLayers, decoderLayers } = config;
  const cells = cellsOf(config);
  const layers = encoderLayers + decoderLayers;
  // He's rule: what goes into a layer's columns keeps its size (2015); what is added to the stream shrinks with depth.
  const weight = (name: string, shape: readonly [number, number], scale = 1) =>
    graph.parameter(name, shape, { standardDeviation: scale / Math.sqrt(shape[0]) });
  const table = (name: string, rows: number) =>
    graph.parameter(name, [rows, width], { standardDeviation: 0.02 });
  const gain = (name: string) => graph.parameter(name, [width], { fill: 1 });
  const block = (name: string): Block => ({
    attentionNorm: gain(`${name}.attentionNorm`),
    projection: weight(`${name}.projection`, [width, 3 * width]),
    joining: weight(`${name}.joining`, [width, width], 1 / Math.sqrt(2 * layers)),
    mlpNorm: gain(`${name}.mlpNorm`),
    mlpIn: weight(`${name}.mlpIn`, [width, 4 * width]),
    mlpOut: weight(`${name}.mlpOut`, [4 * width, width], 1 / Math.sqrt(2 * layers)),
  });
  const blocks = (name: string, count: number) =>
    Array.from({ length: count }, (_, i) => block(`${name}.${i}`));
  const stem = stemFactor * cellWidth;
  return {
    config,
    graph,
    cellIn: weight('page.cellIn', [cells.pixels, stem], 2),
    cellInBias: graph.parameter('page.cellInBias', [stem], { fill: 0 }),
    cellOut: weight('page.cellOut', [stem, cellWidth], Math.SQRT2),
    merge: weight('page.merge', [cells.count * cellWidth, width]),
    rows: table('page.rows', config.pageRows),
    columns: table('page.columns', config.pageColumns),
    encoder: blocks('encoder', encoderLayers),
    encoderNorm: gain('encoder.norm'),
    vocabulary: table('decoder.vocabulary', config.vocabularySize),
    decoder: blocks('decoder', decoderLayers),
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
  /** `[samples, patches]`, int32. */
  readonly rows: Tensor;
  readonly columns: Tensor;
  /** Which page of its sample a patch is of, from 0. */
  readonly pages: Tensor;
}

export function pageInputs(graph: Graph, config: ReaderConfig, { samples, patches }: BatchSize): PageInputs {
  const cells = cellsOf(config);
  const perPatch = (name: string) => graph.input(name, [samples, patches], 'int32');
  return {
    cells: graph.input('cells', [samples * patches * cells.count, cells.pixels]),
    rows: perPatch('rows'),
    columns: perPatch('columns'),
    pages: perPatch('pages'),
  };
}

/** `[samples, patches, width]` */
export function encodePages(weights: ReaderWeights, inputs: PageInputs): Tensor {
  const { config } = weights;
  const [samples, patches] = inputs.pages.shape as [number, number];
  const seen = gelu(add(matMul(inputs.cells, weights.cellIn), weights.cellInBias));
  const features = gelu(matMul(seen, weights.cellOut));
  const merged = matMul(
    reshape(features, [samples * patches, cellsOf(config).count * config.cellWidth]),
    weights.merge,
  );
  const place = add(gather(weights.rows, inputs.rows), gather(weights.columns, inputs.columns));
  let x = add(reshape(merged, [samples, patches, config.width]), place);
  const isSamePage = equal(
    reshape(inputs.pages, [samples, 1, patches, 1]),
    reshape(inputs.pages, [samples, 1, 1, patches]),
  );
  for (const block of weights.encoder) {
    x = applyBlock(config, block, x, joined => {
      const [q, k, v] = split(joined, 1, [config.heads, config.heads, config.heads]);
      return attention(q!, k!, v!, { mask: isSamePage });
    });
  }
  return layerNorm(x, weights.encoderNorm);
}

/** Tokens of text from the table and patches from the pages: `[samples, tokens, width]`. */
export function embed(weights: ReaderWeights, tokens: Tensor, patchAt: Tensor, pages: Tensor): Tensor {
  const { graph, config } = weights;
  const rows = reshape(pages, [-1, config.width]);
  const nothing = expand(graph.constant(0), [1, config.width]);
  return add(gather(weights.vocabulary, tokens), gather(concat([nothing, rows], 0), patchAt));
}

/** Where a decoder's layer looks: `[samples, heads, tokens, width of a head]`, positions already turned in. */
export type Look = (layer: number, q: Tensor, k: Tensor, v: Tensor) => Tensor;

/** Cosines and sines of positions, each `[…, positions, half the width of a head]`. */
export interface Turns {
  readonly cos: Tensor;
  readonly sin: Tensor;
}

/** The last layer's result, normed: `[samples, tokens, width]`. */
export function decode(weights: ReaderWeights, embedded: Tensor, { cos, sin }: Turns, look: Look): Tensor {
  const { config } = weights;
  const { heads } = config;
  let x = embedded;
  for (const [layer, block] of weights.decoder.entries()) {
    x = applyBlock(config, block, x, joined => {
      const [placed, v] = split(joined, 1, [2 * heads, heads]);
      const [q, k] = split(rotary(placed!, cos, sin), 1, [heads, heads]);
      return look(layer, q!, k!, v!);
    });
  }
  return layerNorm(x, weights.decoderNorm);
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

/** Of positions 0, 1, 2 …, as constants. */
export function turnTable(graph: Graph, { width, heads }: ReaderConfig, positions: number): Turns {
  const half = width / heads / 2;
  const angles = Array.from(
    { length: positions * half },
    (_, i) => Math.floor(i / half) * 10_000 ** (-(i % half) / half),
  );
  const shape: Shape = [positions, half];
  return {
    cos: graph.constant(angles.map(Math.cos), shape),
    sin: graph.constant(angles.map(Math.sin), shape),
  };
}

/** @param attend from query, key and value heads, side by side on axis 1, to what they see */
function applyBlock(
  { heads, width }: ReaderConfig,
  block: Block,
  x: Tensor,
  attend: (joined: Tensor) => Tensor,
): Tensor {
  const [samples, tokens] = x.shape as [number, number];
  const projected = matMul(layerNorm(x, block.attentionNorm), block.projection);
  const joined = transpose(reshape(projected, [samples, tokens, 3 * heads, width / heads]), [0, 2, 1, 3]);
  const seen = reshape(transpose(attend(joined), [0, 2, 1, 3]), x.shape);
  const attended = add(x, matMul(seen, block.joining));
  const inner = gelu(matMul(layerNorm(attended, block.mlpNorm), block.mlpIn));
  return add(attended, matMul(inner, block.mlpOut));
}
