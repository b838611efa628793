/**
 * Cells that cover the picture, padded at the right and the bottom; a picture beyond the side or token limit is first
 * scaled down to the largest size of its shape that fits. Claude; the embedded reader, whose cells are a line of type
 * high. Source: the vendor's vision page; the search on the long side is the one pxpipe's `vision-cost.ts` checks
 * against billed figures.
 */
import * as v from 'valibot';
import { commonDivisor, divideUp } from './integers.ts';
import { positiveWhole, type RuleKind, type Size } from './rule-kind.ts';

export const paddedGridSchema = v.object({
  kind: v.literal('padded-grid'),
  /** Width of a cell, and its height unless that is given, e.g. 28. */
  cellPx: positiveWhole,
  /** Where cells are no squares, e.g. 12. */
  cellHeightPx: v.optional(positiveWhole),
  /** Limit on each padded side, e.g. 1568. */
  maxSidePx: positiveWhole,
  /** Limit on the padded width where it is lower, e.g. 640. */
  maxWidthPx: v.optional(positiveWhole),
  /** Limit on cells, e.g. 1568. */
  maxTokens: positiveWhole,
});
export type PaddedGridRule = v.InferOutput<typeof paddedGridSchema>;

export const paddedGrid: RuleKind<PaddedGridRule> = {
  price(rule, size) {
    const resizedTo = fits(rule, size) ? size : largestFitting(rule, size);
    const { across, down } = cells(rule, resizedTo);
    return { tokens: across * down, resizedTo };
  },
  pageGrid({ cellPx, cellHeightPx = cellPx, maxTokens }, tokens) {
    const stepPx = commonDivisor(cellPx, cellHeightPx);
    const squaresPerCell = (cellPx / stepPx) * (cellHeightPx / stepPx);
    return { stepPx, extraSidesPx: [], maxCells: Math.min(tokens, maxTokens) * squaresPerCell };
  },
};

function cells({ cellPx, cellHeightPx = cellPx }: PaddedGridRule, { widthPx, heightPx }: Size) {
  return { across: divideUp(widthPx, cellPx), down: divideUp(heightPx, cellHeightPx) };
}

function fits(rule: PaddedGridRule, size: Size): boolean {
  const { cellPx, cellHeightPx = cellPx, maxSidePx, maxWidthPx = maxSidePx, maxTokens } = rule;
  const { across, down } = cells(rule, size);
  const isWithin = across * cellPx <= Math.min(maxWidthPx, maxSidePx) && down * cellHeightPx <= maxSidePx;
  return isWithin && across * down <= maxTokens;
}

function largestFitting(rule: PaddedGridRule, { widthPx, heightPx }: Size): Size {
  const isWide = widthPx >= heightPx;
  const ratio = isWide ? heightPx / widthPx : widthPx / heightPx;
  const ofLongSide = (long: number): Size => {
    const short = Math.max(1, Math.round(long * ratio));
    return isWide ? { widthPx: long, heightPx: short } : { widthPx: short, heightPx: long };
  };
  let fitting = 1;
  let tooLong = Math.max(widthPx, heightPx);
  while (tooLong - fitting > 1) {
    const middle = Math.floor((fitting + tooLong) / 2);
    if (fits(rule, ofLongSide(middle))) fitting = middle;
    else tooLong = middle;
  }
  return ofLongSide(fitting);
}
