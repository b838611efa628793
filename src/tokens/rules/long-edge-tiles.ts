/**
 * The long side resized to one length, up or down, both sides then to whole tiles, and one overview tile; every tile
 * carries two markers and every row a newline. Idefics3 and SmolVLM.
 * Source: transformers `image_processing_idefics3.py`, `processing_idefics3.py`.
 */
import * as v from 'valibot';
import { positiveWhole, type RuleKind, type Size } from './rule-kind.ts';

export const longEdgeTilesSchema = v.object({
  kind: v.literal('long-edge-tiles'),
  /** e.g. 512. */
  tilePx: positiveWhole,
  /** e.g. 2048. */
  longEdgePx: positiveWhole,
  /** e.g. 64. */
  tokensPerTile: positiveWhole,
});
export type LongEdgeTilesRule = v.InferOutput<typeof longEdgeTilesSchema>;

export const longEdgeTiles: RuleKind<LongEdgeTilesRule> = {
  price({ tilePx, longEdgePx, tokensPerTile }, size) {
    const resizedTo = toWholeTiles(toLongEdge(size, longEdgePx), tilePx);
    const across = resizedTo.widthPx / tilePx;
    const down = resizedTo.heightPx / tilePx;
    const tiles = across * down * (tokensPerTile + 2);
    const newlines = down;
    const overview = tokensPerTile + 4;
    return { tokens: tiles + newlines + overview, resizedTo };
  },
  pageGrid({ tilePx, longEdgePx }) {
    return { stepPx: tilePx, extraSidesPx: [], maxCells: Math.ceil(longEdgePx / tilePx) ** 2 };
  },
};

function toLongEdge({ widthPx, heightPx }: Size, longEdgePx: number): Size {
  const shape = widthPx / heightPx;
  const even = (px: number) => Math.max(1, px % 2 === 0 ? px : px + 1);
  return widthPx >= heightPx
    ? { widthPx: longEdgePx, heightPx: even(Math.trunc(longEdgePx / shape)) }
    : { widthPx: even(Math.trunc(longEdgePx * shape)), heightPx: longEdgePx };
}

function toWholeTiles({ widthPx, heightPx }: Size, tilePx: number): Size {
  const shape = widthPx / heightPx;
  const up = (px: number) => tilePx * Math.ceil(px / tilePx);
  if (widthPx >= heightPx) {
    const width = up(widthPx);
    return { widthPx: width, heightPx: up(Math.trunc(width / shape)) };
  }
  const height = up(heightPx);
  return { widthPx: up(Math.trunc(height * shape)), heightPx: height };
}
