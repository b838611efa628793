/**
 * One page-sized layer of bytes in kernel memory, with a border on all sides so that glyphs at the edge need no
 * clipping while they are drawn; the border is cut off when the page is read.
 */
import type { Bitmap, KernelMemory } from '../base/index.ts';
import type { PageGeometry } from './geometry.ts';

export interface Plane {
  readonly address: number;
  readonly stride: number;
  readonly byteLength: number;
  /** Address of the page's top left pixel. */
  readonly origin: number;
}

export function allocatePlane(
  memory: KernelMemory,
  { drawnWidthPx, heightPx, borderPx }: PageGeometry,
): Plane {
  const stride = (drawnWidthPx + 2 * borderPx + 31) & ~15; // room for the last block of 16 of a mask that ends in the border
  const byteLength = stride * (heightPx + 2 * borderPx) + 16;
  const address = memory.allocate(byteLength);
  return { address, stride, byteLength, origin: address + borderPx * stride + borderPx };
}

/** The top left part of the page as a bitmap that shares the plane's bytes. */
export function planeBitmap(memory: KernelMemory, plane: Plane, widthPx: number, heightPx: number): Bitmap {
  return { widthPx, heightPx, stride: plane.stride, data: memory.bytes, offset: plane.origin };
}
