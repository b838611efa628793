/**
 * Every picture scaled, up or down, to the largest grid of whole cells of its shape within a token budget, so the
 * count hardly depends on its size. Gemma 4; Gemini 3 bills by the same formula.
 * Source: transformers `image_processing_gemma4.py`; for Gemini 3 public usage figures that the formula meets exactly.
 */
import * as v from 'valibot';
import { GlyphError } from '../../base/index.ts';
import { positiveWhole, type RuleKind } from './rule-kind.ts';

export const areaBudgetGridSchema = v.object({
  kind: v.literal('area-budget-grid'),
  /** Patch side times pooling, e.g. 48. */
  cellPx: positiveWhole,
  /** e.g. 280. */
  maxTokens: positiveWhole,
});
export type AreaBudgetGridRule = v.InferOutput<typeof areaBudgetGridSchema>;

export const areaBudgetGrid: RuleKind<AreaBudgetGridRule> = {
  price({ cellPx, maxTokens }, { widthPx, heightPx }) {
    const scale = Math.sqrt((maxTokens * cellPx * cellPx) / (heightPx * widthPx));
    let across = Math.floor((scale * widthPx) / cellPx);
    let down = Math.floor((scale * heightPx) / cellPx);
    if (across === 0 && down === 0) {
      throw new GlyphError({
        kind: 'tokens',
        operation: 'count vision tokens',
        expected: 'a budget of at least one whole cell',
        actual: `${maxTokens} tokens for a picture of ${widthPx}x${heightPx}`,
      });
    }
    if (down === 0) {
      down = 1;
      across = Math.min(Math.floor(widthPx / heightPx), maxTokens);
    } else if (across === 0) {
      across = 1;
      down = Math.min(Math.floor(heightPx / widthPx), maxTokens);
    }
    return {
      tokens: across * down,
      resizedTo: { widthPx: across * cellPx, heightPx: down * cellPx },
    };
  },
  pageGrid({ cellPx }, tokens) {
    return { stepPx: cellPx, extraSidesPx: [], maxCells: tokens };
  },
};
