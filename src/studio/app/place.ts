/** Where a line stands on its page, in shares of the picture, and which line stands at a point. */
import type { RenderConfig } from '../../config/index.ts';
import type { PageLine } from './work/protocol.ts';

interface PlacedPage {
  readonly config: RenderConfig;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly lines: readonly PageLine[];
}

/** Percent of the picture's width and height. */
export interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Of a line's height, what is above its baseline. */
const aboveBaseline = 0.79;

export function placeOf(page: PlacedPage, line: PageLine): Place {
  const { config, widthPx, heightPx } = page;
  const pxPerPt = config.dpi / 72;
  const { left, width } = columnOf(line, config);
  const top = line.baselinePt - config.lineHeight * aboveBaseline;
  const shareX = (pt: number) => (100 * pt * pxPerPt * config.horizontalScale) / widthPx;
  const shareY = (pt: number) => (100 * pt * pxPerPt) / heightPx;
  return {
    left: shareX(left),
    top: shareY(top),
    width: Math.min(shareX(width), 100 - shareX(left)),
    height: shareY(config.lineHeight),
  };
}

/** Index of the line at a point given in shares of the picture, from 0 to 1. */
export function lineAt(page: PlacedPage, x: number, y: number): number | undefined {
  const { config, widthPx, heightPx, lines } = page;
  const xPt = (x * widthPx * 72) / (config.dpi * config.horizontalScale);
  const yPt = (y * heightPx * 72) / config.dpi;
  const found = lines.findIndex(line => {
    const { left, width } = columnOf(line, config);
    const top = line.baselinePt - config.lineHeight * aboveBaseline;
    return xPt >= left - config.columnGap / 2 && xPt <= left + width + config.columnGap / 2
      ? yPt >= top && yPt < top + config.lineHeight
      : false;
  });
  return found < 0 ? undefined : found;
}

/** The column that a line stands in, pt: as wide as its text may be. */
function columnOf(
  { xPt }: PageLine,
  config: RenderConfig,
): { readonly left: number; readonly width: number } {
  const { pageSize, marginX, framePadding, columns, columnGap } = config;
  const edge = marginX + framePadding;
  const width = (pageSize[0] - 2 * edge - (columns - 1) * columnGap) / columns;
  const index = Math.min(columns - 1, Math.max(0, Math.floor((xPt - edge + 1) / (width + columnGap))));
  return { left: edge + index * (width + columnGap), width };
}
