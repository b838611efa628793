/**
 * Cells that cover the picture, padded at the right and the bottom; a picture beyond the side or token limit is first
 * scaled down to the largest size of its shape that fits. Claude. Source: the vendor's vision page; the search on the
 * long side is the one pxpipe's `vision-cost.ts` checks against billed figures.
 */
import * as v from 'valibot';
import { divideUp } from './integers.ts';
import { positiveWhole, type RuleKind, type Size } from './rule-kind.ts';

export const paddedGridSchema = v.object({
  kind: v.literal('padded-grid'),
  /** e.g. 28. */
  cellPx: positiveWhole,
  /** Limit on each padded side, e.g. 1568. */
  maxSidePx: positiveWhole,
  /** Limit on cells, e.g. 1568. */
  maxTokens: positiveWhole,
});
export type PaddedGridRule = v.InferOutput<typeof paddedGridSchema>;

export const paddedGrid: RuleKind<PaddedGridRule> = {
  price(rule, size) {
    const resizedTo = fits(rule, size) ? size : largestFitting(rule, size);
    return { tokens: cells(rule, resizedTo.widthPx) * cells(rule, resizedTo.heightPx), resizedTo };
  },
  pageGrid({ cellPx, maxTokens }, tokens) {
    return { stepPx: cellPx, extraSidesPx: [], maxCells: Math.min(tokens, maxTokens) };
  },
};

function cells({ cellPx }: PaddedGridRule, sidePx: number): number {
  return divideUp(sidePx, cellPx);
}

function fits(rule: PaddedGridRule, { widthPx, heightPx }: Size): boolean {
  const across = cells(rule, widthPx);
  const down = cells(rule, heightPx);
  return Math.max(across, down) * rule.cellPx <= rule.maxSidePx && across * down <= rule.maxTokens;
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
