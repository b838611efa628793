/**
 * Stretched onto the tile grid whose shape is nearest (a tie takes the larger grid when the picture has the pixels
 * for half of it), with an overview picture beside the tiles: InternVL 2.5/3, DeepSeek-OCR Gundam, DeepSeek-OCR 2.
 * Source: transformers `image_processing_got_ocr2.py`; DeepSeek-OCR `process/image_process.py`, `deepseek_ocr.py`.
 */
import * as v from 'valibot';
import { fitInSquare } from './fixed-square.ts';
import { positiveWhole, type RuleKind, type RuleOutcome, type Size, wholeNumber } from './rule-kind.ts';

export const ratioTilesSchema = v.object({
  kind: v.literal('ratio-tiles'),
  /** e.g. 640. */
  tilePx: positiveWhole,
  minTiles: positiveWhole,
  maxTiles: positiveWhole,
  /** Tokens along one side of a tile, e.g. 10. */
  tileCells: positiveWhole,
  /** Newline tokens at the end of each row of cells. */
  rowBreaks: wholeNumber,
  overviewTokens: positiveWhole,
  overviewPx: positiveWhole,
  overview: v.picklist(['always', 'with-several-tiles']),
  /** Both sides up to here: the overview alone; 0 for tiles at every size. */
  wholeUpToPx: wholeNumber,
  /** The published figure for the overview where it leaves out separators, e.g. 256 for 273. */
  nominalOverviewTokens: v.optional(positiveWhole),
});
export type RatioTilesRule = v.InferOutput<typeof ratioTilesSchema>;

export const ratioTiles: RuleKind<RatioTilesRule> = {
  price(rule, size) {
    if (Math.max(size.widthPx, size.heightPx) <= rule.wholeUpToPx) {
      return outcome(rule, 0, 0, fitInSquare(size, rule.overviewPx, 'pad'));
    }
    const [across, down] = nearestGrid(rule, size);
    return outcome(rule, across, down, { widthPx: across * rule.tilePx, heightPx: down * rule.tilePx });
  },
  pageGrid({ tilePx, maxTiles, overviewPx }) {
    return { stepPx: tilePx, extraSidesPx: [overviewPx], maxCells: maxTiles };
  },
};

function outcome(rule: RatioTilesRule, across: number, down: number, resizedTo: Size): RuleOutcome {
  const { tileCells, rowBreaks, overviewTokens, overview, nominalOverviewTokens } = rule;
  const tileTokens = down * tileCells * (across * tileCells + (across > 0 ? rowBreaks : 0));
  const hasOverview = overview === 'always' || across * down > 1;
  const nominalTokens =
    nominalOverviewTokens === undefined
      ? {}
      : { nominalTokens: across * down * tileCells * tileCells + nominalOverviewTokens };
  return { tokens: tileTokens + (hasOverview ? overviewTokens : 0), ...nominalTokens, resizedTo };
}

function nearestGrid(rule: RatioTilesRule, { widthPx, heightPx }: Size): readonly [number, number] {
  const { tilePx, minTiles, maxTiles } = rule;
  const shape = widthPx / heightPx;
  let best: readonly [number, number] = [1, 1];
  let bestDifference = Number.POSITIVE_INFINITY;
  for (let tiles = minTiles; tiles <= maxTiles; tiles += 1) {
    for (let across = 1; across <= tiles; across += 1) {
      if (tiles % across !== 0) continue;
      const down = tiles / across;
      const difference = Math.abs(shape - across / down);
      const isTieWithPixels =
        difference === bestDifference && widthPx * heightPx > 0.5 * tilePx * tilePx * tiles;
      if (difference < bestDifference || isTieWithPixels) {
        best = [across, down];
        bestDifference = difference;
      }
    }
  }
  return best;
}
