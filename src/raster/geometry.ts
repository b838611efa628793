/** Points → pixels: page size, glyph scale, and the border around the page into which ink may overhang. */
import type { RenderConfig } from '../config/index.ts';

export interface PageGeometry {
  /** Page before cropping, px. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** Pixels a point, horizontally and vertically. */
  readonly scaleX: number;
  readonly scaleY: number;
  /** Width on which glyphs are drawn: that of the page, or a wider one that is then narrowed to it. */
  readonly drawnWidthPx: number;
  /** Border around the page into which glyphs may overhang without being clipped, px. */
  readonly borderPx: number;
}

/** Sizes round up, as poppler's; the horizontal scale then rounds down, as the published renderer's resize. */
export function pageGeometry(config: RenderConfig): PageGeometry {
  const pxPerPt = config.dpi / 72;
  const [widthPt, heightPt] = config.pageSize;
  const fullWidthPx = Math.ceil(widthPt * pxPerPt - 1e-6);
  const widthPx = Math.max(1, Math.floor(fullWidthPx * config.horizontalScale + 1e-6));
  const isNarrowedLater = config.compat === 'reference';
  return {
    widthPx,
    heightPx: Math.ceil(heightPt * pxPerPt - 1e-6),
    scaleX: isNarrowedLater ? pxPerPt : pxPerPt * config.horizontalScale,
    scaleY: pxPerPt,
    drawnWidthPx: isNarrowedLater ? fullWidthPx : widthPx,
    borderPx: Math.ceil(config.fontSize * pxPerPt) + 8,
  };
}
