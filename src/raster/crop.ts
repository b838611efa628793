/**
 * How much of a page to keep: the empty right side and, on the last page, the empty lower part are cut, leaving the
 * margin. Rules of the published renderer: a pixel is ink when its grey differs from the page's by more than 5; the
 * margin left is `marginX` or `marginY` pixels, whatever the dpi. Theirs loses a row of ink where `marginY` is 0; ours
 * only with `compat: 'reference'`.
 */
import type { Bitmap } from '../base/index.ts';
import type { RenderConfig } from '../config/index.ts';

export interface PageSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

/**
 * Size to keep of a page. `isInk` tells by byte value; nothing is inked beyond `bound`.
 */
export function croppedSize(
  page: Bitmap,
  isInk: Readonly<Uint8Array>,
  bound: { readonly rightPx: number; readonly bottomPx: number },
  config: RenderConfig,
  { isLast }: { readonly isLast: boolean },
): PageSize {
  const { data, offset, stride } = page;
  let { widthPx, heightPx } = page;
  const columnHasInk = (x: number) => {
    for (let y = 0; y < page.heightPx; y++) if (isInk[data[offset + y * stride + x]!] === 1) return true;
    return false;
  };
  const rowHasInk = (y: number) => {
    for (let x = 0; x < page.widthPx; x++) if (isInk[data[offset + y * stride + x]!] === 1) return true;
    return false;
  };
  if (config.autoCropWidth) {
    let right = Math.min(page.widthPx, bound.rightPx);
    while (right > 0 && !columnHasInk(right - 1)) right--;
    if (right > 0) widthPx = Math.min(page.widthPx, Math.floor(right + config.marginX));
  }
  if (config.autoCropLastPage && isLast) {
    let bottom = Math.min(page.heightPx, bound.bottomPx);
    while (bottom > 0 && !rowHasInk(bottom - 1)) bottom--;
    const leastPx = config.compat === 'reference' ? 1 : bottom;
    const croppedPx = Math.max(leastPx, Math.floor(bottom - 1 + config.marginY));
    if (bottom > 0) heightPx = Math.min(page.heightPx, croppedPx);
  }
  return { widthPx, heightPx };
}
