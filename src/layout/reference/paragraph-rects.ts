/** Background and border of the part of a paragraph that stands on one page, as the published renderer draws them. */
import type { RenderConfig } from '../../config/index.ts';
import type { Rect } from '../page-box.ts';

/** Both lie `borderPadding` outside the text; the border's lines straddle that edge. */
export function paragraphRects(config: RenderConfig, topPt: number, heightPt: number): Rect[] {
  const { borderPadding: padding, borderWidth: thickPt, paraBgColor, pageBgColor, paraBorderColor } = config;
  const leftPt = config.marginX + config.framePadding + config.leftIndent;
  const rightPt = config.pageSize[0] - config.marginX - config.framePadding - config.rightIndent;
  const xPt = leftPt - padding;
  const yPt = topPt - padding;
  const widthPt = rightPt - leftPt + 2 * padding;
  const boxHeightPt = heightPt + 2 * padding;
  const rects: Rect[] = [];
  if (paraBgColor.toUpperCase() !== pageBgColor.toUpperCase() && widthPt > 0 && boxHeightPt > 0) {
    rects.push({ xPt, yPt, widthPt, heightPt: boxHeightPt, color: paraBgColor });
  }
  if (thickPt > 0) {
    const left = Math.min(xPt, xPt + widthPt) - thickPt / 2;
    const top = yPt - thickPt / 2;
    const right = left + Math.abs(widthPt);
    const bottom = top + boxHeightPt;
    const across = {
      xPt: left,
      widthPt: Math.abs(widthPt) + thickPt,
      heightPt: thickPt,
      color: paraBorderColor,
    };
    const down = { yPt: top, widthPt: thickPt, heightPt: boxHeightPt + thickPt, color: paraBorderColor };
    rects.push(
      { ...across, yPt: top },
      { ...across, yPt: bottom },
      { ...down, xPt: left },
      { ...down, xPt: right },
    );
  }
  return rects;
}
