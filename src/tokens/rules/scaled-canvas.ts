/**
 * The canvas of whole tiles that needs the least enlarging (else the least shrinking), smallest area on a tie, then
 * tiles with separators and one overview tile. Llama 4. The scales are compared in single precision, as the
 * reference does. Source: transformers `image_processing_llama4_fast.py`, `processing_llama4.py`.
 */
import * as v from 'valibot';
import { positiveWhole, type RuleKind, type Size } from './rule-kind.ts';

export const scaledCanvasSchema = v.object({
  kind: v.literal('scaled-canvas'),
  /** e.g. 336. */
  tilePx: positiveWhole,
  maxTiles: positiveWhole,
  /** e.g. 144. */
  tokensPerTile: positiveWhole,
});
export type ScaledCanvasRule = v.InferOutput<typeof scaledCanvasSchema>;

export const scaledCanvas: RuleKind<ScaledCanvasRule> = {
  price(rule, size) {
    const { tilePx, tokensPerTile } = rule;
    const [across, down] = bestCanvas(rule, size);
    const resizedTo = fitWithoutEnlarging(size, across * tilePx, down * tilePx, tilePx);
    const start = 1;
    const overview = 1 + tokensPerTile + 1;
    if (across * down === 1) return { tokens: start + overview, resizedTo };
    const columnSeparators = down * (across - 1);
    const rowSeparators = down;
    const tiles = tokensPerTile * across * down;
    return { tokens: start + tiles + columnSeparators + rowSeparators + overview, resizedTo };
  },
  pageGrid({ tilePx, maxTiles }) {
    return { stepPx: tilePx, extraSidesPx: [], maxCells: maxTiles };
  },
};

function bestCanvas({ tilePx, maxTiles }: ScaledCanvasRule, { widthPx, heightPx }: Size): [number, number] {
  let best: [number, number] = [1, 1];
  let bestScale = 0;
  for (let tiles = maxTiles; tiles >= 1; tiles -= 1) {
    for (let down = 1; down <= tiles; down += 1) {
      if (tiles % down !== 0) continue;
      const across = tiles / down;
      const scaleWidth = Math.fround((across * tilePx) / widthPx);
      const scaleHeight = Math.fround((down * tilePx) / heightPx);
      const scale = Math.min(scaleWidth, scaleHeight);
      if (isBetter(scale, tiles, bestScale, best[0] * best[1])) {
        best = [across, down];
        bestScale = scale;
      }
    }
  }
  return best;
}

function isBetter(scale: number, tiles: number, bestScale: number, bestTiles: number): boolean {
  if (scale === bestScale) return tiles < bestTiles;
  if (bestScale >= 1) return scale >= 1 && scale < bestScale;
  return scale > bestScale;
}

/** Down to the canvas, up only to one tile, keeping the shape. */
function fitWithoutEnlarging(
  size: Size,
  canvasWidthPx: number,
  canvasHeightPx: number,
  tilePx: number,
): Size {
  const { widthPx, heightPx } = size;
  const targetWidth = Math.min(Math.max(widthPx, tilePx), canvasWidthPx);
  const targetHeight = Math.min(Math.max(heightPx, tilePx), canvasHeightPx);
  const scaleWidth = targetWidth / widthPx;
  const scaleHeight = targetHeight / heightPx;
  if (scaleWidth < scaleHeight) {
    const height = Math.min(Math.floor(heightPx * scaleWidth), targetHeight);
    return { widthPx: targetWidth, heightPx: Math.max(1, height) };
  }
  const width = Math.min(Math.floor(widthPx * scaleHeight), targetWidth);
  return { widthPx: Math.max(1, width), heightPx: targetHeight };
}
