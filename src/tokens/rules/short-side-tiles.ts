/**
 * Scaled down (never up) into a box and then to a short side, and counted in square tiles over a base price: OpenAI's
 * tile models at detail high. Source: the vendor's images guide. The scale is one fraction of whole numbers, so a
 * side that lands exactly on a tile border is not counted twice.
 */
import * as v from 'valibot';
import { divideUp } from './integers.ts';
import { positiveWhole, type RuleKind, wholeNumber } from './rule-kind.ts';

export const shortSideTilesSchema = v.object({
  kind: v.literal('short-side-tiles'),
  /** Side of the box, e.g. 2048. */
  maxSidePx: positiveWhole,
  /** e.g. 768. */
  shortSidePx: positiveWhole,
  /** e.g. 512. */
  tilePx: positiveWhole,
  baseTokens: wholeNumber,
  tokensPerTile: positiveWhole,
});
export type ShortSideTilesRule = v.InferOutput<typeof shortSideTilesSchema>;

export const shortSideTiles: RuleKind<ShortSideTilesRule> = {
  price(rule, { widthPx, heightPx }) {
    const long = Math.max(widthPx, heightPx);
    const short = Math.min(widthPx, heightPx);
    // The smallest of 1, maxSide / long and shortSide / short, as upper / lower.
    let [upper, lower] = [1, 1];
    if (rule.maxSidePx < long) [upper, lower] = [rule.maxSidePx, long];
    if (rule.shortSidePx * lower < upper * short) [upper, lower] = [rule.shortSidePx, short];
    const tiles =
      divideUp(widthPx * upper, lower * rule.tilePx) * divideUp(heightPx * upper, lower * rule.tilePx);
    return {
      tokens: rule.baseTokens + rule.tokensPerTile * tiles,
      resizedTo: {
        widthPx: Math.max(1, Math.round((widthPx * upper) / lower)),
        heightPx: Math.max(1, Math.round((heightPx * upper) / lower)),
      },
    };
  },
  pageGrid({ maxSidePx, shortSidePx, tilePx, baseTokens, tokensPerTile }, tokens) {
    return {
      stepPx: tilePx,
      extraSidesPx: [shortSidePx, maxSidePx],
      maxCells: Math.max(1, Math.floor((tokens - baseTokens) / tokensPerTile)),
    };
  },
};
