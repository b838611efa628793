/**
 * The default config: the best English one the paper's search found (Figure 6, arXiv 2510.17800), with DejaVu Sans
 * in place of the proprietary Verdana (same metrics class) and neutral values for what goes beyond the paper.
 */
import type { RenderConfig } from './render-config.ts';

export const defaultConfig: RenderConfig = Object.freeze({
  pageSize: Object.freeze([595, 842] as const),
  dpi: 72,
  marginX: 10,
  marginY: 10,
  framePadding: 6,
  fontFamily: 'DejaVu Sans',
  fontPath: '',
  fontIndex: 0,
  fontVariations: '',
  fontFallback: Object.freeze([]),
  fontSize: 9,
  lineHeight: 10,
  alignment: 'left',
  firstLineIndent: 0,
  leftIndent: 0,
  rightIndent: 0,
  spaceBefore: 0,
  spaceAfter: 0,
  horizontalScale: 1,
  pageBgColor: '#FFFFFF',
  paraBgColor: '#FFFFFF',
  fontColor: '#000000',
  paraBorderColor: '#000000',
  borderWidth: 0,
  borderPadding: 0,
  newlineMark: '',
  newlineMarkColor: '#FF0000',
  autoCropWidth: true,
  autoCropLastPage: true,
  reflow: 'auto',
  tabWidth: 4,
  columns: 1,
  columnGap: 12,
  header: '',
  bitDepth: 4,
  compat: 'none',
});
