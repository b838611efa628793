/**
 * One small picture of the whole, and, for a picture larger than one slice, a grid of slices whose shape is nearest
 * on a logarithmic scale; both are resized to whole patches near the slice's area. MiniCPM-V: a fixed number of
 * queries a picture up to 4.5, patches of the resized picture from 4.6.
 * Source: `image_processing_minicpmv.py`; transformers `image_processing_minicpmv4_6.py`.
 */
import * as v from 'valibot';
import { roundHalfEven } from './integers.ts';
import { positiveWhole, type RuleKind, type Size, wholeNumber } from './rule-kind.ts';

export const aspectSlicesSchema = v.object({
  kind: v.literal('aspect-slices'),
  /** e.g. 448. */
  slicePx: positiveWhole,
  maxSlices: positiveWhole,
  /** Sides of a resized picture are multiples of this, e.g. 14. */
  alignPx: positiveWhole,
  /** e.g. 14. */
  patchPx: positiveWhole,
  /** Tokens of every picture, e.g. 64; null where they follow its patches. */
  queries: v.nullable(positiveWhole),
  /** Patches a token, e.g. 16, where `queries` is null. */
  patchesPerToken: positiveWhole,
  /** Start and end marker of each picture, e.g. 2. */
  markersPerPicture: wholeNumber,
});
export type AspectSlicesRule = v.InferOutput<typeof aspectSlicesSchema>;

export const aspectSlices: RuleKind<AspectSlicesRule> = {
  price(rule, size) {
    const grid = nearestGrid(rule, size);
    const [across, down] = grid ?? [0, 0];
    const whole = resize(rule, size.widthPx, size.heightPx, grid === undefined ? 'fill' : 'shrink');
    const wholeTokens = pictureTokens(rule, whole);
    if (grid === undefined) return { tokens: wholeTokens, resizedTo: whole };
    const slice = resize(
      rule,
      roundTo(size.widthPx, across) / across,
      roundTo(size.heightPx, down) / down,
      'fill',
    );
    const newlines = down - 1;
    return {
      tokens: wholeTokens + across * down * pictureTokens(rule, slice) + newlines,
      resizedTo: { widthPx: slice.widthPx * across, heightPx: slice.heightPx * down },
    };
  },
  pageGrid({ slicePx, maxSlices }) {
    return { stepPx: slicePx, extraSidesPx: [], maxCells: maxSlices };
  },
};

function pictureTokens(rule: AspectSlicesRule, { widthPx, heightPx }: Size): number {
  const patches = (widthPx / rule.patchPx) * (heightPx / rule.patchPx);
  return (rule.queries ?? Math.floor(patches / rule.patchesPerToken)) + rule.markersPerPicture;
}

function roundTo(length: number, divisor: number): number {
  return Math.max(divisor, divisor * roundHalfEven(length / divisor));
}

/** `fill`: to the area of a slice, up or down. `shrink`: only when larger. */
function resize(rule: AspectSlicesRule, width: number, height: number, how: 'fill' | 'shrink'): Size {
  const { slicePx, alignPx } = rule;
  let [widthPx, heightPx] = [width, height];
  if (how === 'fill' || width * height > slicePx * slicePx) {
    const ratio = width / height;
    heightPx = Math.trunc(slicePx / Math.sqrt(ratio));
    widthPx = Math.trunc(heightPx * ratio);
  }
  return { widthPx: roundTo(widthPx, alignPx), heightPx: roundTo(heightPx, alignPx) };
}

function nearestGrid(rule: AspectSlicesRule, { widthPx, heightPx }: Size): [number, number] | undefined {
  const { slicePx, maxSlices } = rule;
  const wanted = Math.min(Math.ceil((widthPx * heightPx) / (slicePx * slicePx)), maxSlices);
  if (wanted <= 1) return undefined;
  const shape = Math.log(widthPx / heightPx);
  let best: [number, number] = [1, 1];
  let bestError = Number.POSITIVE_INFINITY;
  for (const slices of [wanted - 1, wanted, wanted + 1]) {
    if (slices === 1 || slices > maxSlices) continue;
    for (let across = 1; across <= slices; across += 1) {
      if (slices % across !== 0) continue;
      const error = Math.abs(shape - Math.log(across / (slices / across)));
      if (error < bestError) {
        best = [across, slices / across];
        bestError = error;
      }
    }
  }
  return best;
}
