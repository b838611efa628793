/**
 * Arithmetic on shapes, and the error that every operation throws when it is traced with tensors it cannot take: the
 * mistake shows where the line of code is, not later inside ONNX Runtime. Broadcasting is NumPy's.
 */
import { GlyphError } from '../base/index.ts';

/** Sizes of the axes, outermost first, e.g. `[8, 256, 64]`; a scalar is `[]`. */
export type Shape = readonly number[];

export const sizeOf = (shape: Shape): number => shape.reduce((size, length) => size * length, 1);

export const shapeText = (shape: Shape): string => `[${shape.join(', ')}]`;

export const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((length, axis) => length === b[axis]);

export function traceError(operation: string, expected: string, actual: string, hint?: string): GlyphError {
  const details = { kind: 'internal', operation: `trace ${operation}`, expected, actual } as const;
  return new GlyphError(hint === undefined ? details : { ...details, hint });
}

export function checkShape(operation: string, shape: Shape): void {
  if (shape.every(length => Number.isInteger(length) && length > 0)) return;
  throw traceError(operation, 'a shape of positive whole numbers', shapeText(shape));
}

/** The shape of the result when tensors of these shapes meet element by element. */
export function broadcastShapes(operation: string, a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const left = a[axis - rank + a.length] ?? 1;
    const right = b[axis - rank + b.length] ?? 1;
    if (left !== right && left !== 1 && right !== 1)
      throw traceError(operation, 'shapes that broadcast together', `${shapeText(a)} and ${shapeText(b)}`);
    return Math.max(left, right);
  });
}

/** Counts from the end when negative, as in `-1`, the last axis. */
export function axisOf(operation: string, axis: number, rank: number): number {
  const found = axis < 0 ? axis + rank : axis;
  if (Number.isInteger(found) && found >= 0 && found < rank) return found;
  throw traceError(operation, `an axis of a tensor with ${rank} axes`, String(axis));
}

/** Axes in order, all of them unless given. */
export function axesOf(operation: string, axes: readonly number[] | undefined, rank: number): number[] {
  if (axes === undefined) return Array.from({ length: rank }, (_, axis) => axis);
  return [...new Set(axes.map(axis => axisOf(operation, axis, rank)))].sort((a, b) => a - b);
}
