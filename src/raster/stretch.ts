/**
 * Narrows a finished page, as the published renderer applies its horizontal scale: Pillow's bicubic resampling of each
 * row (a = -0.5, filter widened when shrinking, 22-bit fixed-point weights). Only for `compat: 'reference'`, where page
 * widths must come out the same; otherwise outlines are scaled, which is sharper.
 */
import type { KernelMemory } from '../base/index.ts';
import type { Plane } from './plane.ts';

const precisionBits = 22;

/** The cubic of Keys with a = -0.5. */
function cubic(distance: number): number {
  const x = Math.abs(distance);
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
}

interface Tap {
  readonly first: number;
  readonly weights: Int32Array;
}

function tapsFor(fromPx: number, toPx: number): Tap[] {
  const scale = fromPx / toPx;
  const filterScale = Math.max(1, scale);
  const support = 2 * filterScale;
  return Array.from({ length: toPx }, (_, x) => {
    const centre = (x + 0.5) * scale;
    const first = Math.max(0, Math.trunc(centre - support + 0.5));
    const end = Math.min(fromPx, Math.trunc(centre + support + 0.5));
    const exact = Array.from({ length: end - first }, (_, i) =>
      cubic((i + first - centre + 0.5) / filterScale),
    );
    const sum = exact.reduce((total, weight) => total + weight, 0);
    const weights = Int32Array.from(exact, weight => {
      const fixed = (weight / sum) * (1 << precisionBits);
      return Math.trunc(fixed < 0 ? fixed - 0.5 : fixed + 0.5);
    });
    return { first, weights };
  });
}

/** Resamples the rows of the page in `plane` from one width to a smaller one, in place. */
export function stretchPlane(
  memory: KernelMemory,
  plane: Plane,
  size: { readonly fromPx: number; readonly toPx: number; readonly heightPx: number },
): void {
  const taps = tapsFor(size.fromPx, size.toPx);
  const row = new Uint8Array(size.fromPx);
  for (let y = 0; y < size.heightPx; y++) {
    const start = plane.origin + y * plane.stride;
    row.set(memory.bytes.subarray(start, start + size.fromPx));
    taps.forEach(({ first, weights }, x) => {
      let sum = 2 ** (precisionBits - 1);
      for (let i = 0; i < weights.length; i++) sum += row[first + i]! * weights[i]!;
      memory.bytes[start + x] = Math.min(255, Math.max(0, Math.floor(sum / 2 ** precisionBits)));
    });
  }
}
