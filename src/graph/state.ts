/**
 * The values of variables between runs: plain named arrays, which a checkpoint stores and several programs share.
 * Starting values are drawn with exactly rounded arithmetic only, so that a seed means the same on every machine.
 */
import { createRandom, GlyphError, type Random } from '../base/index.ts';
import type { Graph, Initial } from './graph.ts';
import { type Shape, sameShape, shapeText, sizeOf } from './shape.ts';

export interface StoredTensor {
  readonly shape: Shape;
  readonly data: Float32Array;
}

/** By name. A step that updates variables puts new arrays here and leaves the old ones alone. */
export type State = Map<string, StoredTensor>;

/** Every variable of the graph with its starting values. Each has random numbers of its own, whatever else there is. */
export function createState(graph: Graph, seed: number | string): State {
  return new Map(
    [...graph.variables.values()].map(({ name, shape, initial }) => {
      const random = createRandom(`${seed} ${name}`);
      return [name, { shape, data: startingValues(initial, sizeOf(shape), random) }];
    }),
  );
}

function startingValues(initial: Initial, size: number, random: Random): Float32Array {
  if ('fill' in initial) return new Float32Array(size).fill(initial.fill);
  return Float32Array.from({ length: size }, () => initial.standardDeviation * nearlyNormal(random));
}

/** The sum of four uniform numbers, scaled to mean 0 and variance 1: a bell without logarithm or cosine, within ±3.5. */
const nearlyNormal = ({ next }: Random) => (next() + next() + next() + next() - 2) * Math.sqrt(3);

/** The values of a variable, which must have its shape. */
export function storedTensor(
  state: ReadonlyMap<string, StoredTensor>,
  name: string,
  shape: Shape,
): StoredTensor {
  const found = state.get(name);
  if (found !== undefined && sameShape(found.shape, shape) && found.data.length === sizeOf(shape))
    return found;
  throw new GlyphError({
    kind: 'input',
    operation: `read variable ${JSON.stringify(name)}`,
    expected: `values of shape ${shapeText(shape)}`,
    actual: found === undefined ? 'none' : `${found.data.length} values, ${shapeText(found.shape)}`,
  });
}
