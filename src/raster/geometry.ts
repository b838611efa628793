/** Points → pixels: page size, glyph scale, and the border around the page into which ink may overhang. */
import { pageSizePx, type RenderConfig } from '../config/index.ts';

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

export function pageGeometry(config: RenderConfig): PageGeometry {
  const pxPerPt = config.dpi / 72;
  const [widthPx, heightPx] = pageSizePx(config);
  const isNarrowedLater = config.compat === 'reference';
  return {
    widthPx,
    heightPx,
    scaleX: isNarrowedLater ? pxPerPt : pxPerPt * config.horizontalScale,
    scaleY: pxPerPt,
    drawnWidthPx: isNarrowedLater ? pageSizePx({ ...config, horizontalScale: 1 })[0] : widthPx,
    borderPx: Math.ceil(config.fontSize * pxPerPt) + 8,
  };
}
