/**
 * Positions as turns (rotary, Su et al. 2021) of three coordinates: the place in the row of tokens, and row and column on
 * the pages. Half of the heads look at pages: they turn by row and column, and their values by column too, so that what
 * stands at one distance from the cursor comes out the same wherever the cursor is. The other half turn by the place in
 * the row of tokens, and leave most of their pairs unturned, for looking by content alone.
 */
import {
  concat,
  cos,
  expand,
  type Graph,
  matMul,
  neg,
  reshape,
  sin,
  split,
  type Tensor,
  transpose,
  where,
} from '../graph/index.ts';
import type { ReaderConfig } from './config.ts';
import { outside } from './cursor.ts';

/** Index, row, column. */
export const coordinates = 3;

/** Cosines and sines, each `[samples, heads, tokens, half the width of a head]`. */
export interface Turn {
  readonly cos: Tensor;
  readonly sin: Tensor;
}

export interface Turns {
  /** Of queries: where the cursor is. */
  readonly query: Turn;
  /** Of keys: where a patch is; what is written stands outside the pages, lest it be taken for what it was read from. */
  readonly key: Turn;
  /** Of the values of heads that look at pages. */
  readonly carry: Turn;
  /** Back, of what these heads see. */
  readonly back: Turn;
}

/** Heads that look at pages come first. */
export const pageHeads = ({ heads }: ReaderConfig): number => heads / 2;

/**
 * @param places of the cursor, `[samples, tokens, 3]`
 * @param isPatch `[samples, tokens, 1]`, bool; where undefined no token is
 */
export function turnsOf(graph: Graph, config: ReaderConfig, places: Tensor, isPatch?: Tensor): Turns {
  const half = config.width / config.heads / 2;
  const [samples, tokens] = places.shape as [number, number, number];
  const turn = (of: Tensor, heads: number, rate: Rate): Turn => {
    const rates = Array.from({ length: coordinates * heads * half }, (_, i) => {
      const [coordinate, head, pair] = [Math.floor(i / half / heads), Math.floor(i / half) % heads, i % half];
      return rate(coordinate, head, pair, half);
    });
    const angles = matMul(of, graph.constant(rates, [coordinates, heads * half]));
    const byHead = transpose(reshape(angles, [samples, tokens, heads, half]), [0, 2, 1, 3]);
    return { cos: cos(byHead), sin: sin(byHead) };
  };
  const atPages = pageHeads(config);
  const look: Rate = (coordinate, head, pair) =>
    head < atPages ? pageRate(coordinate, pair, half) : textRate(coordinate, pair, half);
  const carry: Rate = (coordinate, _, pair) => (coordinate === 2 ? pageRate(2, pair, half) : 0);
  const [index, row, column] = split(places, -1, [1, 1, 1]) as [Tensor, Tensor, Tensor];
  const off = expand(graph.constant(outside.row), row.shape);
  const own = concat([index, isPatch === undefined ? off : where(isPatch, row, off), column], -1);
  const carried = turn(places, atPages, carry);
  return {
    query: turn(places, config.heads, look),
    key: turn(own, config.heads, look),
    carry: carried,
    back: { cos: carried.cos, sin: neg(carried.sin) },
  };
}

/** Radians for each unit of a coordinate. */
type Rate = (coordinate: number, head: number, pair: number, half: number) => number;

/** Pairs of a page head that turn by column, from a turn in fifteen patches to one in two characters. */
export function columnRates(half: number): readonly number[] {
  const count = half - Math.ceil(half / 4);
  return Array.from({ length: count }, (_, i) => geometric(0.4, 30, i, count));
}

/** Those after them, by row: from a turn in sixty rows to one in two and a half. */
export function rowRates(half: number): readonly number[] {
  const count = Math.ceil(half / 4);
  return Array.from({ length: count }, (_, i) => geometric(0.1, 2.5, i, count));
}

function pageRate(coordinate: number, pair: number, half: number): number {
  const columns = columnRates(half);
  if (coordinate === 2) return columns[pair] ?? 0;
  return coordinate === 1 ? (rowRates(half)[pair - columns.length] ?? 0) : 0;
}

const textRate = (coordinate: number, pair: number, half: number): number =>
  coordinate === 0 && pair < half / 4 ? geometric(0.003, 1, pair, Math.ceil(half / 4)) : 0;

const geometric = (from: number, to: number, i: number, count: number): number =>
  from * (to / from) ** (count === 1 ? 1 : i / (count - 1));
