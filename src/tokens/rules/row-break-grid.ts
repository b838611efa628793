/**
 * Cells that cover the picture, and one break token at the end of each row; a long side past the limit is scaled to
 * it with both sides rounded (halves to even). Pixtral, Mistral Small 3.1 and later.
 * Source: mistral-common `tokens/tokenizers/image.py`.
 */
import * as v from 'valibot';
import { divideUp, roundHalfEven } from './integers.ts';
import { positiveWhole, type RuleKind } from './rule-kind.ts';

export const rowBreakGridSchema = v.object({
  kind: v.literal('row-break-grid'),
  /** Patch side times merge, e.g. 16 or 28. */
  cellPx: positiveWhole,
  /** e.g. 1024. */
  maxSidePx: positiveWhole,
});
export type RowBreakGridRule = v.InferOutput<typeof rowBreakGridSchema>;

export const rowBreakGrid: RuleKind<RowBreakGridRule> = {
  price({ cellPx, maxSidePx }, { widthPx, heightPx }) {
    const ratio = Math.max(heightPx / maxSidePx, widthPx / maxSidePx);
    const side = (px: number) => divideUp(ratio > 1 ? Math.max(1, roundHalfEven(px / ratio)) : px, cellPx);
    const across = side(widthPx);
    const down = side(heightPx);
    return {
      tokens: (across + 1) * down,
      resizedTo: { widthPx: across * cellPx, heightPx: down * cellPx },
    };
  },
  pageGrid({ cellPx, maxSidePx }, tokens) {
    const most = Math.floor(maxSidePx / cellPx) ** 2;
    return { stepPx: cellPx, extraSidesPx: [], maxCells: Math.min(tokens, most) };
  },
};
