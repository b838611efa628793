/**
 * Sides rounded to whole cells (halves to even), then shrunk or grown until the area is inside the limits: the
 * `smart_resize` of Qwen2-VL, Qwen2.5-VL, Qwen3-VL and GLM-4.xV. GLM counts a still picture as two frames, so its
 * limits are halves, and first enlarges a picture thinner than one cell.
 * Source: transformers `image_processing_qwen2_vl.py`, `image_processing_glm4v.py`.
 */
import * as v from 'valibot';
import { GlyphError } from '../../base/index.ts';
import { roundHalfEven } from './integers.ts';
import { positiveWhole, type RuleKind, type RuleOutcome, type Size } from './rule-kind.ts';

export const roundedGridSchema = v.object({
  kind: v.literal('rounded-grid'),
  /** Patch side times merge, e.g. 28. */
  cellPx: positiveWhole,
  /** Limits on frames × width × height, as the preprocessor config states them. */
  minPixels: positiveWhole,
  maxPixels: positiveWhole,
  /** Frames a still picture counts as, e.g. 2. */
  frames: positiveWhole,
  /** Long side ÷ short side above which the processor refuses. */
  maxRatio: positiveWhole,
  thinPictures: v.picklist(['enlarge', 'as-is']),
});
export type RoundedGridRule = v.InferOutput<typeof roundedGridSchema>;

export const roundedGrid: RuleKind<RoundedGridRule> = {
  price(rule, size) {
    const { cellPx, minPixels, maxPixels, frames } = rule;
    const { widthPx, heightPx } = enlargeThin(rule, size);
    assertRatio(rule, widthPx, heightPx);
    const width = cellPx * roundHalfEven(widthPx / cellPx);
    const height = cellPx * roundHalfEven(heightPx / cellPx);
    if (frames * width * height > maxPixels) {
      const beta = Math.sqrt((frames * widthPx * heightPx) / maxPixels);
      const shrink = (side: number) => Math.max(cellPx, cellPx * Math.floor(side / beta / cellPx));
      return grid(shrink(widthPx), shrink(heightPx), cellPx);
    }
    if (frames * width * height < minPixels) {
      const beta = Math.sqrt(minPixels / (frames * widthPx * heightPx));
      const grow = (side: number) => cellPx * Math.ceil((side * beta) / cellPx);
      return grid(grow(widthPx), grow(heightPx), cellPx);
    }
    return grid(width, height, cellPx);
  },
  pageGrid({ cellPx, maxPixels, frames }, tokens) {
    const most = Math.floor(maxPixels / frames / (cellPx * cellPx));
    return { stepPx: cellPx, extraSidesPx: [], maxCells: Math.min(tokens, most) };
  },
};

function grid(widthPx: number, heightPx: number, cellPx: number): RuleOutcome {
  return { tokens: (widthPx / cellPx) * (heightPx / cellPx), resizedTo: { widthPx, heightPx } };
}

function enlargeThin({ cellPx, thinPictures }: RoundedGridRule, size: Size): Size {
  const { widthPx, heightPx } = size;
  if (thinPictures === 'as-is' || (widthPx >= cellPx && heightPx >= cellPx)) return size;
  const scale = Math.max(cellPx / heightPx, cellPx / widthPx);
  return { widthPx: Math.trunc(widthPx * scale), heightPx: Math.trunc(heightPx * scale) };
}

function assertRatio({ maxRatio }: RoundedGridRule, widthPx: number, heightPx: number): void {
  const ratio = Math.max(widthPx, heightPx) / Math.min(widthPx, heightPx);
  if (ratio > maxRatio) {
    throw new GlyphError({
      kind: 'tokens',
      operation: 'count vision tokens',
      expected: `a picture at most ${maxRatio} times as long as wide`,
      actual: `${widthPx}x${heightPx}, ${ratio.toFixed(1)} times`,
    });
  }
}
