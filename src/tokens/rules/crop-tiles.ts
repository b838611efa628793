/**
 * A small picture is one unit; a larger one is cut into square crops at one price each. Gemini 2.x. Two ways of
 * choosing the crop side circulate in the vendor's pages: the tile itself, or a fraction of the short side kept
 * between bounds; they differ up to threefold, so both are here and neither is called exact.
 */
import * as v from 'valibot';
import { divideUp } from './integers.ts';
import { positiveWhole, type RuleKind } from './rule-kind.ts';

export const cropTilesSchema = v.object({
  kind: v.literal('crop-tiles'),
  /** Both sides up to here: one unit, e.g. 384. */
  wholeUpToPx: positiveWhole,
  /** e.g. 768. */
  tilePx: positiveWhole,
  tokensPerTile: positiveWhole,
  /** `tile`: crops of the tile side. `short-side`: crops of short side ÷ 1.5, at least `minCropPx`, at most the tile. */
  crop: v.picklist(['tile', 'short-side']),
  /** e.g. 256. */
  minCropPx: positiveWhole,
});
export type CropTilesRule = v.InferOutput<typeof cropTilesSchema>;

export const cropTiles: RuleKind<CropTilesRule> = {
  price(rule, size) {
    const { widthPx, heightPx } = size;
    const { tilePx, tokensPerTile } = rule;
    if (Math.max(widthPx, heightPx) <= rule.wholeUpToPx) return { tokens: tokensPerTile, resizedTo: size };
    const shortSideCrop = Math.floor((Math.min(widthPx, heightPx) * 2) / 3);
    const cropPx = rule.crop === 'tile' ? tilePx : Math.min(tilePx, Math.max(rule.minCropPx, shortSideCrop));
    const tiles = divideUp(widthPx, cropPx) * divideUp(heightPx, cropPx);
    const enlarge = (px: number) => Math.round((px * tilePx) / cropPx);
    return {
      tokens: tokensPerTile * tiles,
      resizedTo: { widthPx: enlarge(widthPx), heightPx: enlarge(heightPx) },
    };
  },
  pageGrid({ tilePx, tokensPerTile, wholeUpToPx }, tokens) {
    return {
      stepPx: tilePx,
      // From 1.5 tiles on, a crop of the short side is a whole tile.
      extraSidesPx: [wholeUpToPx, Math.ceil(tilePx * 1.5)],
      maxCells: Math.floor(tokens / tokensPerTile),
    };
  },
};
