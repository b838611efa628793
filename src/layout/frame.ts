/**
 * The places on a page that text may fill: one or more columns inside margins and frame padding, under the header line
 * where there is one. All pt from the page's top left corner.
 */
import type { RenderConfig } from '../config/index.ts';

export interface Frame {
  /** Left edge of each column. */
  readonly columnsPt: readonly number[];
  readonly columnWidthPt: number;
  readonly topPt: number;
  readonly bottomPt: number;
}

export function frameOf(config: RenderConfig): Frame {
  const [pageWidthPt, pageHeightPt] = config.pageSize;
  const leftPt = config.marginX + config.framePadding;
  const topPt = config.marginY + config.framePadding;
  const widthPt = pageWidthPt - 2 * leftPt;
  const columnWidthPt = (widthPt - (config.columns - 1) * config.columnGap) / config.columns;
  return {
    columnsPt: Array.from(
      { length: config.columns },
      (_, i) => leftPt + i * (columnWidthPt + config.columnGap),
    ),
    columnWidthPt,
    topPt: topPt + (config.header === '' ? 0 : config.lineHeight),
    bottomPt: pageHeightPt - topPt,
  };
}
