/** What every part of layout needs, worked out once for a document: the config, the fonts and common lengths. */
import type { RenderConfig } from '../config/index.ts';
import type { FontChain } from '../font/index.ts';
import type { PageBuilder } from './page-builder.ts';

/**
 * Share of each space by which a line may be too long and is then squeezed: reportlab's default, which the published
 * pages have.
 */
const spaceShrinkage = 0.05;

export interface LayoutContext {
  readonly config: RenderConfig;
  readonly fonts: FontChain;
  readonly builder: PageBuilder;
  /** Advance of U+0020, pt. */
  readonly spacePt: number;
  /** By how much each space may shrink, pt. */
  readonly shrinkPt: number;
  /** Distance of tab stops, pt. */
  readonly tabPt: number;
  /** Width of a paragraph's first line and of its other lines, pt. */
  readonly firstWidthPt: number;
  readonly otherWidthPt: number;
}

export function createContext(config: RenderConfig, fonts: FontChain, builder: PageBuilder): LayoutContext {
  const spacePt = fonts.advance(fonts.keyOf(0x20)) * config.fontSize;
  const otherWidthPt = builder.frame.columnWidthPt - config.leftIndent - config.rightIndent;
  return {
    config,
    fonts,
    builder,
    spacePt,
    shrinkPt: spacePt * spaceShrinkage,
    tabPt: spacePt * config.tabWidth,
    firstWidthPt: otherWidthPt - config.firstLineIndent,
    otherWidthPt,
  };
}

/** Extra space per word space of a line, pt: squeezed when too long, filled when justified. */
export function wordSpaceOf(
  context: LayoutContext,
  line: {
    readonly naturalPt: number;
    readonly widthPt: number;
    readonly spaces: number;
    readonly endsParagraph: boolean;
  },
): number {
  const extraPt = line.widthPt - line.naturalPt;
  if (line.spaces === 0) return 0;
  if (extraPt < -1e-8) return extraPt / line.spaces;
  return context.config.alignment === 'justify' && !line.endsParagraph ? extraPt / line.spaces : 0;
}

/** Left edge of a line in its column, pt. `setPt` is the width as set, word space included. */
export function lineOffset(
  context: LayoutContext,
  line: {
    readonly setPt: number;
    readonly widthPt: number;
    readonly isFirst: boolean;
    readonly rightToLeft: boolean;
  },
): number {
  const { alignment, firstLineIndent, leftIndent, rightIndent } = context.config;
  const extraPt = line.widthPt - line.setPt;
  const startPt = line.rightToLeft ? rightIndent : leftIndent + (line.isFirst ? firstLineIndent : 0);
  if (alignment === 'center') return startPt + extraPt / 2;
  const atRight = (alignment === 'right') !== line.rightToLeft;
  return atRight ? startPt + extraPt : startPt;
}
