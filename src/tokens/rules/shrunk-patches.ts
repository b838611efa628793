/**
 * Patches that cover the picture; past the budget it is shrunk until one side is a whole number of patches and
 * recounted; the sum is multiplied by a factor of the model. OpenAI's patch models.
 * Source: the vendor's images guide and the openai-image-token-calculator project. The published form is kept in double
 * precision; only the recount forgives the hair by which a whole side can come out past whole.
 */
import * as v from 'valibot';
import { GlyphError } from '../../base/index.ts';
import { divideUp } from './integers.ts';
import { positiveWhole, type RuleKind, type RuleOutcome, type Size } from './rule-kind.ts';

export const shrunkPatchesSchema = v.object({
  kind: v.literal('shrunk-patches'),
  /** e.g. 32. */
  patchPx: positiveWhole,
  /** e.g. 1536; null where no budget was seen. */
  maxPatches: v.nullable(positiveWhole),
  /** A longer side is first scaled to this, e.g. 2048; null for no such step. */
  maxSidePx: v.nullable(positiveWhole),
  /** Tokens a patch, with at most three decimals, e.g. 1.62. */
  multiplier: v.pipe(v.number(), v.minValue(0.001)),
});
export type ShrunkPatchesRule = v.InferOutput<typeof shrunkPatchesSchema>;

/** Part of a patch below which the recount takes a side as whole. */
const seam = 1e-6;

export const shrunkPatches: RuleKind<ShrunkPatchesRule> = {
  price(rule, size) {
    const { widthPx, heightPx } = size;
    const { patchPx, maxPatches } = rule;
    const long = Math.max(widthPx, heightPx);
    const most = Math.min(long, rule.maxSidePx ?? long);
    const across = divideUp(widthPx * most, long * patchPx);
    const down = divideUp(heightPx * most, long * patchPx);
    if (maxPatches === null || across * down <= maxPatches) {
      const side = (px: number) => Math.max(1, Math.round((px * most) / long));
      return outcome(rule, across, down, { widthPx: side(widthPx), heightPx: side(heightPx) });
    }
    return shrink(rule, size, maxPatches);
  },
  pageGrid({ patchPx, maxPatches, maxSidePx, multiplier }, tokens) {
    const affordable = Math.floor(tokens / multiplier);
    return {
      stepPx: patchPx,
      extraSidesPx: maxSidePx === null ? [] : [maxSidePx],
      // A page as long as the side limit may end in a part patch.
      maxCells: Math.min(affordable, maxPatches ?? affordable),
    };
  },
};

function shrink(rule: ShrunkPatchesRule, size: Size, maxPatches: number): RuleOutcome {
  const { patchPx } = rule;
  const { widthPx, heightPx } = size;
  const toBudget = Math.sqrt((patchPx * patchPx * maxPatches) / (widthPx * heightPx));
  const partAcross = (widthPx * toBudget) / patchPx;
  const partDown = (heightPx * toBudget) / patchPx;
  const keepsAcross = Math.floor(partAcross) / partAcross;
  const keepsDown = Math.floor(partDown) / partDown;
  if (keepsAcross === 0 || keepsDown === 0) {
    throw new GlyphError({
      kind: 'tokens',
      operation: 'count vision tokens',
      expected: `a shape that keeps one whole patch a side within ${maxPatches} patches`,
      actual: `${widthPx}x${heightPx}`,
    });
  }
  // The side that loses the larger share to rounding down becomes whole and decides the scale.
  const toWhole = toBudget * Math.min(keepsAcross, keepsDown);
  const patches = (px: number) => Math.ceil((px * toWhole) / patchPx - seam);
  return outcome(rule, patches(widthPx), patches(heightPx), {
    widthPx: Math.max(1, Math.round(widthPx * toWhole)),
    heightPx: Math.max(1, Math.round(heightPx * toWhole)),
  });
}

function outcome(
  { multiplier }: ShrunkPatchesRule,
  across: number,
  down: number,
  resizedTo: Size,
): RuleOutcome {
  const thousandths = Math.round(multiplier * 1000);
  return { tokens: divideUp(across * down * thousandths, 1000), resizedTo };
}
