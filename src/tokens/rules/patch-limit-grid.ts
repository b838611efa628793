/**
 * A limit on whole patches, met by scaling with the square root and truncating, then cells that cover what is left:
 * Kimi-VL (sides resized up to whole cells, too many patches on a side refused) and Kimi-K2.5 (padded, long sides
 * scaled down). Source: `image_processing_kimi_vl.py`; `navit_resize_image` of Kimi-K2.5's `media_utils.py`.
 */
import * as v from 'valibot';
import { GlyphError } from '../../base/index.ts';
import { divideUp } from './integers.ts';
import { positiveWhole, type RuleKind, type Size } from './rule-kind.ts';

export const patchLimitGridSchema = v.object({
  kind: v.literal('patch-limit-grid'),
  /** e.g. 14. */
  patchPx: positiveWhole,
  /** Patches merged into one token along a side, e.g. 2. */
  mergePatches: positiveWhole,
  /** e.g. 4096. */
  maxPatches: positiveWhole,
  /** e.g. 512. */
  maxPatchesPerSide: positiveWhole,
  /** Past `maxPatchesPerSide`: an error from that count on, or scaled down to it. */
  longSides: v.picklist(['refuse', 'scale']),
  /** How a side becomes whole cells. */
  align: v.picklist(['resize', 'pad']),
});
export type PatchLimitGridRule = v.InferOutput<typeof patchLimitGridSchema>;

export const patchLimitGrid: RuleKind<PatchLimitGridRule> = {
  price(rule, size) {
    const cellPx = rule.patchPx * rule.mergePatches;
    const scaled = scaleToLimits(rule, size);
    const across = divideUp(scaled.widthPx, cellPx);
    const down = divideUp(scaled.heightPx, cellPx);
    if (rule.longSides === 'refuse') refuseLong(rule, size, Math.max(across, down) * rule.mergePatches);
    const aligned = { widthPx: across * cellPx, heightPx: down * cellPx };
    return { tokens: across * down, resizedTo: rule.align === 'resize' ? aligned : scaled };
  },
  pageGrid({ patchPx, mergePatches, maxPatches }, tokens) {
    const most = Math.floor(maxPatches / (mergePatches * mergePatches));
    return { stepPx: patchPx * mergePatches, extraSidesPx: [], maxCells: Math.min(tokens, most) };
  },
};

function scaleToLimits(rule: PatchLimitGridRule, { widthPx, heightPx }: Size): Size {
  const { patchPx, maxPatches, maxPatchesPerSide, longSides } = rule;
  const patches = Math.max(1, Math.floor(widthPx / patchPx)) * Math.max(1, Math.floor(heightPx / patchPx));
  const byArea = Math.sqrt(maxPatches / patches);
  if (longSides === 'scale') {
    const most = maxPatchesPerSide * patchPx;
    const scale = Math.min(1, byArea, most / widthPx, most / heightPx);
    const side = (px: number) => Math.min(most, Math.max(1, Math.trunc(px * scale)));
    return { widthPx: side(widthPx), heightPx: side(heightPx) };
  }
  if (patches <= maxPatches) return { widthPx, heightPx };
  const side = (px: number) => Math.max(patchPx, Math.trunc(px * byArea));
  return { widthPx: side(widthPx), heightPx: side(heightPx) };
}

function refuseLong({ maxPatchesPerSide }: PatchLimitGridRule, size: Size, patches: number): void {
  if (patches < maxPatchesPerSide) return;
  throw new GlyphError({
    kind: 'tokens',
    operation: 'count vision tokens',
    expected: `fewer than ${maxPatchesPerSide} patches along each side`,
    actual: `${patches} for a picture of ${size.widthPx}x${size.heightPx}`,
  });
}
