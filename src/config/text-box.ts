/** A page in pixels, and the room a config leaves for text: what the rules and the sampler measure a page by. Arithmetic only. */
import type { RenderConfig } from './render-config.ts';

export interface TextBox {
  /** Width of a line in one column, pt: page less margins, padding, gaps, indents and border. May be negative. */
  readonly widthPt: number;
  /** Height for lines, pt: page less margins, padding, border and the header line. May be negative. */
  readonly heightPt: number;
}

export function textBox(config: RenderConfig): TextBox {
  const [pageWidth, pageHeight] = config.pageSize;
  const border = 2 * (config.borderWidth + config.borderPadding);
  const frameWidth = pageWidth - 2 * (config.marginX + config.framePadding);
  const columnWidth = (frameWidth - (config.columns - 1) * config.columnGap) / config.columns;
  const header = config.header === '' ? 0 : config.lineHeight;
  return {
    widthPt: columnWidth - config.leftIndent - config.rightIndent - border,
    heightPt: pageHeight - 2 * (config.marginY + config.framePadding) - border - header,
  };
}

/** Width and height of a page before cropping, px: sizes round up, as poppler's; the horizontal scale rounds down, as the published renderer's resize. */
export function pageSizePx({ pageSize, dpi, horizontalScale }: RenderConfig): readonly [number, number] {
  const [fullWidthPx, heightPx] = pageSize.map(side => Math.ceil((side * dpi) / 72 - 1e-6)) as [
    number,
    number,
  ];
  return [Math.max(1, Math.floor(fullWidthPx * horizontalScale + 1e-6)), heightPx];
}

/** Pixels of one page before cropping. */
export function pagePixels(config: RenderConfig): number {
  const [width, height] = config.pageSize;
  return width * height * (config.dpi / 72) ** 2 * config.horizontalScale;
}
